"""Other cases and visits of the same person, for those whom the table of actions allows it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from backend.applications import codes
from backend.applications.models import Application
from backend.booking.service import origin
from backend.casework import policy, queries
from backend.casework.models import Case
from backend.casework.service import lists
from backend.casework.types import Action
from backend.core.access import Actor
from backend.core.clock import today
from backend.core.security import format_reference

MOST = 20


def of(session: Session, actor: Actor, case: Case, row: Application) -> dict[str, Any] | None:
    """Cases and appointments of the person in the actor's offices, newest first; None without the right to see them.

    The same person is the same account; of a guest the same family name and date of birth. The appointments are those
    that were booked for one of these applications: who has an account books others without it.
    """
    if not policy.may(actor, Action.RELATED):
        return None
    others = queries.of_same_person(session, actor, case, row.owner_account, MOST)
    words = {codes.visit_word(each.application_id): each for each in (case, *others)}
    visits = origin.visits_unchecked(session, list(words), MOST)
    return {
        "cases": lists.lines(session, others, today(session)),
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
