"""Days of forms: reading them, and limits such as `today-120y` or another answer. The browser's twin is dates.ts."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
LIMIT = re.compile(r"today(?:([+-])([0-9]{1,5})([dwmy]))?")
FIRST_YEAR, LAST_YEAR = 1800, 2200


def parse(text: str) -> date | None:
    """The day that `YYYY-MM-DD` names, if there is such a day in the years that forms know."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def limit(rule: str | None, today: date, level: Mapping[str, Any]) -> date | None:
    """The day that a limit means; None without a limit or when the answer it looks at is no day."""
    if rule is None:
        return None
    if rule.startswith("/"):
        other = level.get(rule[1:])
        return parse(other) if isinstance(other, str) else None
    found = LIMIT.fullmatch(rule)
    return parse(rule) if found is None else _moved(today, *found.groups())


def _moved(today: date, sign: str | None, amount: str | None, unit: str | None) -> date:
    if amount is None:
        return today
    number = int(amount) * (-1 if sign == "-" else 1)
    if unit in {"d", "w"}:
        return today + timedelta(days=number * (7 if unit == "w" else 1))
    return add_months(today, number * (12 if unit == "y" else 1))


def add_months(day: date, months: int) -> date:
    """The same day of another month, its last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def difference(unit: str, start: date, end: date) -> int:
    """Whole days, months or years from start to end; negative when the end is earlier."""
    if unit == "days":
        return (end - start).days
    if end < start:
        return -difference(unit, end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return months if unit == "months" else months // 12
