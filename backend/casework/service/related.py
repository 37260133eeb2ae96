"""Other cases and visits of the same person, for those whom the table of actions allows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from backend.applications import codes
from backend.applications.models import Application
from backend.booking.service import origin
from backend.casework import policy, queries_open
from backend.casework.models import Case
from backend.casework.service import lists
from backend.casework.types import Action
from backend.core.access import Actor
from backend.core.security import format_reference

MOST = 20


def of(session: Session, actor: Actor, case: Case, row: Application, day: date) -> dict[str, Any] | None:
    """Cases and appointments of the person in the actor's offices, newest first; None without the right to see them.

    The same person is the same account; of a guest the same family name and date of birth. The appointments are those
    that were booked for one of these applications: who has an account books others without it.
    """
    if not policy.may(actor, Action.RELATED):
        return None
    others = _others(session, actor, case, row)
    words = {codes.visit_word(each.application_id): each for each in (case, *others)}
    visits = origin.visits_unchecked(session, list(words), MOST)
    return {
        "cases": lists.lines(session, others, day),
        "appointments": [
            {
                "reference": format_reference(each.reference),
                "service": words[each.origin].service,
                "office": each.office,
                "starts_at": each.starts_at,
                "state": each.state,
            }
            for each in visits
            if policy.in_office(actor, each.office)
        ],
    }


def _others(session: Session, actor: Actor, case: Case, row: Application) -> list[Any]:
    offices = sorted(actor.offices)
    if row.owner_account is not None:
        return queries_open.of_same_account(session, offices, row.owner_account, case.application_id, MOST)
    if case.birth_index is None:
        return []
    return queries_open.of_same_birth(session, offices, case.birth_index, case.application_id, MOST)
