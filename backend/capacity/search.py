"""Free maps for the search: from the read model, and from the rules for days that nobody has materialised yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Date,
    Integer,
    Select,
    SmallInteger,
    Text,
    any_,
    bindparam,
    cast,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from backend.capacity import queries
from backend.capacity.models import FIRST_CELLS, LaneDay
from backend.capacity.openings import open_bits
from backend.capacity.rules import ONE_DAY, cells_in, from_bytes
from backend.capacity.types import LaneKind, Usage


class LaneMap(NamedTuple):
    """The free cells of one lane on one day; bits beyond the day's last cell are the next day's first ones."""

    office_id: int
    resource_id: int
    day: date
    kind: str
    free: int


class Key(NamedTuple):
    """An office's day on which a lane has room from a cell on; keys order by time."""

    day: date
    cell: int
    office_id: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lanes are of interest: desks of these slot classes, needed resources, and how many cells must fit."""

    desks: tuple[LaneKind, ...]
    needs: tuple[LaneKind, ...]
    length: int

    @property
    def kinds(self) -> list[str]:
        """All kinds of lanes to look at."""
        return [kind.value for kind in (*self.desks, *self.needs)]


class KeyWindow(NamedTuple):
    """Where keys are looked for."""

    office_ids: list[int]
    weekdays: list[int]
    first: date
    last: date


OFFICES = bindparam("offices", type_=ARRAY(BigInteger))
KINDS = bindparam("kinds", type_=ARRAY(Text))
FIRST_COLUMNS = {length: getattr(LaneDay, f"first_{length}") for length in FIRST_CELLS}
_COLUMNS = (LaneDay.office_id, LaneDay.resource_id, LaneDay.day, LaneDay.kind, LaneDay.free)


def _maps_statement(length: int) -> Select[int, int, date, str, bytes]:
    return (
        select(*_COLUMNS)
        .where(
            LaneDay.office_id == any_(OFFICES),
            LaneDay.day.between(bindparam("first"), bindparam("last")),
            LaneDay.usage == Usage.PUBLIC.value,
            LaneDay.kind == any_(KINDS),
            FIRST_COLUMNS[length].is_not(None),
        )
        .order_by(LaneDay.day, LaneDay.office_id)
    )


def _pairs_statement(length: int) -> Select[int, int, date, str, bytes]:
    asked = (
        func.unnest(bindparam("of", type_=ARRAY(BigInteger)), bindparam("on", type_=ARRAY(Date)))
        .table_valued("office_id", "day")
        .render_derived()
    )
    return (
        select(*_COLUMNS)
        .join(asked, (asked.c.office_id == LaneDay.office_id) & (asked.c.day == LaneDay.day))
        .where(
            LaneDay.usage == Usage.PUBLIC.value,
            LaneDay.kind == any_(KINDS),
            FIRST_COLUMNS[length].is_not(None),
        )
        .order_by(LaneDay.day, LaneDay.office_id)
    )


def _keys_statement(length: int) -> Select[date, int, int]:
    start = FIRST_COLUMNS[length]
    return (
        select(LaneDay.day, start, LaneDay.office_id)
        .distinct()
        .where(
            LaneDay.usage == Usage.PUBLIC.value,
            LaneDay.kind == bindparam("kind", type_=Text),
            start.is_not(None),
            LaneDay.day.between(bindparam("first"), bindparam("last")),
            tuple_(LaneDay.day, start, LaneDay.office_id)
            > tuple_(
                bindparam("after_day", type_=Date),
                bindparam("after_cell", type_=SmallInteger),
                bindparam("after_office", type_=BigInteger),
            ),
            LaneDay.office_id == any_(OFFICES),
            cast(func.extract("isodow", LaneDay.day), Integer) == any_(bindparam("weekdays", type_=ARRAY(Integer))),
        )
        .order_by(LaneDay.day, start, LaneDay.office_id)
        .limit(bindparam("most"))
    )


_MAPS = {length: _maps_statement(length) for length in FIRST_CELLS}
_PAIRS = {length: _pairs_statement(length) for length in FIRST_CELLS}
_KEYS = {length: _keys_statement(length) for length in FIRST_CELLS}


def _helper(length: int) -> int:
    return max(known for known in FIRST_CELLS if known <= length)


def maps_between(session: Session, asked: Asked, until: dict[int, date], first: date, last: date) -> list[LaneMap]:
    """Free maps of the public lanes that may have room, by day and office; `until` = how far each office is made."""
    rows = session.execute(
        _MAPS[_helper(asked.length)],
        {"offices": list(until), "first": first, "last": last, "kinds": asked.kinds},
    )
    found = [LaneMap(office, lane, day, kind, from_bytes(free)) for office, lane, day, kind, free in rows]
    unmade = {office: end for office, end in until.items() if end < last}
    if unmade:
        found = [row for row in found if row.day <= until[row.office_id]]
        found += derived(session, asked.kinds, unmade, first, last)
        found.sort(key=lambda row: (row.day, row.office_id))
    return _with_tails(session, asked, found)


def maps_of(session: Session, asked: Asked, keys: Collection[Key]) -> list[LaneMap]:
    """Free maps of the public lanes of these offices on these days that may have room, by day and office."""
    pairs = sorted({(key.office_id, key.day) for key in keys})
    rows = session.execute(
        _PAIRS[_helper(asked.length)],
        {
            "of": [office for office, _ in pairs],
            "on": [day for _, day in pairs],
            "kinds": asked.kinds,
        },
    )
    return _with_tails(
        session, asked, [LaneMap(office, lane, day, kind, from_bytes(free)) for office, lane, day, kind, free in rows]
    )


def earliest_keys(session: Session, asked: Asked, window: KeyWindow, after: Key | None, most: int) -> list[Key]:
    """The next office-days in order of the first cell with room, read from the index that is in that order.

    A lower bound: room at that cell is certain only for lengths that have a helper column and by the read model alone.
    """
    beyond = after or Key(window.first - ONE_DAY, 0, 0)
    found: set[Key] = set()
    for kind in asked.desks:
        rows = session.execute(
            _KEYS[_helper(asked.length)],
            {
                "kind": kind.value,
                "first": window.first,
                "last": window.last,
                "offices": window.office_ids,
                "weekdays": window.weekdays,
                "after_day": beyond.day,
                "after_cell": beyond.cell,
                "after_office": beyond.office_id,
                "most": most,
            },
        )
        found.update(Key(day, cell, office) for day, cell, office in rows)
    return sorted(found)[:most]


def derived(
    session: Session, kinds: Collection[str], until: dict[int, date], first: date, last: date
) -> Iterable[LaneMap]:
    """Free maps straight from the rules for days after `until`, minus what the rows that exist there say is taken."""
    offices = list(until)
    taken = {
        (row.resource_id, row.day): from_bytes(row.taken)
        for row in session.execute(
            select(LaneDay.resource_id, LaneDay.day, LaneDay.taken).where(
                LaneDay.office_id.in_(offices), LaneDay.day.between(first, last)
            )
        )
    }
    for plan in queries.plans_unchecked(session, offices, first, last).values():
        day = max(first, until[plan.office_id] + ONE_DAY)
        while day <= last:
            for lane in plan.lanes:
                if lane.usage is Usage.PUBLIC and lane.kind in kinds:
                    free = open_bits(plan, lane, day) & ~taken.get((lane.resource_id, day), 0)
                    if free:
                        yield LaneMap(plan.office_id, lane.resource_id, day, lane.kind.value, free)
            day += ONE_DAY


def _with_tails(session: Session, asked: Asked, rows: list[LaneMap]) -> list[LaneMap]:
    """Append the next day's cells to lanes that are free until midnight (an office open through the night)."""
    tails = [row for row in rows if row.free >> (cells_in(row.day) - 1) & 1]
    if not tails:
        return rows
    following = {
        (row.resource_id, row.day): from_bytes(row.free)
        for row in session.execute(
            select(LaneDay.resource_id, LaneDay.day, LaneDay.free).where(
                tuple_(LaneDay.resource_id, LaneDay.day).in_([(row.resource_id, row.day + ONE_DAY) for row in tails])
            )
        )
    }
    unmade = {(row.office_id, row.day) for row in tails if (row.resource_id, row.day + ONE_DAY) not in following}
    for office_id, day in unmade:
        for lane in derived(session, asked.kinds, {office_id: day}, day + ONE_DAY, day + ONE_DAY):
            following.setdefault((lane.resource_id, lane.day), lane.free)
    return [
        row._replace(free=row.free | following.get((row.resource_id, row.day + ONE_DAY), 0) << cells_in(row.day))
        for row in rows
    ]
