"""Opinions: a question to another office about named pages, with a day; asked, withdrawn, shown beside the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.applications import sealed as answers_of
from backend.applications.errors import NotNow
from backend.applications.models import Application
from backend.applications.service import trace
from backend.casework import sealed
from backend.casework.errors import NotInTraining, OpinionEnded, OwnOffice
from backend.casework.models import Case
from backend.casework.models_work import Opinion
from backend.casework.service import finding, follow, office_mail, work, workers
from backend.casework.types import Happened
from backend.catalogue import service as catalogue
from backend.core.access import Actor, is_training
from backend.core.clock import db_now, today
from backend.core.errors import FieldError, Forbidden, Invalid, NotFound
from backend.forms import service as forms


def ask(
    session: Session,
    actor: Actor,
    reference: str,
    revision: int,
    *,
    office: str,
    question: str,
    due_on: date,
    pages: Sequence[str],
) -> Case:
    """Ask another office, which is told by mail; it sees the question and these pages, nothing else.

    Raises NotFound, CaseChanged, NotNow (ended), OwnOffice, NotInTraining, Invalid (no such office or page, a past
    day), Forbidden.
    """
    case, row = finding.locked(session, actor, reference, revision)
    if actor.account_id is None:
        raise Forbidden
    if case.ended_at is not None:
        raise NotNow(extra={"state": case.state})
    if is_training(case.office):
        raise NotInTraining
    if office == case.office:
        raise OwnOffice
    _refuse_impossible(session, row, office, due_on, pages)
    work.begin_review(session, actor, row)
    opinion_id = uuid4()
    opinion = Opinion(
        id=opinion_id,
        application_id=case.application_id,
        asked_for=case.office,
        office=office,
        question=sealed.close(session, row, sealed.question_place(opinion_id), question),
        pages=list(dict.fromkeys(pages)),
        due_on=due_on,
        asked_by=actor.account_id,
        asked_at=db_now(session),
        state="open",
    )
    session.add(opinion)
    session.flush()
    data = {"opinion": str(opinion_id), "office": office, "due_on": due_on.isoformat()}
    written(session, actor, case, row, Happened.OPINION_ASKED, data)
    office_mail.tell_question(session, opinion, case)
    return case


def withdraw(session: Session, actor: Actor, reference: str, opinion_id: UUID, revision: int) -> Case:
    """The question needs no answer any more; raises NotFound, CaseChanged, OpinionEnded."""
    case, row = finding.locked(session, actor, reference, revision)
    opinion = session.get(Opinion, opinion_id, with_for_update=True, populate_existing=True)
    if opinion is None or opinion.application_id != case.application_id:
        raise NotFound
    if opinion.state != "open":
        raise OpinionEnded(extra={"state": opinion.state})
    opinion.state, opinion.ended_at = "withdrawn", db_now(session)
    session.flush()
    written(session, actor, case, row, Happened.OPINION_WITHDRAWN, {"opinion": str(opinion_id)})
    return case


def of_case(session: Session, case: Case, row: Application) -> list[dict[str, Any]]:
    """The questions about a case with their answers, oldest first."""
    wanted = select(Opinion).where(Opinion.application_id == case.application_id)
    found = session.scalars(wanted.order_by(Opinion.asked_at, Opinion.id)).all()
    names = workers.names(session, [person for each in found for person in (each.asked_by, each.answered_by)])
    return [
        {
            **{name: getattr(each, name) for name in ("id", "office", "due_on", "asked_at", "state", "pages")},
            "question": sealed.open_(session, row, sealed.question_place(each.id), each.question),
            "asked_by_name": names.get(each.asked_by),
            "answer": sealed.open_(session, row, sealed.answer_place(each.id), each.answer),
            "answered_at": each.ended_at if each.state == "answered" else None,
            "answered_by_name": names.get(each.answered_by) if each.answered_by else None,
        }
        for each in found
    ]


def written(session: Session, actor: Actor, case: Case, row: Application, what: Happened, data: dict[str, Any]) -> None:
    """One step of a question in the case's history and in the audit trail."""
    follow.note(session, case, what, actor.account_id, data)
    trace.write(session, actor, row, f"case.{what}", data)


def _refuse_impossible(session: Session, row: Application, office: str, due_on: date, pages: Sequence[str]) -> None:
    faults = []
    if office not in catalogue.office_summaries(session, [office]):
        faults.append(FieldError("/office", "not_allowed"))
    if due_on <= today(session):
        faults.append(FieldError("/due_on", "in_the_past"))
    answers = answers_of.document_of(session, row).answers
    shown = {each.key for each in forms.pages(forms.get(row.service, row.version), answers)}
    faults += [FieldError(f"/pages/{place}", "not_allowed") for place, page in enumerate(pages) if page not in shown]
    if faults:
        raise Invalid(errors=faults)
