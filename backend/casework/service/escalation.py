"""Before a promise breaks: cases are marked three working days ahead and told to their office by mail.

Where the package knows a deemed approval, its last day counts too; when it is over, the case is granted by law.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, scoped_session

from backend.applications import promise
from backend.applications import queries as applications
from backend.applications.service import deeming
from backend.audit import service as audit
from backend.casework.models import Case
from backend.casework.service import follow, office_mail
from backend.casework.types import LAST_DAY, Happened
from backend.core.access import SYSTEM
from backend.core.clock import db_now, today
from backend.core.i18n import DEFAULT
from backend.core.security import format_reference
from backend.forms import service as forms
from backend.notifications.types import MessageKind, OfficeMessage, Secrets, Threatened

WORKING_DAYS = 3
BATCH = 100
MOST_TOLD = 50
RUNNING = and_(Case.ended_at.is_(None), Case.waiting_for.is_(None))


def warn(session: Session) -> int:
    """Mark cases whose promise is about to break and tell each office at once; how many were marked."""
    found = session.scalars(
        select(Case)
        .where(RUNNING, Case.escalated_at.is_(None), _near(today(session)))
        .order_by(Case.office, Case.due_rank, Case.application_id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for case in found:
        case.escalated_at = db_now(session)
        days = {"promise_on": case.promise_on, "deemed_on": case.deemed_on}
        data = {name: day.isoformat() for name, day in days.items() if day is not None}
        follow.note(session, case, Happened.ESCALATED, None, data)
        audit.record(
            session,
            actor=SYSTEM,
            action="case.escalated",
            object_type="application",
            object_id=case.application_id,
            payload=data,
        )
    for office, cases in groupby(found, key=lambda case: case.office):
        _tell(session, office, [case.application_id for case in cases])
    return len(found)


def deemed(session: Session) -> list[UUID]:
    """Cases whose last day before a deemed approval is over."""
    over = select(Case.application_id).where(RUNNING, Case.deemed_on < today(session))
    return list(session.scalars(over.order_by(Case.deemed_on, Case.application_id).limit(BATCH)))


def grant_deemed(session: Session, application_id: UUID) -> bool:
    """Grant one by law; everything is looked at again, False when it is not due any more."""
    row = applications.by_id_unchecked(session, application_id, lock=True)
    case = session.get(Case, application_id, with_for_update=True, populate_existing=True)
    if row is None or case is None or case.ended_at is not None or case.waiting_for is not None:
        return False
    rule = forms.get(row.service, row.version).facts.get("deemed_approval")
    if rule is None or case.deemed_on is None or case.deemed_on >= today(session):
        return False
    deeming.deem(session, row, case.deemed_on, str(rule["source"]))
    return True


def told(session: Session | scoped_session[Session], secrets: Secrets) -> OfficeMessage | None:
    """What a mail to an office says when it leaves: those of its cases that still need somebody; None for none."""
    ids = [UUID(each) for each in secrets["cases"].split()]
    chosen = select(Case).where(Case.application_id.in_(ids), RUNNING, Case.office == secrets["office"])
    cases = session.scalars(chosen.order_by(Case.due_rank, Case.application_id)).all()
    lines = [_line(case) for case in cases if case.due_rank != LAST_DAY]
    return OfficeMessage(cases=tuple(lines)) if lines else None


def _near(day: date) -> ColumnElement[bool]:
    """Three working days ahead; of a short promise when half of it is over, else it would be near at once."""
    horizon = promise.working_days_on(day, WORKING_DAYS)
    broken: list[ColumnElement[bool]] = []
    short: list[str] = []
    for form in forms.all_published():
        ahead = (form.facts["promise_days"] or 2 * WORKING_DAYS) // 2
        if ahead < WORKING_DAYS:
            short.append(form.slug)
            soon = promise.working_days_on(day, ahead)
            broken.append(and_(Case.service == form.slug, Case.promise_on <= soon))
    return or_(and_(Case.promise_on <= horizon, or_(Case.service.not_in(short), *broken)), Case.deemed_on <= horizon)


def _line(case: Case) -> Threatened:
    deemed_first = case.deemed_on is not None and case.deemed_on == case.due_rank
    return Threatened(
        reference=format_reference(case.reference),
        title=forms.text(forms.get(case.service, case.version), "service.title", DEFAULT),
        day=case.due_rank,
        deemed=deemed_first,
    )


def _tell(session: Session, office: str, ids: Sequence[UUID]) -> None:
    """Queue the mails to the office, fifty cases each."""
    for start in range(0, len(ids), MOST_TOLD):
        some = ids[start : start + MOST_TOLD]
        office_mail.queue(
            session,
            MessageKind.OFFICE_ESCALATION,
            office,
            some[0],
            key=f"{some[0]}:{db_now(session).isoformat()}",
            secrets={"office": office, "cases": " ".join(str(each) for each in some)},
        )
