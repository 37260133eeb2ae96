"""All that a search reads for its first days, in one statement: windows, free maps, claims that end by themselves."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from backend.booking.wish import Wish
from backend.capacity.rules import CELL, local_date
from backend.capacity.search import (
    OF_OFFICES,
    WANTED,
    WINDOWS_AND_MAPS,
    WINDOWS_AND_STAMP,
    Asked,
    DayMaps,
    for_each_length,
    helper,
    ids,
)
from backend.capacity.service import NEVER, BookingWindow
from backend.core.clock import db_now
from backend.core.sql import Statement

OFFICE_DAYS_AT_ONCE = 400
ZERO = datetime(2000, 1, 1, tzinfo=UTC)
Claim = tuple[int, datetime, datetime]

# the statement's time, because a volatile clock could not use the index on upper(live); materialised, because the few
# living ones are found by that index, not by the far larger one on `during`
_BEFORE = f"""
    WITH {WANTED}, living AS MATERIALIZED (
        SELECT resource, during FROM claim WHERE NOT upper_inf(live) AND upper(live) > statement_timestamp()
    )
"""  # noqa: S608 - built from constants of two modules
_CLAIMS = f"""
    UNION ALL
    SELECT 'claim', NULL, resource, NULL, NULL, NULL, NULL, lower(during), upper(during) FROM living
    WHERE during && (
        SELECT tstzrange(
            first::timestamp AT TIME ZONE 'Europe/Berlin', (until + 1)::timestamp AT TIME ZONE 'Europe/Berlin'
        ) FROM wanted
    ) AND resource IN (SELECT id FROM resource WHERE {OF_OFFICES})
"""  # noqa: S608 - built from constants of two modules
_LOOK = for_each_length(f"{_BEFORE} {WINDOWS_AND_MAPS} {_CLAIMS} ORDER BY day, id, kind")
_STAMP = Statement(f"{_BEFORE} {WINDOWS_AND_STAMP} {_CLAIMS}")


class Look(NamedTuple):
    """What was read for `days` days from `first_day` on: windows by office, maps by day and office, living claims.

    `claims` are (lane, from, to). `stamp` changes with every write to any lane of these offices on these days.
    """

    now: datetime
    first_day: date
    days: int
    windows: dict[int, BookingWindow]
    maps: list[DayMaps]
    claims: list[Claim]
    stamp: tuple[int, str | None] = (0, None)

    def covers(self, first: date, last: date) -> bool:
        """Whether exactly these days were read (fewer when the horizon ends before)."""
        return first == self.first_day and last < first + timedelta(days=self.days)

    def value(self) -> Hashable:
        """Equal looks lead to equal answers, also when they were taken at different times (if nothing else is read)."""
        windows = tuple(
            (office, window.last_day, window.made_until, (ZERO - window.earliest) // CELL)
            for office, window in self.windows.items()
        )
        return local_date(self.now), self.first_day, self.days, windows, self.stamp, frozenset(self.claims)


def take_look(session: Session, wish: Wish, asked: Asked, first_day: date | None, days: int) -> Look:
    """Read at once what the first days of a search need; fewer of them when there are many offices."""
    return _take(session, _LOOK[helper(asked.length)], wish, asked, first_day, days)


def glance(session: Session, wish: Wish, asked: Asked, first_day: date | None, days: int) -> Look:
    """A look without its maps: enough to know whether it would be the same, at a third of the cost."""
    return _take(session, _STAMP, wish, asked, first_day, days)


def _take(session: Session, statement: Statement, wish: Wish, asked: Asked, first_day: date | None, days: int) -> Look:
    days = min(days, days_at_once(len(wish.offices)))
    values = {
        "offices": as_array([office.id for office in wish.offices]),
        "kinds": as_array(asked.kinds),
        "first": first_day,
        "days": days,
    }
    now: datetime | None = None
    windows: dict[int, BookingWindow] = {}
    maps: list[DayMaps] = []
    claims: list[Claim] = []
    stamp: tuple[int, str | None] = (0, None)
    for part, day, identity, kind, packed, stored, horizon, starts, ends in statement.tuples(session, values):
        if part == "maps":
            maps.append(DayMaps(day, identity, kind, packed, stored))
        elif part == "claim":
            claims.append((identity, starts, ends))
        elif part == "stamp":
            stamp = (identity, kind)
        else:
            now = starts
            windows.update(windows_of(packed, starts, ends, horizon, day))
    now = now or db_now(session)
    return Look(now, first_day or local_date(now), days, windows, maps, claims, stamp)


def days_at_once(offices: int) -> int:
    """How many days of so many offices are read in one go."""
    return max(7, OFFICE_DAYS_AT_ONCE // max(1, offices))


def windows_of(
    offices: bytes, now: datetime, earliest: datetime, horizon: int, made_until: date | None
) -> dict[int, BookingWindow]:
    """The window of offices with the same rule, by office."""
    window = BookingWindow(earliest, local_date(now) + timedelta(days=horizon), made_until or NEVER)
    return dict.fromkeys(ids(offices), window)


def as_array(values: Sequence[object]) -> str:
    """An array as PostgreSQL writes it (numbers and plain words only): dearer to adapt as a list than to write."""
    return f"{{{','.join(map(str, values))}}}"
