"""Keeps the case beside the application: begins with the receipt, follows every event, forgets with the erasure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from backend.applications import life, promise, sealed
from backend.applications import queries as applications
from backend.applications import rules as states
from backend.applications.models import Application
from backend.applications.types import By, Event, Happening, State
from backend.casework import applicant, rules
from backend.casework.models import Case, CaseEvent, CaseNote, Proposal
from backend.casework.models_work import Opinion
from backend.casework.service import routing
from backend.casework.types import NO_NAME, Applicant, Happened, ProposalState
from backend.catalogue import service as catalogue
from backend.core import access
from backend.core.clock import NOW, db_now
from backend.core.names import search_form
from backend.forms import service as forms

ALIVE = (ProposalState.WAITING, ProposalState.LEAVING)
ANSWERED = (Happening.REQUEST_ANSWERED, Happening.REQUEST_EXTENDED, Happening.REQUEST_CANCELLED)
VOIDING = (*ANSWERED, Happening.WITHDRAWN, Happening.LAPSED)
ANSWERS_CHANGED = (Happening.CORRECTED, Happening.REQUEST_ANSWERED)
NO_OFFICE = "none"


def follow(session: Session, row: Application, event: Event) -> None:
    """Carry one event of an application over to its case (both are written in the same transaction)."""
    if row.received_at is None:
        return  # a draft, or what can still be undone: the office does not see it
    case = session.get(Case, row.id, with_for_update=True, populate_existing=True)
    if event.type is Happening.ERASED:
        _forget(session, case)
        return
    if case is None:  # just received, or received before there were cases
        _begin(session, row, event)
        return
    _copy(session, case, row, event)
    if event.type in ANSWERS_CHANGED:
        form = forms.get(row.service, row.version)
        _name(case, applicant.of_answers(form, sealed.document_of(session, row).answers))
    if row.state in states.ENDED or event.type in ANSWERED:
        _void_proposals(session, case, event)
    if row.state in states.ENDED:
        _withdraw_opinions(session, case)
    note(session, case, f"application.{event.type}", _doer(event), event.data)


def _doer(event: Event) -> UUID | None:
    """Who of the office did it, when somebody did it at a screen; jobs, rules and citizens are nobody of the staff."""
    actor = access.at_a_screen() if event.by is By.OFFICE else None
    return actor.account_id if actor is not None and actor.kind == "staff" else None


def note(session: Session, case: Case, kind: str, actor: UUID | None, data: Mapping[str, Any] | None = None) -> None:
    """Write down a change of a case: its next revision and the event that made it."""
    case.revision += 1
    case.changed_at = NOW
    session.add(
        CaseEvent(application_id=case.application_id, revision=case.revision, type=kind, actor=actor, data=data or {})
    )
    session.flush()


def _begin(session: Session, row: Application, event: Event) -> None:
    form = forms.get(row.service, row.version)
    who = applicant.of_answers(form, sealed.document_of(session, row).answers)
    office = row.office or NO_OFFICE
    known = catalogue.office_summaries(session, [office]).get(office)
    case = Case(
        application_id=row.id,
        reference=row.reference,
        authority=str(known["authority"]) if known else form.facts["authorities"][0],
        office=office,
        service=row.service,
        version=row.version,
        language=row.language,
        state=row.state,
        received_at=row.received_at,
        due_rank=rules.due_rank(),
        labels=[],
        revision=1,
    )
    _name(case, who)
    placed = routing.place(session, case, row, who.postcode)
    session.add(case)
    _copy(session, case, row, event)
    session.flush()
    session.add(CaseEvent(application_id=row.id, revision=1, type=f"application.{event.type}", actor=None, data={}))
    if placed is not None:
        note(session, case, Happened.ROUTED, None, placed)


def _name(case: Case, who: Applicant) -> None:
    """By what a case is found: the name as it is written, its words, and with the date of birth as one keyed hash."""
    case.name = who.name
    case.name_words = None if who.name is None else func.to_tsvector("simple", search_form(who.name))
    case.name_key = rules.name_key(who)
    case.birth_index = applicant.index_of(who)


def _copy(session: Session, case: Case, row: Application, event: Event) -> None:
    """What lists filter and sort by, as the application says it now."""
    facts = forms.get(row.service, row.version).facts
    standing = life.standing_of(session, row)
    promised = promise.promised(standing, facts["promise_days"], None)
    case.state, case.waiting_for, case.fee_cents = row.state, row.waiting_for, row.fee_cents
    ended = row.state in states.ENDED
    case.ended_at = (case.ended_at or event.at) if ended else None
    case.promise_on = promised.date
    case.due_on = _due(session, row, event) if row.state == State.WAITING else None
    deemed = facts.get("deemed_approval")
    case.deemed_on = None if deemed is None or ended else promise.deemed_on(standing, int(deemed["days"]))
    case.due_rank = rules.due_rank(case.promise_on, case.due_on, case.deemed_on)
    if ended or case.waiting_for is not None:
        case.escalated_at = None  # not the office's turn any more; when it is again, it is looked at anew


def _due(session: Session, row: Application, event: Event) -> date | None:
    """When the earliest open request is due; the one of this very event has no row yet."""
    dates = [each.due_on for each in applications.requests_of(session, row.id) if each.state == "open"]
    if event.type is Happening.REQUEST_OPENED:
        dates.append(date.fromisoformat(str(event.data["due_on"])))
    return min(dates, default=None)


def _void_proposals(session: Session, case: Case, event: Event) -> None:
    """A decision that did not leave yet does not leave any more, e.g. because the citizen withdrew.

    While a request is open only one that lets the application lapse can be on its way; an answer or more time voids it.
    """
    chosen = select(Proposal).where(Proposal.application_id == case.application_id, Proposal.state.in_(ALIVE))
    for proposal in session.scalars(chosen.with_for_update()):
        if event.type in VOIDING or event.data.get("deemed"):
            proposal.state, proposal.leaves_at, proposal.ended_at = ProposalState.VOID, None, db_now(session)


def _withdraw_opinions(session: Session, case: Case) -> None:
    """Nobody has to answer a question about what is over."""
    mine = (Opinion.application_id == case.application_id, Opinion.state == "open")
    session.execute(update(Opinion).where(*mine).values(state="withdrawn", ended_at=db_now(session)))


def _forget(session: Session, case: Case | None) -> None:
    """Nothing of the person stays: name, search keys, notes and reasons go; state and dates stay for statistics."""
    if case is None:
        return
    case.name = case.name_words = case.birth_index = None
    case.name_key = NO_NAME
    case.labels = []
    case.revision += 1
    session.execute(delete(CaseNote).where(CaseNote.application_id == case.application_id))
    _withdraw_opinions(session, case)
    about = Opinion.application_id == case.application_id
    session.execute(update(Opinion).where(about).values(question=None, answer=None))
    session.execute(
        Proposal.__table__.update()  # type: ignore[attr-defined]  # a Table at run time
        .where(Proposal.application_id == case.application_id)
        .values(reason=None, returned_because=None, content=None)
    )
    session.flush()
