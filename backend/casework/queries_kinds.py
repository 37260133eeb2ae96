"""Which cases a work list wants: the same kinds once as columns of an index and once as facets of the inverted one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, cast, exists, false, or_, text, true
from sqlalchemy.orm import Session

from backend.casework import rules
from backend.casework.models import Case, Proposal
from backend.casework.types import NOBODY, ProposalState, Scope, Wanted
from backend.core.access import Actor
from backend.core.clock import local_midnight

# Up to how many cases it is cheaper to gather them than to walk by all others: to a page, to one in groups (each office
# is walked in each), and to a thousand that are counted.
FEW, FEW_IN_GROUPS, FEW_TO_COUNT = 1_500, 4_500, 5_000
SCOPES: dict[Scope, Sequence[ColumnElement[bool]]] = {
    "open": (Case.open == true(),),
    "ended": (Case.open == false(),),
    "all": (),
}


@dataclass
class Way:
    """What kind of cases is wanted, once as columns and once as facets: `all_of` these, and `one_of` each of these.

    `expected`: how many the planner thinks that there are in all offices, None where facets are of no use.
    """

    columns: list[ColumnElement[bool]] = field(default_factory=list)
    all_of: list[str] = field(default_factory=list)
    one_of: list[list[str]] = field(default_factory=list)
    expected: int | None = None

    def fewer_than(self, most: int) -> bool:
        """Whether so few are expected that they are found by their facets and not by a walk."""
        return self.expected is not None and self.expected < most


def way(session: Session, actor: Actor, wanted: Wanted) -> Way:
    """How the cases of a list are found."""
    found = _kinds(actor, wanted)
    found.expected = _expected(session, actor, wanted, found)
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


def gathered(actor: Actor, wanted: Wanted, way: Way) -> list[ColumnElement[bool]]:
    """The kinds as few cases are found: somebody's by the index of assignees, others by the inverted one."""
    if _of_somebody(actor, wanted):
        return [*(SCOPES[wanted.scope] or [Case.open.in_([True, False])]), *way.columns]
    conditions: list[ColumnElement[bool]] = [*SCOPES[wanted.scope]]
    conditions += [Case.facets.op("&&")(cast(each, ARRAY(Text))) for each in way.one_of]
    if wanted.waiting_for == "office":
        conditions.append(Case.waiting_for.is_(None))
    if all_of := [*way.all_of, *_scope(wanted)]:
        conditions.append(Case.facets.op("@>")(cast(all_of, ARRAY(Text))))
    return conditions


def older_than(days: int, today: date) -> datetime:
    """Before when a case was received that is older than so many days, by day."""
    return local_midnight(today - timedelta(days=days - 1))


def urgent(actor: Actor, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """Limits by day, and what needs somebody's attention."""
    chosen: list[ColumnElement[bool]] = []
    if wanted.older_than_days is not None:
        chosen.append(Case.received_at < older_than(wanted.older_than_days, today))
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


def _expected(session: Session, actor: Actor, wanted: Wanted, way: Way) -> int | None:
    """How many cases of these kinds the planner expects in all offices; it knows how frequent each facet is."""
    if wanted.to_approve:
        return 0  # proposals that wait are few, and have an index of their own
    if _of_somebody(actor, wanted):
        return 0  # likewise: nobody has that many
    if not way.columns:
        return None
    values: dict[str, list[str]] = {f"one_{n}": each for n, each in enumerate(way.one_of)}
    conditions = [f"facets && CAST(:{name} AS text[])" for name in values]
    if all_of := [*way.all_of, *_scope(wanted)]:
        values["all_of"] = all_of
        conditions.append("facets @> CAST(:all_of AS text[])")
    if not conditions:
        return None
    asked = text(f"EXPLAIN (FORMAT JSON) SELECT FROM staff_case WHERE {' AND '.join(conditions)}")
    plan = session.execute(asked, values).scalar_one()[0]["Plan"]
    return None if plan["Node Type"] == "Seq Scan" else int(plan["Plan Rows"])


def _of_somebody(actor: Actor, wanted: Wanted) -> bool:
    return wanted.label is None and whose(actor, wanted) not in (None, NOBODY)


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
    """Open or ended, where nothing else says it: each of both is so frequent that it is dear to read."""
    said = wanted.states or wanted.waiting_for == "citizen"
    return [] if said or wanted.scope == "all" else [wanted.scope]
