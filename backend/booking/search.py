"""The starts that fit a wish: free maps of capacity under the few claims that end by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy.orm import Session

from backend.booking.look import Claim, Look
from backend.booking.wish import Wish
from backend.capacity import search as capacity_search
from backend.capacity import service as capacity
from backend.capacity.rules import (
    CELL,
    ONE_DAY,
    cell_at,
    cells_in,
    day_span,
    days_touched,
    local_date,
    midnight,
    run_starts,
    span,
    starts_on_any,
    wall_span,
)
from backend.capacity.search import Asked, DayMaps
from backend.capacity.types import LaneKind
from backend.core.clock import AnySession, made
from backend.core.sql import Statement

ANY_WEEKDAY = frozenset(range(1, 8))
EVERYTHING = -1  # all bits, of this day and of the next
by_office_day = attrgetter("day", "office_id")


@dataclass(frozen=True, slots=True)
class Filters:
    """Days of the week (1 = Monday) and the local times between which the whole appointment must lie."""

    weekdays: frozenset[int] = ANY_WEEKDAY
    time_from: time | None = None
    time_to: time | None = None


class OfficeDay(NamedTuple):
    """All cells of one day at which an appointment of the wish can start at an office."""

    office_id: int
    day: date
    starts: int


# the statement's time, because a volatile clock could not use the index on upper(live); materialised, because the few
# living ones are found by that index, not by the far larger one on `during`
_FINITE = Statement(
    """
    WITH living AS MATERIALIZED (
        SELECT resource, during FROM claim WHERE NOT upper_inf(live) AND upper(live) > statement_timestamp()
    )
    SELECT resource, lower(during) AS starts, upper(during) AS ends FROM living
    WHERE during && tstzrange(%(first)s::timestamptz, %(end)s::timestamptz)
    """
)


def finite_claims(session: Session, first: date, last: date) -> dict[tuple[int, date], int]:
    """Cells taken by claims that end by themselves (holds, unconfirmed, delayed release) per lane and day."""
    window = {"first": midnight(first), "end": midnight(last + 2 * ONE_DAY)}
    return cells_of(_FINITE.all(session, window))


def cells_of(claims: Iterable[Claim]) -> dict[tuple[int, date], int]:
    """The cells of claims per lane and day."""
    found: dict[tuple[int, date], int] = defaultdict(int)
    spans: dict[tuple[datetime, datetime], list[tuple[date, int]]] = {}  # many are held for the same time
    for resource, starts, ends in claims:
        if (starts, ends) not in spans:
            spans[starts, ends] = [(day, day_span(day, starts, ends)) for day in days_touched(starts, ends)]
        for day, bits in spans[starts, ends]:
            found[resource, day] |= bits
    return found


def asked_of(wish: Wish) -> Asked:
    """Which lanes a wish looks at."""
    return Asked(desks=wish.slot_classes, needs=wish.needs, length=wish.cells)


class Finder:
    """One search: the wish, its filters, the windows of its offices, and the claims with an end, each read once."""

    def __init__(
        self, session: AnySession, wish: Wish, filters: Filters, after: datetime | None = None, look: Look | None = None
    ) -> None:
        self.session = session
        self.wish = wish
        self.filters = filters
        self.look = look
        self.read_on = False  # whether more was read than the look
        if look is None:
            self.now, self.windows = capacity.booking_windows(made(session), [office.id for office in wish.offices])
        else:
            self.now, self.windows = look.now, look.windows
        self.today = local_date(self.now)
        self.after = self.now if after is None else max(after, self.now)
        self.slugs = {office.id: office.slug for office in wish.offices}
        self.asked = asked_of(wish)

    @property
    def last_day(self) -> date:
        """The last date that any of the offices can be booked."""
        return max((window.last_day for window in self.windows.values()), default=self.today)

    def between(self, first: date, last: date) -> Iterator[OfficeDay]:
        """Office-days from `first` to `last` that have a start, by day."""
        until = {office: window.made_until for office, window in self.windows.items()}
        if self.look is not None and self.look.covers(first, last):
            maps = capacity_search.completed(made(self.session), self.asked, until, self.look.maps, first, last)
            self.read_on = self.read_on or maps is not self.look.maps
            return self.office_days(maps, cells_of(self.look.claims))
        self.read_on = True
        overlay = finite_claims(made(self.session), first, last)
        return self.office_days(
            capacity_search.maps_between(made(self.session), self.asked, until, first, last), overlay
        )

    @property
    def soonest(self) -> datetime:
        """From when on the first of the offices can be booked."""
        return max(self.after, min((window.earliest for window in self.windows.values()), default=self.after))

    def office_days(self, maps: Iterable[DayMaps], overlay: Mapping[tuple[int, date], int]) -> Iterator[OfficeDay]:
        """Office-days of the maps that have a start, in their order; `overlay` = cells taken by claims with an end."""
        for (day, office_id), group in groupby(maps, by_office_day):
            allowed = self._allowed(day, office_id)
            if allowed and day.isoweekday() in self.filters.weekdays:
                starts = self._starts(day, list(group), allowed, overlay)
                if starts:
                    yield OfficeDay(office_id, day, starts)

    def _allowed(self, day: date, office_id: int) -> int:
        """The cells that the wish may use at all: after the lead time, within the horizon and the times of day."""
        window = self.windows.get(office_id)
        if window is None or day > window.last_day:
            return 0
        allowed = EVERYTHING
        soonest = max(window.earliest, self.after)
        if soonest > midnight(day):
            allowed <<= -((midnight(day) - soonest) // CELL)  # rounded up to the next full five minutes
        if self.filters.time_from:
            allowed &= -1 << cell_at(day, self.filters.time_from)
        if self.filters.time_to:
            allowed &= wall_span(day, time(), self.filters.time_to)
        return allowed

    def _starts(
        self, day: date, lanes: Sequence[DayMaps], allowed: int, overlay: Mapping[tuple[int, date], int]
    ) -> int:
        """Cells at which a desk, and one resource of each need, are free for the whole length."""
        desks, needed = 0, dict.fromkeys(self.wish.needs, 0)
        for row in lanes:
            starts = _starts_of_kind(row, self.asked.length, allowed, overlay)
            if row.kind in needed:
                needed[LaneKind(row.kind)] |= starts
            else:
                desks |= starts
        for starts in needed.values():
            desks &= starts
        return desks & span(0, cells_in(day))


def _starts_of_kind(row: DayMaps, length: int, allowed: int, overlay: Mapping[tuple[int, date], int]) -> int:
    """Cells at which at least one of the lanes is free for the whole length."""
    if row.longer is None and not (overlay and _touches(overlay, row)):
        return starts_on_any(row.maps, row.number, length, allowed)
    starts = 0
    for lane, bits in row.each():
        starts |= run_starts(bits & allowed & ~_taken(overlay, lane, row.day), length)
    return starts


def _touches(overlay: Mapping[tuple[int, date], int], row: DayMaps) -> bool:
    """Whether a claim lies on one of the lanes on this day or the next."""
    days = (row.day, row.day + ONE_DAY)
    return any((lane, day) in overlay for lane in row.lanes for day in days)


def _taken(overlay: Mapping[tuple[int, date], int], resource_id: int, day: date) -> int:
    today = overlay.get((resource_id, day), 0)
    tomorrow = overlay.get((resource_id, day + ONE_DAY), 0)
    return today | tomorrow << cells_in(day) if tomorrow else today
