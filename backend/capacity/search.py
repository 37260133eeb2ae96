"""Free maps for the search: from the read model, and from the rules for days that nobody has materialised yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from struct import pack, unpack
from typing import NamedTuple

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from backend.capacity import queries
from backend.capacity.models import FIRST_CELLS, LaneDay
from backend.capacity.openings import open_bits
from backend.capacity.rules import ONE_DAY, cells_in, from_bytes
from backend.capacity.types import LaneKind, Usage
from backend.core.sql import Statement


class DayMaps(NamedTuple):
    """The free cells of an office's lanes of one kind on one day.

    `packed`: the lanes' ids. `maps`: their stored maps, one after another. `longer`: the maps as integers where
    they did not come from the read model or go on beyond midnight (bits beyond the last cell are the next day's first).
    """

    day: date
    office_id: int
    kind: str
    packed: bytes
    maps: bytes
    longer: tuple[int, ...] | None = None

    @property
    def number(self) -> int:
        """How many lanes."""
        return len(self.packed) // 8

    @property
    def lanes(self) -> tuple[int, ...]:
        """The ids of the lanes."""
        return ids(self.packed)

    def free(self) -> tuple[int, ...]:
        """The map of each lane."""
        return split(self.maps, self.number) if self.longer is None else self.longer

    def each(self) -> Iterator[tuple[int, int]]:
        """Each lane with its map."""
        return zip(self.lanes, self.free(), strict=True)


def ids(packed: bytes) -> tuple[int, ...]:
    """Ids that PostgreSQL wrote one after another (int8send): far cheaper to write and to read than an array."""
    return unpack(f">{len(packed) // 8}q", packed)


def split(maps: bytes, count: int) -> tuple[int, ...]:
    """The integers of maps that are stored one after another."""
    size = len(maps) // count
    return tuple(from_bytes(maps[start : start + size]) for start in range(0, len(maps), size))


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


# The shortest helper column must be filled for a lane to be worth a look. Said with num_nonnulls where offices lead: a
# prepared statement's plan knows no values, and with IS NOT NULL it took the partial index over all offices.
_MAPS = """
    SELECT day, office_id, kind, string_agg(int8send(resource_id), '') AS packed, string_agg(free, '') AS maps
    FROM lane_day WHERE office_id = ANY(%(offices)s::bigint[]) AND day BETWEEN %(first)s::date AND %(last)s::date
    AND usage = 'public' AND kind = ANY(%(kinds)s::text[]) AND num_nonnulls(first_{n}) = 1
    GROUP BY day, office_id, kind ORDER BY day, office_id, kind
"""
# The windows and the maps of the same offices in one set of columns, so that one round trip reads both; the first day
# is the database's unless it is named. The arguments stand in a common table: a plan that knows none of them is then as
# good as one made for them, so it is kept; planning anew costs more than the look itself.
WANTED = """
    wanted AS MATERIALIZED (
        SELECT first, first + %(days)s::int AS until, %(offices)s::bigint[] AS offices, %(kinds)s::text[] AS kinds
        FROM coalesce(%(first)s::date, (statement_timestamp() AT TIME ZONE 'Europe/Berlin')::date) AS first
    )
"""
OF_OFFICES = "office_id = ANY((SELECT offices FROM wanted)::bigint[])"
_OF_DAYS = f"{OF_OFFICES} AND day >= (SELECT first FROM wanted) AND day < (SELECT until FROM wanted)"  # noqa: S608 - constants
# The stamp: every write gives its row a newer transaction number, so whatever changes raises the sum or the count.
WINDOWS_AND_STAMP = f"""
    SELECT 'window' AS part, materialised_until AS day, NULL::bigint AS id, NULL::text AS kind,
        string_agg(int8send(office_id), '') AS ids, NULL::bytea AS maps, horizon_days AS horizon,
        statement_timestamp() AS starts, statement_timestamp() + lead_minutes * interval '1 minute' AS ends
    FROM booking_rule WHERE {OF_OFFICES} GROUP BY horizon_days, lead_minutes, materialised_until
    UNION ALL
    SELECT 'stamp', NULL, count(*), sum(xmin::text::bigint)::text, NULL, NULL, NULL, NULL, NULL
    FROM lane_day WHERE {_OF_DAYS}
"""  # noqa: S608 - built from constants of this module
WINDOWS_AND_MAPS = f"""
    {WINDOWS_AND_STAMP}
    UNION ALL
    SELECT 'maps', day, office_id, kind, string_agg(int8send(resource_id), ''), string_agg(free, ''), NULL, NULL, NULL
    FROM lane_day WHERE {_OF_DAYS}
    AND usage = 'public' AND kind = ANY((SELECT kinds FROM wanted)::text[]) AND num_nonnulls(first_{{n}}) = 1
    GROUP BY day, office_id, kind
"""  # noqa: S608 - built from constants of this module


def for_each_length(query: str) -> dict[int, Statement]:
    """A statement for each helper column; `{n}` in the text is its length."""
    return {length: Statement(query.format(n=length)) for length in FIRST_CELLS}


MAPS = for_each_length(_MAPS)


def helper(length: int) -> int:
    """The longest helper column that is not longer than asked for."""
    return max(known for known in FIRST_CELLS if known <= length)


def maps_between(session: Session, asked: Asked, until: dict[int, date], first: date, last: date) -> list[DayMaps]:
    """Free maps of the public lanes that may have room, by day and office; `until` = how far each office is made."""
    values = {"offices": list(until), "first": first, "last": last, "kinds": asked.kinds}
    found = [DayMaps(*row) for row in MAPS[helper(asked.length)].all(session, values)]
    return completed(session, asked, until, found, first, last)


def completed(
    session: Session, asked: Asked, until: dict[int, date], found: list[DayMaps], first: date, last: date
) -> list[DayMaps]:
    """Stored maps with those of days that nobody has made yet, and with what lies behind midnight."""
    unmade = {office: end for office, end in until.items() if end < last}
    if unmade:
        found = [row for row in found if row.day <= until[row.office_id]]
        found += derived(session, asked.kinds, unmade, first, last)
        found.sort(key=lambda row: (row.day, row.office_id))
    return with_tails(session, asked, found)


def derived(
    session: Session, kinds: Collection[str], until: dict[int, date], first: date, last: date
) -> Iterable[DayMaps]:
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
                        yield DayMaps(day, plan.office_id, lane.kind.value, pack(">q", lane.resource_id), b"", (free,))
            day += ONE_DAY


def with_tails(session: Session, asked: Asked, rows: list[DayMaps]) -> list[DayMaps]:
    """Append the next day's cells to lanes that are free until midnight (an office open through the night)."""
    tails = {(row.day, row.office_id, lane) for row in rows if _reaches_midnight(row) for lane in row.lanes}
    if not tails:
        return rows
    following = {
        (row.resource_id, row.day): from_bytes(row.free)
        for row in session.execute(
            select(LaneDay.resource_id, LaneDay.day, LaneDay.free).where(
                tuple_(LaneDay.resource_id, LaneDay.day).in_([(lane, day + ONE_DAY) for day, _, lane in tails])
            )
        )
    }
    for office, day in {(office, day) for day, office, lane in tails if (lane, day + ONE_DAY) not in following}:
        for made in derived(session, asked.kinds, {office: day}, day + ONE_DAY, day + ONE_DAY):
            following.setdefault((made.lanes[0], made.day), made.free()[0])
    return [_longer(row, following) if _reaches_midnight(row) else row for row in rows]


def _reaches_midnight(row: DayMaps) -> bool:
    """Whether a lane is free in the last cell of the day."""
    last = cells_in(row.day) - 1
    if row.longer is None:
        size = len(row.maps) // row.number
        ends = row.maps[last // 8 :: size]
        return bool(ends.strip(b"\0")) and any(byte >> last % 8 & 1 for byte in ends)
    return any(free >> last & 1 for free in row.longer)


def _longer(row: DayMaps, following: Mapping[tuple[int, date], int]) -> DayMaps:
    end, tomorrow = cells_in(row.day), row.day + ONE_DAY
    longer = (free | following.get((lane, tomorrow), 0) << end for lane, free in row.each())
    return row._replace(longer=tuple(longer))
