"""Free maps for the search: from the read model, and from the rules for days that nobody has materialised yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from backend.capacity import queries
from backend.capacity.models import FIRST_CELLS, LaneDay
from backend.capacity.openings import open_bits
from backend.capacity.rules import ONE_DAY, cells_in, from_bytes
from backend.capacity.types import LaneKind, Usage
from backend.core.sql import Statement


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


# the shortest helper column that must be filled for a lane to be worth a look; each has its partial index
_MAPS = """
    SELECT office_id, resource_id, day, kind, free FROM lane_day
    WHERE office_id = ANY(%(offices)s::bigint[]) AND day BETWEEN %(first)s::date AND %(last)s::date
    AND usage = 'public' AND kind = ANY(%(kinds)s::text[]) AND first_{n} IS NOT NULL
    ORDER BY day, office_id
"""
_PAIRS = """
    SELECT office_id, resource_id, day, kind, free
    FROM unnest(%(of)s::bigint[], %(on)s::date[]) AS asked (office_id, day) JOIN lane_day USING (office_id, day)
    WHERE usage = 'public' AND kind = ANY(%(kinds)s::text[]) AND first_{n} IS NOT NULL
    ORDER BY day, office_id
"""
# index-only and in the order of the index: it reads a few entries, however many offices there are
_KEYS = """
    SELECT DISTINCT day, first_{n} AS cell, office_id FROM lane_day
    WHERE usage = 'public' AND kind = %(kind)s::text AND first_{n} IS NOT NULL
    AND day BETWEEN %(first)s::date AND %(last)s::date
    AND (day, first_{n}, office_id) > (%(after_day)s::date, %(after_cell)s::smallint, %(after_office)s::bigint)
    AND office_id = ANY(%(offices)s::bigint[])
    AND extract(isodow FROM day)::int = ANY(%(weekdays)s::int[])
    ORDER BY day, first_{n}, office_id LIMIT %(most)s::int
"""


def _for_each_length(query: str) -> dict[int, Statement]:
    return {length: Statement(query.format(n=length)) for length in FIRST_CELLS}


MAPS, PAIRS, KEYS = (_for_each_length(query) for query in (_MAPS, _PAIRS, _KEYS))


def _helper(length: int) -> int:
    return max(known for known in FIRST_CELLS if known <= length)


def maps_between(session: Session, asked: Asked, until: dict[int, date], first: date, last: date) -> list[LaneMap]:
    """Free maps of the public lanes that may have room, by day and office; `until` = how far each office is made."""
    values = {"offices": list(until), "first": first, "last": last, "kinds": asked.kinds}
    rows = MAPS[_helper(asked.length)].all(session, values)
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
    values = {"of": [office for office, _ in pairs], "on": [day for _, day in pairs], "kinds": asked.kinds}
    rows = PAIRS[_helper(asked.length)].all(session, values)
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
        rows = KEYS[_helper(asked.length)].all(
            session,
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
