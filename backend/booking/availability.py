"""Use-case: which appointments are free, over several offices, earliest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice, repeat
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy.orm import Session

from backend.booking import joined
from backend.booking.earliest import earliest_starts
from backend.booking.joined import ANYTIME, Joined
from backend.booking.look import Look, days_at_once, take_look
from backend.booking.search import Filters, Finder, OfficeDay, asked_of
from backend.booking.types import Slot
from backend.booking.wish import Wish
from backend.capacity.rules import (
    ONE_DAY,
    PLAIN_BYTES,
    PLAIN_CELLS,
    cells,
    cells_in,
    from_bytes,
    instant_of,
    midnight,
    offered,
)
from backend.capacity.search import Key
from backend.core.clock import BERLIN, AnySession, made
from backend.core.errors import FieldError, Invalid

MAX_SLOTS = 500
FIRST_SLOTS = 5
AT_ONCE = 14  # days of one office: as many as are asked for usually; where there is much room they hold 500 starts


class Start(NamedTuple):
    """A slot in the grid: local date, five-minute cell after midnight, office (id and slug) and length in cells."""

    day: date
    cell: int
    office_id: int
    office: str
    length: int

    @property
    def slot(self) -> Slot:
        """The same with instants, in Berlin's offset."""
        starts, ends = (instant_of(self.day, cell) for cell in (self.cell, self.cell + self.length))
        return Slot(self.office, starts.astimezone(BERLIN), ends.astimezone(BERLIN))


class DayStarts(NamedTuple):
    """A local date with its starts of each office as bits; five hundred slots are not worth as many objects."""

    day: date
    shown: Sequence[tuple[int, int]]

    @property
    def number(self) -> int:
        """How many starts."""
        return sum(bits.bit_count() for _, bits in self.shown)

    @property
    def starts(self) -> list[tuple[int, int]]:
        """The starts as (cell, office id), by time."""
        found = [start for office, bits in self.shown for start in zip(cells(bits), repeat(office))]
        return found if len(self.shown) == 1 else sorted(found)


@dataclass(frozen=True, slots=True)
class Availability:
    """The answer: starts by day, the earliest of all, and the last date that was searched in full.

    `length` of each slot in cells; `slugs` of the offices by id; `read_on`: more was read than the look.
    """

    searched_until: date
    first: Sequence[Start]
    days: Sequence[DayStarts]
    length: int
    slugs: Mapping[int, str]
    read_on: bool = False


def find_availability(
    session: AnySession,
    wish: Wish,
    *,
    first_day: date | None = None,
    days: int = 14,
    filters: Filters | None = None,
    look: Look | None = None,
) -> Availability:
    """Free slots from `first_day` (default today) for `days` days: at most 500, ending with a whole day.

    `first` looks beyond the days when they hold fewer than five. `look` = what was read already for the same question.
    Raises Invalid with a pointer to /from (in_the_past, too_far).
    """
    filters = filters or ANYTIME
    row = joined.read(session, wish, first_day, min(days, AT_ONCE)) if look is None and joined.suits(wish) else None
    look = look or (row.look if row else take_look(made(session), wish, asked_of(wish), first_day, days))
    finder = Finder(session, wish, filters, look=look)
    start = first_day or finder.today
    _check_start(start, finder)
    last = min(start + (days - 1) * ONE_DAY, finder.last_day)
    shown = _joined(finder, row, last) if row else None
    if row and shown is None:
        finder.look = None  # what follows from the days one by one is read anew
    found, searched_until = _collect(finder, start, last) if shown is None else _divided(finder, start, last, shown)
    keys = list(islice((Key(here.day, *start) for here in found for start in here.starts), FIRST_SLOTS))
    if len(keys) < FIRST_SLOTS and searched_until == last < finder.last_day:
        finder.read_on = True
        after = midnight(last + ONE_DAY)
        keys += earliest_starts(made(session), wish, filters, after, FIRST_SLOTS - len(keys), finder)
    first = [Start(*key, finder.slugs[key.office_id], finder.asked.length) for key in keys]
    return Availability(searched_until, first, found, finder.asked.length, finder.slugs, finder.read_on)


def earliest_slots(
    session: Session,
    wish: Wish,
    *,
    after: datetime | None = None,
    limit: int = FIRST_SLOTS,
    filters: Filters | None = None,
) -> list[Slot]:
    """The earliest free slots over all offices of the wish, from `after` (default now) to the booking horizon."""
    slugs = {office.id: office.slug for office in wish.offices}
    starts = earliest_starts(session, wish, filters or Filters(), after, limit)
    return [Start(*start, slugs[start.office_id], wish.cells).slot for start in starts]


def _check_start(start: date, finder: Finder) -> None:
    if start < finder.today:
        raise Invalid(errors=[FieldError("/from", "in_the_past", {"first": finder.today.isoformat()})])
    if start > finder.last_day:
        raise Invalid(errors=[FieldError("/from", "too_far", {"last": finder.last_day.isoformat()})])


def _collect(finder: Finder, first: date, last: date) -> tuple[list[DayStarts], date]:
    """Days with their slots until 500 are found; and the last date that is complete."""
    found: list[DayStarts] = []
    total = 0
    step = days_at_once(len(finder.wish.offices))
    while first <= last:
        end = min(first + (step - 1) * ONE_DAY, last)
        for day, office_days in groupby(finder.between(first, end), attrgetter("day")):
            here = DayStarts(day, offered_of_day(finder, list(office_days), 0 if found else MAX_SLOTS))
            if total + here.number > MAX_SLOTS:
                return found, day - ONE_DAY
            found.append(here)
            total += here.number
        first = end + ONE_DAY
    return found, last


def _joined(finder: Finder, row: Joined, last: date) -> int | None:
    """The offered starts of a row's days and, unless these fill the answer, of those after it up to `last`.

    No desk is free at midnight, so no stretch goes on from one day to the next. None where days cannot be joined.
    """
    length, until = finder.asked.length, min(row.last_day, last)
    starts = row.starts(until, length, finder.filters)
    if starts is None:
        return None
    shown = offered(starts, length)
    if until == last or shown.bit_count() > MAX_SLOTS:
        return shown
    rest = joined.read(finder.session, finder.wish, until + ONE_DAY, (last - until).days)
    starts = rest.starts(last, length, finder.filters) if rest else None
    return None if starts is None else shown | offered(starts, length) << row.look.days * PLAIN_CELLS


def _divided(finder: Finder, first: date, last: date, shown: int) -> tuple[list[DayStarts], date]:
    """The same of one office whose offered starts of all days are joined: no day of it has as many as 500."""
    (office,) = finder.wish.offices
    found: list[DayStarts] = []
    total, day = 0, first
    stored = shown.to_bytes(PLAIN_BYTES * ((last - first).days + 1), "little")
    for place in range(0, len(stored), PLAIN_BYTES):
        bits = from_bytes(stored[place : place + PLAIN_BYTES])
        if bits:
            total += bits.bit_count()
            if total > MAX_SLOTS:
                return found, day - ONE_DAY
            found.append(DayStarts(day, ((office.id, bits),)))
        day += ONE_DAY
    return found, last


def offered_of_day(finder: Finder, office_days: Sequence[OfficeDay], most: int = 0) -> list[tuple[int, int]]:
    """The offered starts of one day as (office id, bits); with `most` thinned out until they are not more.

    Thinning: every second, fourth, … of the steps in each stretch; a day that is still too full is cut at `most`.
    """
    every, length, day = 1, finder.asked.length, office_days[0].day
    while True:
        shown = DayStarts(day, [(here.office_id, offered(here.starts, length, every)) for here in office_days])
        if not most or shown.number <= most:
            return list(shown.shown)
        if every > cells_in(day):
            return _first_of(shown, most)
        every *= 2


def _first_of(shown: DayStarts, most: int) -> list[tuple[int, int]]:
    """Only the earliest of a day's starts."""
    kept: dict[int, int] = defaultdict(int)
    for cell, office in shown.starts[:most]:
        kept[office] |= 1 << cell
    return list(kept.items())
