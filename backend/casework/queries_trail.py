"""The audit trail over all cases of an auditor's offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, Uuid, case, cast, or_, select, true
from sqlalchemy.orm import Session

from backend.audit.models import AuditEntry
from backend.casework import policy
from backend.casework.models import Case
from backend.core.access import Actor
from backend.core.clock import local_midnight


@dataclass(frozen=True, kw_only=True)
class TrailWanted:
    """Which entries: days in Berlin (both included), an action, who acted; None = no limit."""

    since: date | None = None
    until: date | None = None
    action: str | None = None
    actor: UUID | None = None
    reference: str | None = None


def entries(
    session: Session, actor: Actor, wanted: TrailWanted, *, after: int | None, limit: int, newest_first: bool
) -> Sequence[Any]:
    """Entries with the reference of their case (None: about no case), in the order of their writing or against it.

    With offices, an auditor sees what concerns cases of these; without, all that there is.
    """
    about = Case.application_id == case((AuditEntry.object_type == "application", cast(AuditEntry.object_id, Uuid)))
    chosen = select(AuditEntry, Case.reference).outerjoin(Case, about).where(_mine(actor), *_filters(wanted))
    if after is not None:
        chosen = chosen.where(AuditEntry.id < after if newest_first else AuditEntry.id > after)
    ordered = chosen.order_by(AuditEntry.id.desc() if newest_first else AuditEntry.id.asc())
    return session.execute(ordered.limit(limit)).all()


def _mine(actor: Actor) -> ColumnElement[bool]:
    return true() if policy.everywhere(actor) else Case.office.in_(sorted(actor.offices))


def _filters(wanted: TrailWanted) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        chosen.append(AuditEntry.at >= local_midnight(wanted.since))
    if wanted.until is not None:
        chosen.append(AuditEntry.at < local_midnight(wanted.until + timedelta(days=1)))
    if wanted.action is not None:
        chosen.append(or_(AuditEntry.action == wanted.action, AuditEntry.action.startswith(f"{wanted.action}.")))
    if wanted.actor is not None:
        chosen.append(AuditEntry.actor_account == wanted.actor)
    if wanted.reference is not None:
        its_id = select(cast(Case.application_id, String)).where(Case.reference == wanted.reference).scalar_subquery()
        chosen += [AuditEntry.object_type == "application", AuditEntry.object_id == its_id]
    return chosen
