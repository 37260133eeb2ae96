"""The usual search, one office and no resource beside the desk: its days in one row, looked at as one integer."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import lru_cache
from struct import iter_unpack, pack, unpack
from typing import NamedTuple

from backend.booking.look import ZERO, Look, as_array
from backend.booking.search import ANY_WEEKDAY, Filters, asked_of
from backend.booking.wish import Wish
from backend.capacity.rules import (
    CELL,
    CELL_MINUTES,
    ONE_DAY,
    PLAIN_BYTES,
    PLAIN_CELLS,
    from_bytes,
    joined_starts,
    local_date,
    midnight,
    span,
)
from backend.capacity.search import ids
from backend.capacity.service import NEVER, BookingWindow
from backend.core.clock import AnySession
from backend.core.sql import Statement

MICROSECONDS = CELL // timedelta(microseconds=1)  # of a cell
ANYTIME = Filters()

# The claims as in the look; here their lane and both ends (in microseconds since 2000) stand one after another, like
# the lane days: number of the day (0 = first), lane, map.
_ROW = Statement(
    """
    WITH living AS MATERIALIZED (
        SELECT resource, during FROM claim WHERE NOT upper_inf(live) AND upper(live) > statement_timestamp()
    )
    SELECT statement_timestamp() AS now, lead_minutes, horizon_days, materialised_until, first, stored.*, (
        SELECT string_agg(int8send(resource) || timestamptz_send(lower(during)) || timestamptz_send(upper(during)), '')
        FROM living
        WHERE EXISTS (SELECT FROM resource WHERE resource.id = living.resource AND office_id = %(office)s::bigint)
    ) AS claims
    FROM coalesce(%(first)s::date, (statement_timestamp() AT TIME ZONE 'Europe/Berlin')::date) AS first
    CROSS JOIN booking_rule CROSS JOIN LATERAL (
        SELECT string_agg(int2send((day - first)::smallint), '') AS days,
            string_agg(int8send(resource_id), '') AS lanes, string_agg(free, '') AS maps
        FROM lane_day WHERE lane_day.office_id = %(office)s::bigint AND day >= first AND day < first + %(days)s::int
        AND usage = 'public' AND kind = ANY(%(kinds)s::text[])
    ) AS stored
    WHERE booking_rule.office_id = %(office)s::bigint
    """,
    binary=True,
)


class Joined(NamedTuple):
    """What was read of one office: its window (in a look without maps), its lane days and living claims."""

    look: Look
    window: BookingWindow
    days: bytes
    lanes: bytes
    maps: bytes
    claims: bytes

    @property
    def last_day(self) -> date:
        """The last date that was read."""
        return self.look.first_day + (self.look.days - 1) * ONE_DAY

    def starts(self, last: date, length: int, filters: Filters) -> int | None:
        """Cells from the first day's midnight to the end of `last` at which an appointment of `length` cells can start.

        None where days cannot be joined: clocks change, not all are made, or a desk is free at midnight.
        """
        first = self.look.first_day
        days = (last - first).days + 1
        if self.window.made_until < last or midnight(last + ONE_DAY) - midnight(first) != days * ONE_DAY:
            return None
        if len(self.maps) * 2 != len(self.days) * PLAIN_BYTES:  # clocks change behind the last day
            return None
        number, maps = self._by_day()
        starts = joined_starts(maps, number, length)
        if starts is None:
            return None
        soonest = -((midnight(first) - self.window.earliest) // CELL)  # rounded up to the next full five minutes
        if soonest > 0:
            starts &= -1 << soonest
        if filters != ANYTIME:
            starts &= _allowed(first.isoweekday(), days, length, filters)
        return starts & span(0, days * PLAIN_CELLS)

    def _by_day(self) -> tuple[int, bytes]:
        """Lanes of a day, and the maps day after day with so many for each; claimed cells are taken out."""
        maps = self._without_claims() if self.claims else self.maps
        if not self.days:
            return 1, maps
        days = unpack(">h", self.days[-2:])[0] + 1
        number, odd = divmod(len(self.days) // 2, days)
        if not odd and self.days == _in_order(days, number):
            return number, maps
        return _arranged(self.days, maps)

    def _without_claims(self) -> bytes:
        taken = 0
        places = {place: row for row, place in enumerate(zip(_days(self.days), ids(self.lanes), strict=True))}
        origin = (midnight(self.look.first_day) - ZERO) // timedelta(microseconds=1)
        for lane, starts, ends in iter_unpack(">qqq", self.claims):
            begin, end = (starts - origin) // MICROSECONDS, -((origin - ends) // MICROSECONDS)
            for day in range(max(begin // PLAIN_CELLS, 0), -(-end // PLAIN_CELLS)):
                row = places.get((day, lane))
                if row is not None:
                    midnights = day * PLAIN_CELLS
                    bits = span(begin - midnights, min(end - midnights, PLAIN_CELLS))
                    taken |= bits << row * PLAIN_CELLS
        return (from_bytes(self.maps) & ~taken).to_bytes(len(self.maps), "little")


def suits(wish: Wish) -> bool:
    """Whether a wish can be looked at in this way."""
    return len(wish.offices) == 1 and not wish.needs


def read(session: AnySession, wish: Wish, first_day: date | None, days: int) -> Joined | None:
    """Read the days of the office that is asked for; None when it has no booking rule."""
    (office,) = wish.offices
    values = {"office": office.id, "kinds": as_array(asked_of(wish).kinds), "first": first_day, "days": days}
    for now, lead, horizon, made, first, numbers, lanes, maps, claims in _ROW.tuples(session, values):
        window = BookingWindow(now + timedelta(minutes=lead), local_date(now) + timedelta(days=horizon), made or NEVER)
        look = Look(now, first, days, {office.id: window}, [], [])
        return Joined(look, window, numbers or b"", lanes or b"", maps or b"", claims or b"")
    return None


def _days(packed: bytes) -> tuple[int, ...]:
    return unpack(f">{len(packed) // 2}h", packed)


@lru_cache(maxsize=256)
def _in_order(days: int, number: int) -> bytes:
    """Day after day, so many lanes for each."""
    return b"".join(pack(">h", day) * number for day in range(days))


def _arranged(packed: bytes, maps: bytes) -> tuple[int, bytes]:
    """The maps in the order of their days, empty ones added where a day has fewer lanes than another."""
    found: dict[int, list[bytes]] = {}
    for row, day in enumerate(_days(packed)):
        found.setdefault(day, []).append(maps[row * PLAIN_BYTES : (row + 1) * PLAIN_BYTES])
    number = max(map(len, found.values()))
    days = (b"".join(found.get(day, ())) for day in range(max(found) + 1))
    return number, b"".join(day.ljust(number * PLAIN_BYTES, b"\0") for day in days)


@lru_cache(maxsize=256)
def _allowed(weekday: int, days: int, length: int, filters: Filters) -> int:
    """The cells that the filters leave of so many plain days, the first of which is this day of the week."""
    end = PLAIN_CELLS if filters.time_to in {None, time()} else _cell(filters.time_to or time())
    day = span(_cell(filters.time_from or time()), end - length + 1)
    fitting = (number for number in range(days) if (weekday + number - 1) % len(ANY_WEEKDAY) + 1 in filters.weekdays)
    return sum(day << number * PLAIN_CELLS for number in fitting)


def _cell(wall: time) -> int:
    return (60 * wall.hour + wall.minute) // CELL_MINUTES
