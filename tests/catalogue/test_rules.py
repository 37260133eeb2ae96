"""Ranking and stop days, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalogue.rules import WHOLE_QUERY, Hit, rank, stop_days


def test_an_exact_phrase_wins_over_single_words() -> None:
    scores = rank([Hit(1, "de", 1, 1.0), Hit(2, "de", 1, 1.0), Hit(2, "de", WHOLE_QUERY, 1.0)])
    assert scores[2] > scores[1]


def test_a_rare_word_outweighs_a_common_one() -> None:
    common = [Hit(service_id, "de", 1, 1.0) for service_id in range(1, 9)]
    scores = rank([*common, Hit(9, "de", 2, 1.0)])
    assert max(scores, key=lambda service_id: scores[service_id]) == 9


def test_words_of_different_languages_do_not_add_up() -> None:
    scores = rank([Hit(1, "de", 1, 1.0), Hit(1, "en", 2, 1.0), Hit(2, "de", 1, 1.0), Hit(2, "de", 2, 1.0)])
    assert scores[2] > scores[1]


def test_weak_hits_alone_find_nothing() -> None:
    assert rank([Hit(1, "de", 1, 0.2)]) == {}
    assert rank([]) == {}


def days(**changes: object) -> list[date]:
    values: dict[str, object] = {
        "weekday": 2, "every_weeks": 1, "valid_from": date(2026, 1, 1), "valid_until": None, "without": [],
        "first": date(2026, 11, 22), "last": date(2026, 12, 31),
    }  # fmt: skip
    return list(stop_days(**(values | changes)))  # type: ignore[arg-type]  # a test may ask for anything


def test_weekly_stops() -> None:
    assert days(last=date(2026, 12, 8)) == [date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)]


def test_the_first_day_itself_counts() -> None:
    assert days(first=date(2026, 11, 24), last=date(2026, 11, 24)) == [date(2026, 11, 24)]


def test_a_rule_that_begins_or_ends_inside() -> None:
    assert days(valid_from=date(2026, 12, 9), last=date(2026, 12, 16)) == [date(2026, 12, 15)]
    assert days(valid_until=date(2026, 11, 30)) == [date(2026, 11, 24)]
    assert days(valid_until=date(2026, 11, 1)) == []


@given(
    weekday=st.integers(1, 7),
    every=st.integers(1, 8),
    begin=st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    first=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    length=st.integers(0, 200),
)
def test_stops_are_what_counting_every_day_gives(
    weekday: int, every: int, begin: date, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    monday = begin - timedelta(days=begin.weekday())
    counted = [
        day
        for day in (first + timedelta(days=n) for n in range(length + 1))
        if day.isoweekday() == weekday and day >= begin and (day - monday).days // 7 % every == 0
    ]
    assert days(weekday=weekday, every_weeks=every, valid_from=begin, first=first, last=last) == counted


@pytest.mark.parametrize("left_out", [date(2026, 11, 24), date(2026, 12, 1)])
def test_exceptions_are_left_out(left_out: date) -> None:
    assert left_out not in days(without=[left_out])
    assert len(days(without=[left_out])) == len(days()) - 1
