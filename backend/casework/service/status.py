"""What is told on the phone about a case: to who knows its number and the date of birth, in the citizen's own words."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from backend.applications import life, sealed
from backend.applications import queries as applications
from backend.applications.service import trace, view
from backend.audit import service as audit
from backend.casework import applicant
from backend.casework.service import finding, show
from backend.core.access import Actor
from backend.core.security import format_reference
from backend.forms import service as forms


def told(session: Session, actor: Actor, reference: str, birth_date: date) -> dict[str, Any]:
    """State, next step and dates of a case of the actor's offices; raises NotFound, for wrong facts with an entry.

    A case without a date of birth (a company's) is not told on the phone.
    """
    case = finding.case(session, actor, reference)
    row = applications.by_id_unchecked(session, case.application_id)
    form = forms.get(case.service, case.version)
    born = None if row is None else applicant.of_answers(form, sealed.document_of(session, row).answers).birth_date
    if row is None or born != birth_date.isoformat():
        raise audit.foreign(
            session,
            actor=actor,
            object_type="application",
            object_id=case.application_id,
            about=None if row is None else row.owner_account,
        )
    trace.write(session, actor, row, "case.status_told", reason="question")
    return {
        "reference": format_reference(case.reference),
        "title": forms.text(form, "service.title", show.STAFF_LANGUAGE),
        "state": case.state,
        "waiting_for": case.waiting_for,
        "next": view.following(life.standing_of(session, row)),
        "promise_on": case.promise_on,
        "due_on": case.due_on,
    }
