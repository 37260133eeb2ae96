"""Work lists: two ways to the same cases, and the planner's own estimate says which one is short.

Many cases fit: each office's index is walked in the order of the list until the page is full; the filters stand in the
index, so that only the cases of the page are read. Few fit: an inverted index over all that lists filter by names them,
and they are put in order. How both compare: docs/adr/0017-reading-cases.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from backend.casework import rules
from backend.casework.cursor import Key
from backend.casework.models import Case, Proposal
from backend.casework.types import EXACT_UP_TO, ProposalState, Scope, Sort, Wanted
from backend.core.access import Actor
from backend.core.clock import local_midnight

FEW = 5_000
_SCOPES: dict[Scope, Sequence[ColumnElement[bool]]] = {
    "open": (Case.ended_at.is_(None),),
    "ended": (Case.ended_at.is_not(None),),
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


def page(
    session: Session, actor: Actor, wanted: Wanted, way: Way, today: date, *, after: Key | None, limit: int
) -> Sequence[Case]:
    """The next cases of a work list in its order."""
    if way.few:
        few = _from(_few(actor, wanted, way, today), wanted, after)
        chosen = few.order_by(*order(wanted.sort)).limit(limit).subquery("chosen")
    else:
        chosen = _walk(actor, wanted, way, today, limit, after).subquery("chosen")
    found = aliased(Case)
    shown = select(found).join(chosen, chosen.c.application_id == found.application_id)
    return session.scalars(shown.order_by(*order(wanted.sort, found))).all()


def count(session: Session, actor: Actor, wanted: Wanted, way: Way, today: date) -> int:
    """How many cases a list has, counted to one more than what is told exactly."""
    most = EXACT_UP_TO + 1
    if way.few:  # a limit near to what is expected would make the planner read cases one after another
        cases = _few(actor, wanted, way, today).limit(20 * FEW)
    else:
        cases = _walk(actor, wanted, way, today, most, None, ordered=False).limit(most)
    return min(session.execute(select(func.count()).select_from(cases.subquery())).scalar_one(), most)


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


def offices_of(actor: Actor, wanted: Wanted) -> list[str]:
    """The offices of a list: those asked for as far as they are the actor's."""
    return sorted(actor.offices & set(wanted.offices)) if wanted.offices else sorted(actor.offices)


def order(sort: Sort, of: Any = Case) -> tuple[ColumnElement[Any], ...]:
    """The whole order of a list."""
    column = of.due_rank if sort == "due" else of.received_at
    if sort.startswith("-"):
        return column.desc(), of.application_id.desc()
    return column.asc(), of.application_id.asc()


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
    if wanted.assigned is not None:
        whose = actor.account_id if wanted.assigned == "me" else wanted.assigned
        nobody = wanted.assigned == "nobody"
        kinds.columns.append(Case.assigned_to.is_(None) if nobody else Case.assigned_to == UUID(str(whose)))
        kinds.all_of.append(f"a:{whose}")
    if wanted.label is not None:
        kinds.columns.append(Case.labels.op("@>")(cast([wanted.label], ARRAY(Text))))
        kinds.all_of.append(f"b:{wanted.label}")
    return kinds


def _scope(wanted: Wanted) -> list[str]:
    return [_FACETS[wanted.scope]] if wanted.scope in _FACETS else []


def _walk(
    actor: Actor, wanted: Wanted, way: Way, today: date, limit: int, after: Key | None, *, ordered: bool = True
) -> Select[Any]:
    """Each office's best by its own index, then the best of these.

    One index over office and date cannot give the order over several offices; one short walk for each office can, so
    that the work depends on the page and not on how many cases there are.
    """
    names = bindparam("offices", offices_of(actor, wanted), type_=ARRAY(Text))
    offices = func.unnest(names).table_valued("office").render_derived()
    mine = Case.office == offices.c.office
    chosen = select(Case.application_id, _sorted_by(wanted.sort).label("place"))
    chosen = chosen.where(mine, *_SCOPES[wanted.scope], *way.columns, *_urgent(actor, wanted, today))
    best = _from(chosen, wanted, after).order_by(*order(wanted.sort)).limit(limit).lateral("best")
    merged = select(best.c.application_id).select_from(offices).join(best, true())
    if not ordered:
        return merged
    down = wanted.sort.startswith("-")
    columns = best.c.place, best.c.application_id
    return merged.order_by(*(column.desc() if down else column.asc() for column in columns)).limit(limit)


def _few(actor: Actor, wanted: Wanted, way: Way, today: date) -> Select[Any]:
    """All cases of these kinds, by their facets."""
    conditions: list[ColumnElement[bool]] = [Case.office.in_(offices_of(actor, wanted)), *_SCOPES[wanted.scope]]
    all_of = [*way.all_of, *_scope(wanted)]
    conditions += [Case.facets.op("&&")(cast(each, ARRAY(Text))) for each in way.one_of]
    if wanted.waiting_for == "office":
        conditions.append(Case.waiting_for.is_(None))
    if way.columns:
        conditions.append(Case.facets.op("@>")(cast(all_of, ARRAY(Text))))
    return select(Case.application_id).where(*conditions, *_urgent(actor, wanted, today))


def _from(chosen: Select[Any], wanted: Wanted, after: Key | None) -> Select[Any]:
    if after is None:
        return chosen
    here = tuple_(_sorted_by(wanted.sort), Case.application_id)
    return chosen.where(here < after if wanted.sort.startswith("-") else here > after)


def _sorted_by(sort: Sort) -> InstrumentedAttribute[Any]:
    return Case.due_rank if sort == "due" else Case.received_at


def _urgent(actor: Actor, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """Limits by day, and what needs somebody's attention."""
    chosen: list[ColumnElement[bool]] = []
    if wanted.older_than_days is not None:
        chosen.append(Case.received_at < local_midnight(today - timedelta(days=wanted.older_than_days - 1)))
    if wanted.due == "overdue":
        chosen.append(Case.due_rank < today)
    elif wanted.due == "soon":
        chosen.append(Case.due_rank.between(today, today + rules.SOON))
    if wanted.at_risk:
        chosen += [Case.promise_on <= today + rules.RISK, Case.waiting_for.is_(None), Case.ended_at.is_(None)]
        chosen.append(Case.due_rank <= today + rules.RISK)  # follows from the first, and has an index
    if wanted.escalated:
        chosen += [Case.escalated_at.is_not(None), Case.ended_at.is_(None)]
    if wanted.to_approve:
        waits = (Proposal.application_id == Case.application_id, Proposal.state == ProposalState.WAITING)
        chosen.append(exists().where(*waits, Proposal.proposer.is_distinct_from(actor.account_id)))
    if wanted.teams is not None:
        chosen.append(or_(Case.team.is_(None), Case.team.in_(list(wanted.teams))))
    return chosen
