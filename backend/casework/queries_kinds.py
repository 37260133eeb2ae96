"""Which cases a work list wants: the same kinds once as columns of an index and once as facets of the inverted one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, cast, exists, false, or_, text, true
from sqlalchemy.orm import Session

from backend.casework import rules
from backend.casework.models import Case, Proposal
from backend.casework.types import NOBODY, ProposalState, Scope, Wanted
from backend.core.access import Actor
from backend.core.clock import local_midnight

FEW = 5_000
SCOPES: dict[Scope, Sequence[ColumnElement[bool]]] = {
    "open": (Case.open == true(),),
    "ended": (Case.open == false(),),
    "all": (),
}
_FACETS = {"open": "open", "ended": "ended"}


@dataclass
class Way:
    """What kind of cases is wanted, once as columns and once as facets: `all_of` these, and `one_of` each of these.

    `few`: they are found by their facets and not by a walk.
    """

    columns: list[ColumnElement[bool]] = field(default_factory=list)
    all_of: list[str] = field(default_factory=list)
    one_of: list[list[str]] = field(default_factory=list)
    few: bool = False


def way(session: Session, actor: Actor, wanted: Wanted) -> Way:
    """How the cases of a list are found."""
    found = _kinds(actor, wanted)
    found.few = _is_few(session, wanted, found)
    return found


def offices_of(actor: Actor, wanted: Wanted) -> list[str]:
    """The offices of a list: those asked for as far as they are the actor's."""
    return sorted(actor.offices & set(wanted.offices)) if wanted.offices else sorted(actor.offices)


def whose(actor: Actor, wanted: Wanted) -> UUID | None:
    """To whom the cases of a list are assigned: an account, NOBODY, or None for no limit."""
    if wanted.assigned is None:
        return None
    if wanted.assigned == "nobody":
        return NOBODY
    return UUID(str(actor.account_id if wanted.assigned == "me" else wanted.assigned))


def by_facets(wanted: Wanted, way: Way) -> list[ColumnElement[bool]]:
    """The kinds as the inverted index finds them."""
    conditions: list[ColumnElement[bool]] = [*SCOPES[wanted.scope]]
    conditions += [Case.facets.op("&&")(cast(each, ARRAY(Text))) for each in way.one_of]
    if wanted.waiting_for == "office":
        conditions.append(Case.waiting_for.is_(None))
    if way.columns:
        conditions.append(Case.facets.op("@>")(cast([*way.all_of, *_scope(wanted)], ARRAY(Text))))
    return conditions


def urgent(actor: Actor, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """Limits by day, and what needs somebody's attention."""
    chosen: list[ColumnElement[bool]] = []
    if wanted.older_than_days is not None:
        chosen.append(Case.received_at < local_midnight(today - timedelta(days=wanted.older_than_days - 1)))
    if wanted.due == "overdue":
        chosen.append(Case.due_rank < today)
    elif wanted.due == "soon":
        chosen.append(Case.due_rank.between(today, today + rules.SOON))
    if wanted.at_risk:
        chosen += [Case.promise_on <= today + rules.RISK, Case.waiting_for.is_(None), *SCOPES["open"]]
        chosen.append(Case.due_rank <= today + rules.RISK)  # follows from the first, and has an index
    if wanted.escalated:
        chosen += [Case.escalated_at.is_not(None), Case.ended_at.is_(None)]
    if wanted.to_approve:
        waits = (Proposal.application_id == Case.application_id, Proposal.state == ProposalState.WAITING)
        chosen.append(exists().where(*waits, Proposal.proposer.is_distinct_from(actor.account_id)))
    if wanted.teams is not None:
        chosen.append(or_(Case.team.is_(None), Case.team.in_(list(wanted.teams))))
    return chosen


def _is_few(session: Session, wanted: Wanted, way: Way) -> bool:
    """Whether the planner expects few cases of these kinds in all offices; it knows how frequent each facet is."""
    if wanted.to_approve:
        return True  # proposals that wait are few, and have an index of their own
    if not way.columns:
        return False
    values = {"all_of": [*way.all_of, *_scope(wanted)], **{f"one_{n}": each for n, each in enumerate(way.one_of)}}
    one_of = [f"facets && CAST(:one_{n} AS text[])" for n in range(len(way.one_of))]
    condition = " AND ".join(["facets @> CAST(:all_of AS text[])", *one_of])
    asked = text(f"EXPLAIN (FORMAT JSON) SELECT FROM staff_case WHERE {condition}")
    plan = session.execute(asked, values).scalar_one()[0]["Plan"]
    return plan["Node Type"] != "Seq Scan" and int(plan["Plan Rows"]) < FEW


def _kinds(actor: Actor, wanted: Wanted) -> Way:
    kinds = Way()
    several = (
        (Case.service, "s", wanted.services),
        (Case.state, "t", wanted.states),
        (Case.language, "l", wanted.languages),
    )
    for column, letter, values in several:
        if values:
            kinds.columns.append(column.in_(list(values)))
            kinds.one_of.append([f"{letter}:{value}" for value in values])
    if wanted.waiting_for is not None:
        nobody = wanted.waiting_for == "office"
        kinds.columns.append(Case.waiting_for.is_(None) if nobody else Case.waiting_for == wanted.waiting_for)
        if not nobody:  # most cases wait for the office: as a facet that would be read for nothing
            kinds.all_of.append(f"w:{wanted.waiting_for}")
    account = whose(actor, wanted)
    if account is not None:
        kinds.columns.append(Case.assignee == account)
        kinds.all_of.append(f"a:{'nobody' if account == NOBODY else account}")
    if wanted.label is not None:
        kinds.columns.append(Case.labels.op("@>")(cast([wanted.label], ARRAY(Text))))
        kinds.all_of.append(f"b:{wanted.label}")
    return kinds


def _scope(wanted: Wanted) -> list[str]:
    return [_FACETS[wanted.scope]] if wanted.scope in _FACETS else []
