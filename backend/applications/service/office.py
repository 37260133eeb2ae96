"""What the office does with an application: the door for casework, and until then for tests and the demo commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.applications import form as reading
from backend.applications import life, queries, rules, sealed
from backend.applications.errors import ChangedElsewhere, NotNow
from backend.applications.models import Application, Letter, Request
from backend.applications.receipt import letter
from backend.applications.service import dialogue, letters, mail, paying, trace
from backend.applications.types import DECISIONS, By, Happening, Outcome, State
from backend.core.access import Actor
from backend.core.clock import db_now, today
from backend.core.errors import FieldError, Invalid, NotFound
from backend.core.i18n import DEFAULT, LocalizedText
from backend.forms import service as forms
from backend.notifications.types import MessageKind


def case(session: Session, actor: Actor, application_id: UUID, revision: int | None = None) -> Application:
    """The row of a received application, locked, for an act of the office; raises NotFound, ChangedElsewhere.

    What the time for undoing still covers does not exist for the office. Every act is audited.
    """
    row = queries.by_id_unchecked(session, application_id, lock=True)
    if row is None or row.received_at is None:
        raise NotFound
    if revision is not None and row.revision != revision:
        raise ChangedElsewhere(None, extra={"revision": row.revision, "state": row.state})
    trace.write(session, actor, row, "application.opened")
    return row


def start_review(session: Session, actor: Actor, row: Application) -> None:
    """A clerk begins to work on it."""
    life.record(session, row, Happening.REVIEW_STARTED, By.OFFICE)
    trace.write(session, actor, row, "application.review")


def open_request(
    session: Session,
    actor: Actor,
    row: Application,
    *,
    fields: Sequence[str],
    files: Sequence[str],
    reason: str,
    due_on: date,
    own: Sequence[LocalizedText] = (),
) -> Request:
    """Ask for a correction of exactly these fields and file slots; the clock stands still until the answer.

    `reason` is German, `own` what the person reads instead (empty: the German). Each is sealed.
    Raises Invalid (a field or slot that the form does not have, or none at all), NotNow.
    """
    form = forms.get(row.service, row.version)
    slots = reading.file_slots(form)
    unknown = [name for name in fields if name not in form.fields or name in slots]
    unknown += [name for name in files if name not in slots]
    if unknown or not (fields or files) or not reason.strip():
        raise Invalid(errors=[FieldError(f"/fields/{name}", "unknown_field") for name in unknown])
    request_id = uuid4()
    data = {"request": str(request_id), "due_on": due_on.isoformat()}
    life.record(session, row, Happening.REQUEST_OPENED, By.OFFICE, data)
    request = Request(
        id=request_id,
        application_id=row.id,
        fields=list(fields),
        files=list(files),
        reason=sealed.seal_reason(session, row, request_id, reason, [*own] or [LocalizedText(reason, DEFAULT)]),
        state="open",
        due_on=due_on,
        opened_at=db_now(session),
    )
    session.add(request)
    trace.write(session, actor, row, "application.request")
    mail.tell(session, row, MessageKind.APPLICATION_REQUEST, about=request_id)
    session.flush()
    return request


def cancel_request(session: Session, actor: Actor, row: Application, request_id: UUID) -> None:
    """The office does not need it any more; what it wrote stays readable. Raises NotFound, NotNow."""
    request = next((each for each in queries.requests_of(session, row.id) if each.id == request_id), None)
    if request is None:
        raise NotFound
    life.record(session, row, Happening.REQUEST_CANCELLED, By.OFFICE, {"request": str(request_id)})
    request.state, request.ended_at = "cancelled", db_now(session)
    trace.write(session, actor, row, "application.request_cancelled")
    session.flush()


def write(session: Session, actor: Actor, row: Application, text: str) -> None:
    """A message to the person."""
    note = dialogue.add_note(session, row, By.OFFICE, text, [])
    trace.write(session, actor, row, "application.message")
    mail.tell(session, row, MessageKind.APPLICATION_MESSAGE, about=note.id)


def decide(session: Session, actor: Actor, row: Application, outcome: Outcome, reason: str | None = None) -> None:
    """Decide with a reason in German only; what is not granted in full needs one. Raises NotNow, Invalid."""
    if outcome != "granted" and not (reason or "").strip():
        raise Invalid(errors=[FieldError("/reason", "required")])
    deliver(session, actor, row, letter.written(session, row, letter.Decision(outcome=outcome, reason=reason)))


def deliver(session: Session, actor: Actor, row: Application, content: letter.Content) -> Letter:
    """Carry out a decision whose letter is written: event, letter and notice in one transaction. Raises NotNow."""
    outcome: Outcome = content["outcome"]
    if what_happens(row, outcome) is Happening.LAPSED:
        _lapse(session, actor, row)
        return letters.provide(session, row, content, By.OFFICE)
    if row.fee_cents is None and content["fee_cents"]:
        set_fee(session, actor, row, content["fee_cents"])
    if outcome == "closed":
        paying.end(session, row, "closed", refund=False)
    life.record(session, row, DECISIONS[outcome], By.OFFICE, {"automatic": False})
    trace.write(session, actor, row, f"application.{outcome}")
    sent = letters.provide(session, row, content, By.OFFICE)
    if outcome in ("granted", "partly"):
        paying.ask_with_decision(session, row)
    return sent


def set_fee(session: Session, actor: Actor, row: Application, cents: int) -> None:
    """Tell a fee that the rules did not know; the person can then pay it. Raises NotNow, Invalid."""
    if row.fee_cents or cents <= 0:
        raise Invalid(errors=[FieldError("/cents", "not_allowed")])
    row.fee_cents = cents
    life.record(session, row, Happening.FEE_SET, By.OFFICE, {"cents": cents})
    paying.ask(session, row, [{"rule": "office", "cents": cents}])
    trace.write(session, actor, row, "application.fee")
    session.flush()


def what_happens(row: Application, outcome: Outcome) -> Happening:
    """What a decision makes happen: closing what waits for its person's answer lets it lapse."""
    return Happening.LAPSED if outcome == "closed" and row.state == State.WAITING else DECISIONS[outcome]


def refuse_early(session: Session, row: Application) -> None:
    """Raise NotNow until reminder and grace of every open request are over: nothing lapses silently or by itself."""
    if not rules.grace_over([each.grace_until for each in _open_requests(session, row)], today(session)):
        raise NotNow(extra={"state": row.state, "reason": "grace_not_over"})


def _lapse(session: Session, actor: Actor, row: Application) -> None:
    """End an application that was never completed; the letter is its caller's."""
    refuse_early(session, row)
    waiting = _open_requests(session, row)
    paying.end(session, row, "lapsed", refund=False)
    life.record(session, row, Happening.LAPSED, By.OFFICE)
    for request in waiting:
        request.state, request.ended_at = "cancelled", db_now(session)
    trace.write(session, actor, row, "application.lapsed")
    session.flush()


def _open_requests(session: Session, row: Application) -> list[Request]:
    return [each for each in queries.requests_of(session, row.id) if each.state == "open"]


def close(session: Session, actor: Actor, row: Application) -> None:
    """Nothing more happens with it; from now the time until its erasure runs (set by the retention job)."""
    life.record(session, row, Happening.CLOSED, By.OFFICE)
    trace.write(session, actor, row, "application.closed")
    session.flush()
