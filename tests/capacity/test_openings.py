from dataclasses import replace
from datetime import date, time

import pytest

from backend.capacity.openings import open_bits, public_holidays
from backend.capacity.rules import cells_in, span, stretches
from backend.capacity.types import Break, Closure, Lane, LaneKind, Opening, Period, Plan, Usage

MONDAY = date(2027, 6, 7)
HOLIDAY = date(2027, 5, 17)  # Whit Monday
LANES = [Lane(n, 1, LaneKind.STANDARD, Usage.PUBLIC, n) for n in (1, 2, 3)]
INTERNAL = Lane(9, 1, LaneKind.STANDARD, Usage.INTERNAL, 1)
MORNING = Period(LaneKind.STANDARD, 1, time(8), time(12), 2, 1, date(2027, 1, 1), None)
PLAN = Plan(1, "HB", 90, 60, LANES, [MORNING], [], [], {})


def hours(plan: Plan, day: date = MONDAY, lane: Lane = LANES[0]) -> list[tuple[float, float]]:
    return [(first / 12, end / 12) for first, end in stretches(open_bits(plan, lane, day))]


def test_a_period_opens_as_many_lanes_as_it_says() -> None:
    assert [hours(PLAN, lane=lane) for lane in LANES] == [[(8, 12)], [(8, 12)], []]
    assert hours(PLAN, lane=INTERNAL) == [(8, 12)]
    assert hours(PLAN, lane=replace(LANES[0], kind=LaneKind.SHORT)) == []


def test_a_period_counts_on_its_weekday_and_dates() -> None:
    assert hours(PLAN, date(2027, 6, 8)) == []
    limited = replace(PLAN, periods=[replace(MORNING, valid_from=date(2027, 6, 8))])
    assert hours(limited) == []
    assert hours(limited, date(2027, 6, 14)) == [(8, 12)]
    ended = replace(PLAN, periods=[replace(MORNING, valid_until=date(2027, 6, 6))])
    assert hours(ended) == []


def test_breaks_split_the_day() -> None:
    pause = Break(1, time(10), time(10, 15), date(2027, 1, 1), None)
    assert hours(replace(PLAN, breaks=[pause])) == [(8, 10), (10.25, 12)]


def test_public_holidays_of_the_land_are_closed() -> None:
    assert hours(PLAN, HOLIDAY) == []
    assert date(2027, 10, 31) in public_holidays("HB", 2027)
    assert date(2027, 10, 31) not in public_holidays("BY", 2027)


def test_an_exceptional_opening_counts_on_a_holiday_and_never_doubles_a_lane() -> None:
    opening = Opening(LaneKind.STANDARD, time(10), time(14), 1, 0)
    plan = replace(PLAN, openings={HOLIDAY: [opening], MONDAY: [opening]})
    assert hours(plan, HOLIDAY) == [(10, 14)]
    assert hours(plan) == [(8, 14)]
    assert hours(plan, lane=LANES[1]) == [(8, 12)]


@pytest.mark.parametrize(
    ("starts", "ends", "left"),
    [
        (None, None, []),
        (time(9), time(10), [(8, 9), (10, 12)]),
        (time(11), None, [(8, 11)]),
        (None, time(9), [(9, 12)]),
    ],
)
def test_a_closure_ends_everything(starts: time | None, ends: time | None, left: list[tuple[float, float]]) -> None:
    opening = Opening(LaneKind.STANDARD, time(8), time(12), 3, 0)
    plan = replace(PLAN, openings={MONDAY: [opening]}, closures=[Closure(MONDAY, MONDAY, starts, ends)])
    assert hours(plan) == left


def test_an_office_open_through_the_night_of_a_clock_change() -> None:
    nights = [
        Period(LaneKind.STANDARD, 7, time(), time(6), 1, 0, date(2027, 1, 1), None),
        Period(LaneKind.STANDARD, 7, time(22), time(), 1, 0, date(2027, 1, 1), None),
    ]
    plan = replace(PLAN, land="BY", periods=nights)  # 31 October is a holiday in Bremen
    for day, hours_open in ((date(2027, 3, 28), 7), (date(2027, 10, 31), 9), (date(2027, 6, 6), 8)):
        bits = open_bits(plan, LANES[0], day)
        assert bits.bit_count() == hours_open * 12
        assert bits & span(cells_in(day) - 24, cells_in(day)) == span(cells_in(day) - 24, cells_in(day))
        assert bits >> cells_in(day) == 0
