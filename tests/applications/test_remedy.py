"""The last day to contest a decision: months and days, ends of months, weekends, public holidays of Bremen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.applications import remedy
from backend.applications.promise import is_working_day

MONTH: dict[str, Any] = {"months": 1}


@pytest.mark.parametrize(
    ("announced", "rule", "last"),
    [
        (date(2026, 11, 25), MONTH, date(2026, 12, 28)),  # 25 and 26 are holidays, then a weekend
        (date(2026, 12, 7), MONTH, date(2027, 1, 7)),
        (date(2027, 1, 29), MONTH, date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (date(2028, 1, 31), MONTH, date(2028, 2, 29)),  # a leap year
        (date(2026, 9, 30), MONTH, date(2026, 10, 30)),  # not the 31st: the day of the same number
        (date(2026, 10, 1), {"days": 30}, date(2026, 11, 2)),  # 31 October is a holiday in Bremen and a Saturday
        (date(2026, 10, 31), {"months": 2}, date(2026, 12, 31)),
        (date(2026, 12, 1), MONTH, date(2027, 1, 4)),  # New Year's Day, then a weekend
        (date(2026, 11, 22), {"days": 1}, date(2026, 11, 23)),
        (date(2026, 12, 15), {"months": 13}, date(2028, 1, 17)),  # over two turns of the year, off a Saturday
    ],
)
def test_the_last_day(announced: date, rule: dict[str, Any], last: date) -> None:
    assert remedy.last_day(announced, rule) == last


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 24))
def test_it_is_a_working_day_and_never_too_early(announced: date, months: int) -> None:
    last = remedy.last_day(announced, {"months": months})
    assert is_working_day(last)
    assert 0 <= (last - announced).days - 28 * months <= 3 * months + 10


def test_only_what_is_not_granted_in_full_is_contested() -> None:
    facts = {"remedy": {"kind": "widerspruch", "months": 1}}
    assert remedy.of_outcome(facts, "refused") == facts["remedy"]
    assert remedy.of_outcome(facts, "partly") == facts["remedy"]
    assert remedy.of_outcome(facts, "granted") is remedy.of_outcome(facts, "closed") is None
    assert remedy.of_outcome({"remedy": None}, "refused") is None
