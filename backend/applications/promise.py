"""The promise of a service: a number of working days from the receipt, standing still while the citizen has to act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from backend.applications.types import Promise, Standing
from backend.core.clock import BERLIN

LAND = "HB"  # both demo authorities lie in the Land Bremen
SATURDAY = 5
LONGEST = timedelta(days=3 * 366)
Stop = tuple[datetime, datetime | None]


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of the Land in a year."""
    return frozenset(holidays.country_holidays("DE", subdiv=LAND, years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def promised(standing: Standing, days: int | None, source: str | None) -> Promise:
    """The promise of an application as it stands; `days` empty = the service promises nothing."""
    if standing.decided_at is not None:
        return Promise(date=_date(standing, days), clock="ended", stopped_since=None, source=source)
    stopped_since = next((begun for begun, ended in standing.stops if ended is None), None)
    if stopped_since is not None:
        return Promise(date=None, clock="stopped", stopped_since=stopped_since, source=source)
    return Promise(date=_date(standing, days), clock="running", stopped_since=None, source=source)


def due_date(received: datetime, days: int, stops: Iterable[Stop]) -> date:
    """The last promised day: the `days`-th working day after the day of receipt on which the clock ran.

    A day on which the citizen still had to act does not count; the day on which the answer came counts again.
    """
    paused = [(_local(begun), _local(ended)) for begun, ended in stops if ended is not None]
    day = start = _local(received)
    left = days
    while left > 0 and day - start < LONGEST:
        day += timedelta(days=1)
        if is_working_day(day) and not any(begun <= day < ended for begun, ended in paused):
            left -= 1
    return day


def deemed_on(standing: Standing, days: int) -> date | None:
    """The last day before an application counts as granted: `days` of running clock, None while it stands still.

    Days on which the citizen had to act do not count; an end on a day off moves to the next working day (VwVfG § 31).
    """
    if standing.received_at is None or standing.decided_at is not None or standing.waiting_for is not None:
        return None
    paused = sum((_local(ended) - _local(begun)).days for begun, ended in standing.stops if ended is not None)
    return working_day(_local(standing.received_at) + timedelta(days=days + paused))


def working_day(day: date) -> date:
    """The day itself when it is a working day, else the next one."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_on(day: date, count: int) -> date:
    """The working day that is so many working days after a day."""
    for _ in range(count):
        day = working_day(day + timedelta(days=1))
    return day


def _date(standing: Standing, days: int | None) -> date | None:
    if days is None or standing.received_at is None:
        return None
    return due_date(standing.received_at, days, standing.stops)


def _local(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()
