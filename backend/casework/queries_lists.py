"""Work lists: two ways to the same cases, and the planner's own estimate says which one is short.

Many cases fit: each office's index is walked in the order of the list until the page is full; the filters stand in the
index, so that only the cases of the page are read. Few fit: an inverted index over all that lists filter by names them,
and they are put in order. How both compare: docs/adr/0017-reading-cases.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    column,
    false,
    func,
    or_,
    select,
    text,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from backend.casework.models import INSTANT, Case
from backend.casework.queries_kinds import (
    FEW,
    FEW_IN_GROUPS,
    FEW_TO_COUNT,
    Way,
    gathered,
    offices_of,
    older_than,
    urgent,
)
from backend.casework.types import EXACT_UP_TO, NOBODY, Order, Place, Scope, Wanted
from backend.core.access import Actor

OPEN: dict[Scope, list[bool]] = {"open": [True], "ended": [False], "all": [True, False]}
FIRST = Place(value=datetime(1, 1, 1, tzinfo=UTC), case=UUID(int=0))
LAST = Place(value=datetime(9999, 1, 1, tzinfo=UTC), case=NOBODY)
_PRESENT = """
    WITH RECURSIVE present AS (
        SELECT o.office, f.open, (
            SELECT {0} FROM staff_case c WHERE c.office = o.office AND c.open = f.open ORDER BY {0} LIMIT 1
        ) AS value
        FROM unnest(CAST(:offices AS text[])) AS o (office), unnest(CAST(:open AS boolean[])) AS f (open)
        UNION ALL
        SELECT p.office, p.open, (
            SELECT {0} FROM staff_case c WHERE c.office = p.office AND c.open = p.open AND {0} > p.value
            ORDER BY {0} LIMIT 1
        )
        FROM present AS p WHERE p.value IS NOT NULL
    )
    SELECT DISTINCT CAST(value AS text) FROM present WHERE value IS NOT NULL
"""


def page(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    way: Way,
    today: date,
    order: Order,
    *,
    after: Place | None,
    limit: int,
    counted: int | None = None,
) -> Sequence[Case]:
    """The next cases of a work list in its order.

    `counted`: how many there are, where it is known and may be few although no facet says so: limits by day are met
    at one end of an index, and a walk in another order would look for them everywhere.
    """
    if after is not None and order.group is not None:
        order = _from_group(order, after.group)
    if not offices_of(actor, wanted):
        return []
    if way.fewer_than(FEW if order.group is None else FEW_IN_GROUPS):
        chosen = _sorted(_few(actor, wanted, way, today), order, limit, after).subquery("chosen")
    elif counted is not None and counted <= EXACT_UP_TO:
        columns = Case.due_rank, Case.received_at, Case.name_key, Case.service, Case.state, Case.assignee
        few = _walk(actor, wanted, way, today, _nearest(wanted), EXACT_UP_TO, None, columns).subquery("few")
        chosen = _sorted(select(few.c.application_id), order, limit, after, few.c).subquery("chosen")
    else:
        walk = _walk if order.group is None else _walk_groups
        chosen = walk(actor, wanted, way, today, order, limit, after).subquery("chosen")
    found = aliased(Case)
    shown = select(found).join(chosen, chosen.c.application_id == found.application_id)
    return session.scalars(shown.order_by(*_ordered(order, found))).all()


def count(session: Session, actor: Actor, wanted: Wanted, way: Way, today: date) -> int:
    """How many cases a list has, counted to one more than what is told exactly."""
    most = EXACT_UP_TO + 1
    if not offices_of(actor, wanted):
        return 0
    if way.fewer_than(FEW_TO_COUNT):  # a limit near to what is expected would make the planner read case after case
        cases = _few(actor, wanted, way, today).limit(20 * FEW_TO_COUNT)
    else:
        cases = _walk(actor, wanted, way, today, _nearest(wanted), most, None)
    return min(session.execute(select(func.count()).select_from(cases.subquery())).scalar_one(), most)


def present(session: Session, offices: Sequence[str], scope: Scope, group: str) -> set[str]:
    """The values of a column that the cases of these offices have, found by leaps through the index of this order."""
    statement = text(_PRESENT.format({"service": "c.service", "assignee": "c.assignee"}[group]))
    return set(session.scalars(statement, {"offices": list(offices), "open": OPEN[scope]}))


def limited_by_day(wanted: Wanted, order: Order) -> bool:
    """Whether a list has a limit by day that stands in another index than its order."""
    by_day = wanted.older_than_days is not None or wanted.due is not None or wanted.at_risk
    return by_day and (order.group is not None or order.by != _nearest(wanted).by)


def _nearest(wanted: Wanted) -> Order:
    """The order in which the cases of a list are met soonest, where any order will do."""
    if wanted.scope != "open" or wanted.older_than_days is not None:
        return Order(sort="received", by="received_at", down=False)
    return Order(sort="due", by="due_rank", down=False)


def _sorted(few: Select[Any], order: Order, limit: int, after: Place | None, of: Any = Case) -> Select[Any]:
    """The next of some cases, all of which are read for it."""
    few = few if after is None else few.where(_beyond(order, after, of))
    return few.order_by(*_ordered(order, of)).limit(limit)


def _walk(
    actor: Actor,
    wanted: Wanted,
    way: Way,
    today: date,
    order: Order,
    limit: int,
    after: Place | None,
    beside: Sequence[Any] = (),
) -> Select[Any]:
    """Each office's index in the order of the list, open and ended cases by themselves, merged while they are read.

    One index over office and date cannot give the order over several offices; one short walk for each can, so that the
    work depends on the page and not on how many cases there are.
    """
    kinds = [*way.columns, *urgent(actor, wanted, today)]
    if after is not None:
        kinds.append(_past(order, after.value, after.case))
    chosen = select(Case.application_id, getattr(Case, order.by).label("at"), *beside)
    walks = []
    for office, open_ in product(offices_of(actor, wanted), OPEN[wanted.scope]):
        standing = true() if open_ else false()
        walk = chosen.where(Case.office == office, Case.open == standing, *kinds)
        if wanted.older_than_days is not None and order.by != "received_at":
            # where nothing is so old (open cases seldom are) the walk would go to the end of the index
            each_one = aliased(Case)
            oldest = select(each_one.received_at).where(each_one.office == office, each_one.open == standing)
            oldest = oldest.order_by(each_one.received_at, each_one.application_id).limit(1)
            walk = walk.where(oldest.scalar_subquery() < older_than(wanted.older_than_days, today))
        walks.append(walk.order_by(*_within(order)).limit(limit))
    each = union_all(*walks).subquery("each")
    told = [each.c[column.key] for column in beside]
    merged = select(each.c.application_id, *told).order_by(*_turned(order, each.c.at, each.c.application_id))
    return merged.limit(limit)


def _walk_groups(
    actor: Actor, wanted: Wanted, way: Way, today: date, order: Order, limit: int, after: Place | None
) -> Select[Any]:
    """The same group by group, until the page is full."""
    names = bindparam("offices", offices_of(actor, wanted), type_=ARRAY(Text))
    offices = func.unnest(names).table_valued("office").render_derived(name="offices")
    both = func.unnest(bindparam("open", OPEN[wanted.scope], type_=ARRAY(Boolean)))
    standing = both.table_valued("open").render_derived(name="standing")
    groups = _groups(order, after)
    here = (
        Case.office == offices.c.office,
        Case.open == standing.c.open,
        getattr(Case, order.group or "") == groups.c.value,
    )
    chosen = select(Case.application_id, getattr(Case, order.by).label("at"))
    chosen = chosen.where(*here, *way.columns, *urgent(actor, wanted, today))
    if after is not None:
        chosen = chosen.where(_past(order, groups.c.at, groups.c.row))
    best = chosen.order_by(*_within(order)).limit(limit).lateral("best")
    merged = select(best.c.application_id).select_from(groups).join(offices, true()).join(standing, true())
    merged = merged.join(best, true())
    return merged.order_by(groups.c.place, *_turned(order, best.c.at, best.c.application_id)).limit(limit)


def _groups(order: Order, after: Place | None) -> Any:
    """The groups as rows, with the place from which each is read: the first from where the page before ended."""
    start = LAST if order.down else FIRST
    starts = [start if after is None or number else after for number in range(len(order.groups))]
    kind: Any = Uuid if order.group == "assignee" else Text
    given = func.unnest(
        bindparam("groups", _values(order), type_=ARRAY(kind)),
        bindparam("starts", [each.value for each in starts], type_=ARRAY(INSTANT)),
        bindparam("rows", [each.case for each in starts], type_=ARRAY(Uuid)),
    )
    columns = column("value", kind), column("at", INSTANT), column("row", Uuid)
    return given.table_valued(*columns, with_ordinality="place").render_derived(name="groups")


def _few(actor: Actor, wanted: Wanted, way: Way, today: date) -> Select[Any]:
    """All cases of these kinds, by their facets."""
    mine = Case.office.in_(offices_of(actor, wanted))
    return select(Case.application_id).where(mine, *gathered(actor, wanted, way), *urgent(actor, wanted, today))


def _from_group(order: Order, group: str) -> Order:
    """The order without the groups before the one where a page ended."""
    rest = order.groups[order.groups.index(group) :]
    return Order(sort=order.sort, by=order.by, down=order.down, group=order.group, groups=rest)


def _beyond(order: Order, after: Place, of: Any) -> ColumnElement[bool]:
    past = _past(order, after.value, after.case, of)
    if order.group is None:
        return past
    group = getattr(of, order.group)
    first, *others = _values(order)
    return or_(group.in_(others), and_(group == first, past))


def _past(order: Order, value: Any, case: Any, of: Any = Case) -> ColumnElement[bool]:
    here, place = tuple_(getattr(of, order.by), of.application_id), tuple_(value, case)
    return here < place if order.down else here > place


def _ordered(order: Order, of: Any = Case) -> list[ColumnElement[Any]]:
    """The whole order of a list."""
    if order.group is None:
        return _within(order, of)
    kind: Any = Uuid if order.group == "assignee" else Text
    groups = bindparam("groups", _values(order), type_=ARRAY(kind))
    return [func.array_position(groups, getattr(of, order.group)), *_within(order, of)]


def _within(order: Order, of: Any = Case) -> list[ColumnElement[Any]]:
    return _turned(order, getattr(of, order.by), of.application_id)


def _turned(order: Order, *columns: Any) -> list[ColumnElement[Any]]:
    return [each.desc() if order.down else each.asc() for each in columns]


def _values(order: Order) -> list[Any]:
    return [UUID(each) for each in order.groups] if order.group == "assignee" else list(order.groups)
