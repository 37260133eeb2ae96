"""A case is taken up again after its end, or goes to another office with a note for the colleagues there."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.applications.service import reopening, trace
from backend.casework.errors import NotInTraining, OwnOffice
from backend.casework.models import Case
from backend.casework.service import deciding, finding, follow, routing, work
from backend.casework.types import Happened
from backend.catalogue import service as catalogue
from backend.core.access import Actor, is_training
from backend.core.errors import FieldError, Invalid
from backend.forms import service as forms


def reopen(session: Session, actor: Actor, reference: str, revision: int, *, reason: str) -> Case:
    """Review a decided or closed case again; the citizen is told why and which decision counts.

    Raises NotFound, CaseChanged, NotNow (not decided, or withdrawn by the citizen).
    """
    case, row = finding.locked(session, actor, reference, revision)
    reopening.reopen(session, actor, row, reason)
    return case


def hand_over(session: Session, actor: Actor, reference: str, revision: int, *, office: str, note: str) -> Case:
    """Give a case to another office with a private note; there the rules of that office place it.

    Raises NotFound, CaseChanged, DecisionPending, NotNow, OwnOffice, NotInTraining, Invalid (no office for it).
    """
    case, row = finding.locked(session, actor, reference, revision)
    deciding.refuse_pending(session, case)
    before = case.office
    if is_training(before):
        raise NotInTraining
    if office == before:
        raise OwnOffice
    summary = catalogue.office_summaries(session, [office]).get(office)
    if summary is None or summary["authority"] not in forms.get(row.service, row.version).facts["authorities"]:
        raise Invalid(errors=[FieldError("/office", "not_allowed")])
    reopening.change_office(session, actor, row, office)
    routing.move(session, case, row, office)
    case.assigned_to = case.team = None
    note_id = work.keep_note(session, actor, case, row, note)
    data = {"from": before, "office": office, "note": str(note_id)}
    follow.note(session, case, Happened.HANDED_OVER, actor.account_id, data)
    trace.write(session, actor, row, "case.handed_over", data)
    placed = routing.place_within(session, case)
    if placed is not None:
        follow.note(session, case, Happened.ROUTED, None, placed)
    return case
