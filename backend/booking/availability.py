"""Use-case: which appointments are free, over several offices, earliest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, repeat
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy.orm import Session

from backend.booking.earliest import earliest_starts
from backend.booking.look import Look, days_at_once, take_look
from backend.booking.search import Filters, Finder, OfficeDay, asked_of
from backend.booking.types import Slot
from backend.booking.wish import Wish
from backend.capacity.rules import ONE_DAY, cells, cells_in, instant_of, midnight, offered
from backend.capacity.search import Key
from backend.core.clock import BERLIN
from backend.core.errors import FieldError, Invalid

MAX_SLOTS = 500
FIRST_SLOTS = 5


class Start(NamedTuple):
    """A slot in the grid: local date, five-minute cell after midnight, office (slug) and length in cells."""

    day: date
    cell: int
    office: str
    length: int

    @property
    def slot(self) -> Slot:
        """The same with instants, in Berlin's offset."""
        starts, ends = (instant_of(self.day, cell) for cell in (self.cell, self.cell + self.length))
        return Slot(self.office, starts.astimezone(BERLIN), ends.astimezone(BERLIN))


class DayStarts(NamedTuple):
    """A local date and its starts as (cell, office id), by time; five hundred slots are not worth as many objects."""

    day: date
    starts: Sequence[tuple[int, int]]


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
    session: Session,
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
    look = look or take_look(session, wish, asked_of(wish), first_day, days)
    finder = Finder(session, wish, filters or Filters(), look=look)
    start = first_day or finder.today
    _check_start(start, finder)
    last = min(start + (days - 1) * ONE_DAY, finder.last_day)
    found, searched_until = _collect(finder, start, last)
    keys = [Key(day, *start) for day, starts in found[:FIRST_SLOTS] for start in starts[:FIRST_SLOTS]][:FIRST_SLOTS]
    if len(keys) < FIRST_SLOTS and searched_until == last < finder.last_day:
        finder.read_on = True
        keys += earliest_starts(
            session, wish, finder.filters, midnight(last + ONE_DAY), FIRST_SLOTS - len(keys), finder
        )
    first = [Start(key.day, key.cell, finder.slugs[key.office_id], finder.asked.length) for key in keys]
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
    return [Start(start.day, start.cell, slugs[start.office_id], wish.cells).slot for start in starts]


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
            starts = starts_of_day(finder, list(office_days), 0 if found else MAX_SLOTS)
            if total + len(starts) > MAX_SLOTS:
                return found, day - ONE_DAY
            found.append(DayStarts(day, starts))
            total += len(starts)
        first = end + ONE_DAY
    return found, last


def starts_of_day(finder: Finder, office_days: Sequence[OfficeDay], most: int = 0) -> list[tuple[int, int]]:
    """The offered starts of one day as (cell, office id) by time; with `most` thinned out until they are not more.

    Thinning: every second, fourth, … of the steps in each stretch; a day that is still too full is cut at `most`.
    """
    every, length, day = 1, finder.asked.length, office_days[0].day
    shown = [offered(here.starts, length) for here in office_days]
    while most and sum(map(int.bit_count, shown)) > most and every <= cells_in(day):
        every *= 2
        shown = [offered(here.starts, length, every) for here in office_days]
    found = [
        start
        for here, bits in zip(office_days, shown, strict=True)
        for start in zip(cells(bits), repeat(here.office_id))
    ]
    if len(shown) > 1:
        found.sort()
    return found[:most] if most else found
