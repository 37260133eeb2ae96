"""Who is away and who stands in; which team somebody belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.audit import service as audit
from backend.casework import policy
from backend.casework.errors import WorkerAbsent
from backend.casework.models import Worker
from backend.casework.service import workers
from backend.core.access import Actor
from backend.core.clock import today
from backend.core.errors import FieldError, Forbidden, Invalid, NotFound

MOST_HOPS = 5  # a stands in for b, who stands in for c, …


def set_absence(
    session: Session, actor: Actor, account_id: UUID, *, until: date | None, substitute: UUID | None
) -> dict[str, Any]:
    """Say until which day somebody is away (None: here again) and who stands in; oneself, or a lead for others.

    Raises NotFound (nobody of one's offices), Forbidden, Invalid (a past day, a substitute of no shared office).
    """
    row = _colleague(session, actor, account_id)
    if account_id != actor.account_id and actor.roles.isdisjoint(policy.MANAGERS):
        raise Forbidden
    if until is not None and until < today(session):
        raise Invalid(errors=[FieldError("/until", "in_the_past")])
    if substitute is not None and not _can_stand_in(session, row, substitute):
        raise Invalid(errors=[FieldError("/substitute", "not_allowed")])
    row.absent_until, row.substitute = until, substitute
    told = {"until": until.isoformat() if until else None, "substitute": str(substitute) if substitute else None}
    _audit(session, actor, row, "staff.absence_set", told)
    return workers.lines(session, [row])[0]


def set_teams(session: Session, actor: Actor, account_id: UUID, teams: Sequence[str]) -> dict[str, Any]:
    """Say to which teams somebody belongs; raises NotFound."""
    row = _colleague(session, actor, account_id)
    row.teams = sorted(set(teams))
    _audit(session, actor, row, "staff.teams_set", {"teams": row.teams})
    return workers.lines(session, [row])[0]


def standing_in(session: Session, account_id: UUID, office: str) -> UUID:
    """Who gets what is given to somebody: she herself, or while she is away the one who stands in for her there.

    Raises WorkerAbsent when all who stand in are away too, or nobody does.
    """
    day, asked, until = today(session), account_id, None
    seen: set[UUID] = set()
    while asked not in seen and len(seen) < MOST_HOPS:
        seen.add(asked)
        row = session.get(Worker, asked, populate_existing=True)
        if row is None or office not in row.offices:
            break
        if row.absent_until is None or row.absent_until < day:
            return asked
        until = until or row.absent_until
        if row.substitute is None:
            break
        asked = row.substitute
    raise WorkerAbsent(extra={"until": until.isoformat() if until else None})


def stands_in_for(session: Session, actor: Actor, account_id: UUID) -> bool:
    """Whether the actor is the substitute of somebody who is away today."""
    row = session.get(Worker, account_id)
    away = row is not None and row.absent_until is not None and row.absent_until >= today(session)
    return row is not None and away and row.substitute == actor.account_id


def _colleague(session: Session, actor: Actor, account_id: UUID) -> Worker:
    """Somebody of the actor's offices, locked; oneself always. Raises NotFound, for a foreign one with an entry."""
    if account_id == actor.account_id:
        workers.own(session, actor)
    row = session.get(Worker, account_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    if account_id != actor.account_id and not any(policy.manages(actor, office) for office in _places(row)):
        raise audit.foreign(session, actor=actor, object_type="staff", object_id=account_id)
    return row


def _places(row: Worker) -> list[str]:
    return row.offices or [""]  # an account without offices is the business of who manages everywhere


def _can_stand_in(session: Session, row: Worker, substitute: UUID) -> bool:
    other = session.get(Worker, substitute)
    if other is None or substitute == row.account_id:
        return False
    return not set(row.offices).isdisjoint(other.offices) and not policy.WORKERS.isdisjoint(other.roles)


def _audit(session: Session, actor: Actor, row: Worker, action: str, told: dict[str, Any]) -> None:
    session.flush()
    audit.record(session, actor=actor, action=action, object_type="staff", object_id=row.account_id, payload=told)
