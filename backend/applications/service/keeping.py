"""What time does: reminders, warnings, erasure. Nothing ends without a message; nothing here decides anything."""

from __future__ import annotations

from datetime import UTC, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from backend.applications import life, queries, rules
from backend.applications.models import Application, ApplicationEvent, Request
from backend.applications.service import erasure, mail, undo
from backend.applications.types import By, Happening, State
from backend.core.clock import BERLIN, NOW, db_now, today
from backend.forms import service as forms
from backend.notifications import service as notifications
from backend.notifications.types import MessageKind

BATCH = 100
WARNED_BEFORE = timedelta(days=7)
TOLD_BEFORE = timedelta(days=14)  # assumption: no rule says how long; time enough to fetch letters and evidence
PURGED_AFTER = timedelta(days=1)
REMINDED_BEFORE = timedelta(days=3)
REMINDED_APART = timedelta(days=1)
GRACE = timedelta(days=14)
TAKEN_UP_AGAIN = (str(Happening.REOPENED), str(Happening.PERSON_ASKED))
RETENTION = {State.GRANTED: "granted", State.PARTLY: "granted", State.REFUSED: "refused", State.WITHDRAWN: "withdrawn"}


def undo_ends(session: Session) -> list[UUID]:
    """Applications whose time for undoing is over, to be received one by one."""
    return list(queries.due_unchecked(session, Application.undo_until, BATCH))


def receive(session: Session, application_id: UUID) -> None:
    """The office's part begins."""
    undo.end_of_undo(session, application_id)


def warn_drafts(session: Session) -> int:
    """Tell people a week before an untouched draft is erased; the day is fixed from then on, saving moves it again."""
    found = 0
    for row in _idle(session):
        kept = timedelta(days=forms.get(row.service, row.version).facts["retention_days"]["draft"])
        if row.warned_at is None and row.touched_at + kept - WARNED_BEFORE <= db_now(session):
            row.erase_after = max(row.touched_at + kept, db_now(session) + WARNED_BEFORE)
            row.warned_at = db_now(session)
            life.record(session, row, Happening.DRAFT_WARNED, By.SYSTEM)
            session.flush()
            mail.tell(session, row, MessageKind.APPLICATION_DRAFT_REMINDER)
            found += 1
    return found


def remind_requests(session: Session) -> int:
    """Remind of an open request three days before it is due."""
    day = today(session)
    due = session.scalars(
        select(Request)
        .where(Request.state == "open", Request.reminded_at.is_(None), Request.due_on <= day + REMINDED_BEFORE)
        .order_by(Request.due_on, Request.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for request in due:
        row = queries.by_id_unchecked(session, request.application_id, lock=True)
        request.reminded_at = db_now(session)
        if row is not None:
            data = {"request": str(request.id)}
            life.record(session, row, Happening.REQUEST_REMINDED, By.SYSTEM, data)
            session.flush()
            again = f"{request.id}:{request.extensions}"
            mail.tell(session, row, MessageKind.APPLICATION_REQUEST_REMINDER, about=again)
    return len(due)


def give_grace(session: Session) -> int:
    """Tell people that an answer is overdue and until when it still counts; only after that may anything end."""
    day = today(session)
    due = session.scalars(
        select(Request)
        .where(
            Request.state == "open",
            Request.grace_until.is_(None),
            Request.due_on < day,
            Request.reminded_at < NOW - REMINDED_APART,
        )
        .order_by(Request.due_on, Request.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for request in due:
        row = queries.by_id_unchecked(session, request.application_id, lock=True)
        request.grace_until = day + GRACE
        if row is not None:
            data = {"request": str(request.id), "due_on": request.grace_until.isoformat()}
            life.record(session, row, Happening.REQUEST_REMINDED, By.SYSTEM, data)
            session.flush()
            again = f"{request.id}:{request.extensions}:grace"
            mail.tell(session, row, MessageKind.APPLICATION_REQUEST_REMINDER, about=again)
    return len(due)


def set_ends(session: Session) -> int:
    """Give every ended application the day of its erasure, by its own package and how it ended."""
    rows = session.scalars(
        select(Application)
        .where(
            Application.state.in_([str(state) for state in rules.ENDED]),
            Application.erase_after.is_(None),
            Application.erased_at.is_(None),
        )
        .order_by(Application.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        ended_at = max(row.touched_at, row.decided_at or row.touched_at)
        row.erase_after = ended_at + timedelta(days=kept_days(session, row))
        row.warned_at = None  # what was said of the draft, or before it was reopened, was another erasure
    return len(rows)


def announce_erasures(session: Session) -> int:
    """Tell people two weeks ahead that what has ended will be erased, once; nothing goes before these are over."""
    rows = session.scalars(
        select(Application)
        .where(
            Application.state.in_([str(state) for state in rules.ENDED]),
            Application.erased_at.is_(None),
            Application.warned_at.is_(None),
            Application.erase_after <= NOW + TOLD_BEFORE,
        )
        .order_by(Application.erase_after, Application.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        now = db_now(session)
        row.warned_at, row.erase_after = now, max(row.erase_after or now, now + TOLD_BEFORE)
        day = row.erase_after.astimezone(BERLIN).date().isoformat()
        life.record(session, row, Happening.ERASURE_ANNOUNCED, By.SYSTEM, {"due_on": day})
        session.flush()
        mail.tell(session, row, MessageKind.APPLICATION_ERASURE, about=now.astimezone(UTC).isoformat())
    return len(rows)


def purge_decided(session: Session) -> int:
    """Erase the evidence of ended applications as their packages say, a day later: a decision may be taken back."""
    later = aliased(ApplicationEvent)
    reopened = (
        select(func.max(later.id))
        .where(later.application_id == Application.id, later.type.in_(TAKEN_UP_AGAIN))
        .correlate(Application)
        .scalar_subquery()
    )
    done = exists().where(
        ApplicationEvent.application_id == Application.id,
        ApplicationEvent.type == str(Happening.PURGED),
        ApplicationEvent.id > func.coalesce(reopened, 0),
    )
    rows = session.scalars(
        select(Application)
        .where(
            Application.state.in_([str(state) for state in rules.ENDED]),
            Application.erased_at.is_(None),
            func.coalesce(Application.decided_at, Application.touched_at) < NOW - PURGED_AFTER,
            ~done,
        )
        .order_by(Application.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        erasure.purge(session, row, "decided")
        life.record(session, row, Happening.PURGED, By.SYSTEM)
        session.flush()
    return len(rows)


def kept_days(session: Session, row: Application) -> int:
    """How long the package keeps an application after its end; an unknown way of ending is kept longest."""
    kept: dict[str, int] = forms.get(row.service, row.version).facts["retention_days"]
    ways = [RETENTION[State(event)] for event in _states(session, row) if event in RETENTION]
    return kept[ways[-1]] if ways else max(kept.values())


def erase_ended(session: Session) -> int:
    """Erase what has come to its day: drafts and ended applications whose persons were told in time."""
    due = queries.due_unchecked(session, Application.erase_after, BATCH)
    for application_id in due:
        row = queries.by_id_unchecked(session, application_id, lock=True)
        if row is None or row.warned_at is None:
            continue
        told = mail.key(row, MessageKind.APPLICATION_ERASURE, row.warned_at.astimezone(UTC).isoformat())
        told_at = notifications.over_at(session, told) or row.warned_at
        if row.state in rules.ENDED and notifications.is_outdated(session, told):
            row.warned_at = None  # it never left, for instance to an address of before: told anew
        elif row.state in rules.ENDED and told_at + TOLD_BEFORE > db_now(session):
            row.erase_after = told_at + TOLD_BEFORE  # her page says it at once, but the mail left late
        else:
            erasure.erase(session, row, By.SYSTEM)
    session.flush()
    return len(due)


def _idle(session: Session) -> list[Application]:
    """Drafts that nobody touched for longer than the shortest period could be, not warned yet."""
    wanted = select(Application).where(
        Application.state == State.DRAFT,
        Application.erased_at.is_(None),
        Application.warned_at.is_(None),
        Application.touched_at < NOW - timedelta(days=1),
    )
    ordered = wanted.order_by(Application.touched_at, Application.id).limit(BATCH)
    return list(session.scalars(ordered.with_for_update(skip_locked=True)))


def _states(session: Session, row: Application) -> list[str]:
    """The states an application went through, oldest first."""
    return [rules.TABLE[event.type].to or "" for event in queries.events_of(session, row.id)]
