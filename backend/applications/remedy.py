"""Until when a decision can be contested, by our calculation; without a known rule there is no date."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from backend.applications.promise import is_working_day

ADVERSE = frozenset({"partly", "refused"})  # of what was granted as it was asked nobody needs to complain
DAY = timedelta(days=1)
MONTHS_OF_YEAR = 12


def of_outcome(facts: Mapping[str, Any], outcome: str) -> Mapping[str, Any] | None:
    """The remedy of a service against a decision, `{kind, days or months, office, court, …}`; None where unknown."""
    return facts.get("remedy") if outcome in ADVERSE else None


def last_day(announced: date, rule: Mapping[str, Any]) -> date:
    """The last day of the period that began with the announcement.

    A period of months ends on the day of the same number, or on the last of a shorter month (§ 188 (2), (3) BGB). What
    ends on a Saturday, a Sunday or a public holiday ends on the next working day (§ 31 (3) VwVfG, § 193 BGB).
    """
    if "months" in rule:
        day = _months_later(announced, int(rule["months"]))
    else:
        day = announced + timedelta(days=int(rule["days"]))
    while not is_working_day(day):
        day += DAY
    return day


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, MONTHS_OF_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
