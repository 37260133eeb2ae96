"""When a lane is open on a date: weekly periods without breaks and public holidays, plus exceptions, minus closures."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache

import holidays

from backend.capacity.rules import cells_in, span, wall_span
from backend.capacity.types import Closure, Lane, Plan

LANDS = holidays.country_holidays("DE").subdivisions  # ISO 3166-2:DE without the country


@lru_cache(maxsize=64)
def public_holidays(land: str, year: int) -> frozenset[date]:
    """The public holidays of a Land, by ISO 3166-2:DE code (Bremen: HB, with 31 October)."""
    return frozenset(holidays.country_holidays("DE", subdiv=land, years=year))


def open_bits(plan: Plan, lane: Lane, day: date) -> int:
    """Cells in which a lane is open on a date.

    An exceptional opening also counts on a public holiday and in a break; a closure ends everything.
    """
    bits = 0
    if day not in public_holidays(plan.land, day.year):
        for period in plan.periods:
            if (
                period.kind is lane.kind
                and period.weekday == day.isoweekday()
                and lane.number <= period.lanes(lane.usage)
                and _valid(day, period.valid_from, period.valid_until)
            ):
                bits |= wall_span(day, period.opens, period.closes)
        for pause in plan.breaks:
            if pause.weekday == day.isoweekday() and _valid(day, pause.valid_from, pause.valid_until):
                bits &= ~wall_span(day, pause.starts, pause.ends)
    for opening in plan.openings.get(day, ()):
        if opening.kind is lane.kind and lane.number <= opening.lanes(lane.usage):
            bits |= wall_span(day, opening.opens, opening.closes)
    for closure in plan.closures:
        if closure.first_day <= day <= closure.last_day:
            bits &= ~_closed(closure, day)
    return bits


def _valid(day: date, first: date, last: date | None) -> bool:
    return first <= day and (last is None or day <= last)


def _closed(closure: Closure, day: date) -> int:
    if closure.starts is None and closure.ends is None:
        return span(0, cells_in(day))
    return wall_span(day, closure.starts or time(), closure.ends or time())
