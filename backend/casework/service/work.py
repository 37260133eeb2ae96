"""Assignment, labels, notes and messages: the everyday acts on a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.applications.service import office
from backend.applications.types import State
from backend.audit import service as audit
from backend.casework import policy, queries, sealed
from backend.casework.errors import NothingToTake, NotInOffice
from backend.casework.models import Case, CaseNote
from backend.casework.service import absence, finding, follow, workers
from backend.casework.types import Happened, Wanted
from backend.core.access import Actor
from backend.core.clock import today
from backend.core.errors import FieldError, Forbidden, Invalid

MOST_LABELS = 10


def take_next(session: Session, actor: Actor, services: Sequence[str] = ()) -> Case:
    """Give the actor the most urgent free case that she can do and begin the review; raises NothingToTake.

    That is one in her languages and services (or the given ones), and of no team or of one of hers.
    """
    own = workers.own(session, actor)
    wanted = Wanted(services=services or own.services or (), languages=own.languages or (), teams=own.teams)
    wanted = replace(wanted, assigned="nobody", waiting_for="office")
    wanted = replace(wanted, states=[str(state) for state in queries.WORKABLE])
    case = queries.next_free(session, actor, wanted, today(session))
    if case is None:
        raise NothingToTake
    row = office.case(session, actor, case.application_id)
    case.assigned_to = actor.account_id
    follow.note(session, case, Happened.TAKEN, actor.account_id)
    _audit(session, actor, case, "case.taken")
    if row.state == State.RECEIVED:
        office.start_review(session, actor, row)
    session.flush()
    return case


def assign(
    session: Session, actor: Actor, reference: str, revision: int | None, *, to: UUID | None, team: str | None
) -> Case:
    """Give a case to somebody, to oneself, or back to nobody.

    Raises NotFound, CaseChanged, Forbidden (only a lead gives to others and takes from others, but whoever stands in
    for somebody takes hers), NotInOffice, WorkerAbsent.
    """
    case, _ = finding.locked(session, actor, reference, revision)
    give(session, actor, case, to=to, team=team)
    return case


def give(session: Session, actor: Actor, case: Case, *, to: UUID | None, team: str | None) -> None:
    """The same on a locked case; what is given to somebody who is away goes to the one who stands in."""
    if not policy.may_assign_others(actor):
        _refuse_others(session, actor, case, to)
    instead_of = None
    if to is not None and to != actor.account_id:
        if not workers.of_office(session, to, case.office):
            raise NotInOffice
        to, instead_of = absence.standing_in(session, to, case.office), to
    case.assigned_to, case.team = to, team
    data = {"to": None if to is None else str(to), "team": team}
    if instead_of not in (None, to):
        data["instead_of"] = str(instead_of)
    follow.note(session, case, Happened.ASSIGNED, actor.account_id, data)
    _audit(session, actor, case, "case.assigned")


def put_back(session: Session, actor: Actor, case: Case, *, to: UUID | None) -> None:
    """Give a locked case back to whom it was taken from, when that is undone."""
    case.assigned_to = to
    data = {"to": None if to is None else str(to), "team": case.team, "undone": True}
    follow.note(session, case, Happened.ASSIGNED, actor.account_id, data)
    _audit(session, actor, case, "case.assigned")


def _refuse_others(session: Session, actor: Actor, case: Case, to: UUID | None) -> None:
    if to not in (actor.account_id, None):
        raise Forbidden
    if case.assigned_to in (actor.account_id, None) or absence.stands_in_for(session, actor, case.assigned_to):
        return
    raise Forbidden


def label(session: Session, actor: Actor, case: Case, *, add: Sequence[str], remove: Sequence[str]) -> None:
    """Put labels on a locked case and take others off; raises Invalid for more than ten."""
    kept = [each for each in case.labels if each not in remove]
    labels = sorted({*kept, *add})
    if len(labels) > MOST_LABELS:
        raise Invalid(errors=[FieldError("/add", "too_many", {"max": MOST_LABELS})])
    case.labels = labels
    follow.note(session, case, Happened.LABELLED, actor.account_id, {"labels": labels})
    _audit(session, actor, case, "case.labelled")


def add_note(session: Session, actor: Actor, reference: str, text: str) -> Case:
    """A private note, sealed; it needs no If-Match because it overwrites nothing. Raises NotFound."""
    case, row = finding.locked(session, actor, reference)
    note_id = keep_note(session, actor, case, row, text)
    follow.note(session, case, Happened.NOTED, actor.account_id, {"note": str(note_id)})
    return case


def keep_note(session: Session, actor: Actor, case: Case, row: Application, text: str) -> UUID:
    """Seal a private note of a locked case; its id."""
    note_id = uuid4()
    words = sealed.close(session, row, sealed.note_place(note_id), text) or b""
    session.add(CaseNote(id=note_id, application_id=case.application_id, author=_account(actor), text=words))
    return note_id


def write(session: Session, actor: Actor, reference: str, text: str) -> Case:
    """A message to the citizen; raises NotFound, NotNow."""
    case, row = finding.locked(session, actor, reference)
    office.write(session, actor, row, text)
    session.flush()
    return case


def begin_review(session: Session, actor: Actor, row: Application) -> None:
    """From the first act of work on, the case is in review (the citizen sees it)."""
    if row.state == State.RECEIVED:
        office.start_review(session, actor, row)
        session.flush()


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise Forbidden
    return actor.account_id


def _audit(session: Session, actor: Actor, case: Case, action: str) -> None:
    audit.record(session, actor=actor, action=action, object_type="application", object_id=case.application_id)
