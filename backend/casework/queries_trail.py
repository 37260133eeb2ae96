"""The audit trail over all cases of an auditor's offices.

Entries stand in the order of their instants. One index cannot give that order together with an action or a person, but
a short walk for each action that there is can; and of few cases the entries are looked up instead of met on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    String,
    Text,
    Uuid,
    case,
    cast,
    func,
    or_,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.orm import Session

from backend.audit.models import AuditEntry
from backend.casework import policy
from backend.casework.models import Case
from backend.core.access import Actor
from backend.core.clock import local_midnight

FEW_CASES = 5_000
Place = tuple[datetime, int]
_ABOUT = Case.application_id == case((AuditEntry.object_type == "application", cast(AuditEntry.object_id, Uuid)))
# What was done to what kind of object, found by leaps through the index: there are few such pairs.
_DEEDS = """
    WITH RECURSIVE known AS (
        (SELECT action, object_type FROM audit_entry WHERE {0} ORDER BY action, object_type LIMIT 1)
        UNION ALL
        SELECT e.action, e.object_type FROM known AS k CROSS JOIN LATERAL (
            SELECT action, object_type FROM audit_entry
            WHERE {0} AND (action, object_type) > (k.action, k.object_type) ORDER BY action, object_type LIMIT 1
        ) AS e
    )
    SELECT action, object_type FROM known
"""
_BY_ACTOR = "actor_kind = 'staff' AND actor_account = CAST(:actor AS uuid)"


@dataclass(frozen=True, kw_only=True)
class TrailWanted:
    """Which entries: days in Berlin (both included), an action, who of the staff acted; None = no limit."""

    since: date | None = None
    until: date | None = None
    action: str | None = None
    actor: UUID | None = None
    reference: str | None = None


def entries(
    session: Session, actor: Actor, wanted: TrailWanted, *, after: int | None, limit: int, newest_first: bool
) -> Sequence[Any]:
    """Entries with the reference of their case (None: about no case), in the order of their instants or against it.

    With offices, an auditor sees what concerns cases of these; without, all that there is. `after`: an entry's number.
    """
    conditions = _filters(wanted)
    if after is not None:
        place = _place(session, after)
        if place is None and newest_first:
            return []
        if place is not None:
            here = tuple_(AuditEntry.at, AuditEntry.id)
            conditions.append(here < place if newest_first else here > place)
    order = _order(AuditEntry, newest_first)
    mine = [] if policy.everywhere(actor) else [Case.office.in_(sorted(actor.offices))]
    walked = select(AuditEntry.id, AuditEntry.at).where(*conditions)
    if mine and wanted.reference is None and _few_cases(session, mine):
        each = walked.where(AuditEntry.object_type == "application", *_action(wanted.action))
        each = each.where(AuditEntry.object_id == cast(Case.application_id, String)).order_by(*order).limit(limit)
        chosen = _best(select(Case.application_id).where(*mine), each, newest_first, limit)
    else:
        walked = walked.join(Case, _ABOUT).where(*mine) if mine else walked
        if wanted.reference is not None:
            chosen = walked.where(*_action(wanted.action)).order_by(*order).limit(limit)
        elif wanted.action is not None or wanted.actor is not None:
            deeds = _deeds(session, wanted, only_cases=bool(mine))
            each = walked.where(AuditEntry.action == deeds.c.action, AuditEntry.object_type == deeds.c.kind)
            chosen = _best(select(deeds.c.action), each.order_by(*order).limit(limit), newest_first, limit)
        else:
            chosen = walked.order_by(*order).limit(limit)
    page = chosen.subquery("page")
    shown = select(AuditEntry, Case.reference).join(page, page.c.id == AuditEntry.id).outerjoin(Case, _ABOUT)
    return session.execute(shown.order_by(*order)).all()


def _best(from_each: Select[Any], walk: Select[Any, Any], newest_first: bool, limit: int) -> Select[Any, Any]:
    """The best of several walks, each of which is as long as a page at most."""
    found = walk.lateral("found")
    merged: Select[Any, Any] = from_each.join(found, true()).with_only_columns(found.c.id, found.c.at)
    return merged.order_by(*_order(found.c, newest_first)).limit(limit)


def _order(of: Any, newest_first: bool) -> list[ColumnElement[Any]]:
    return [of.at.desc(), of.id.desc()] if newest_first else [of.at.asc(), of.id.asc()]


def _place(session: Session, after: int) -> Place | None:
    """Where an entry stands; a number that was never given stands behind the one before it."""
    before = select(AuditEntry.at).where(AuditEntry.id <= after).order_by(AuditEntry.id.desc()).limit(1)
    at = session.scalar(before)
    return None if at is None else (at, after)


def _few_cases(session: Session, mine: Sequence[ColumnElement[bool]]) -> bool:
    some = select(Case.office).where(*mine).limit(FEW_CASES + 1).subquery()
    return session.execute(select(func.count()).select_from(some)).scalar_one() <= FEW_CASES


def _deeds(session: Session, wanted: TrailWanted, *, only_cases: bool) -> Any:
    """What was done to what, among which the wanted entries are, as rows (action, kind)."""
    statement = text(_DEEDS.format("true" if wanted.actor is None else _BY_ACTOR))
    values = {} if wanted.actor is None else {"actor": wanted.actor}
    known = [
        (action, kind)
        for action, kind in session.execute(statement, values)
        if (wanted.action is None or action == wanted.action or action.startswith(f"{wanted.action}."))
        and (kind == "application" or not only_cases)
    ]
    actions, kinds = (cast([pair[place] for pair in known], ARRAY(Text)) for place in (0, 1))
    return func.unnest(actions, kinds).table_valued("action", "kind").render_derived(name="deeds")


def _action(wanted: str | None) -> list[ColumnElement[bool]]:
    """An action (`case.opened`), or all of its kind (`case`)."""
    if wanted is None:
        return []
    return [or_(AuditEntry.action == wanted, AuditEntry.action.startswith(f"{wanted}.", autoescape=True))]


def _filters(wanted: TrailWanted) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        chosen.append(AuditEntry.at >= local_midnight(wanted.since))
    if wanted.until is not None:
        chosen.append(AuditEntry.at < local_midnight(wanted.until + timedelta(days=1)))
    if wanted.actor is not None:
        chosen += [AuditEntry.actor_account == wanted.actor, AuditEntry.actor_kind == "staff"]
    if wanted.reference is not None:
        its_id = select(cast(Case.application_id, String)).where(Case.reference == wanted.reference).scalar_subquery()
        chosen += [AuditEntry.object_type == "application", AuditEntry.object_id == its_id]
    return chosen
