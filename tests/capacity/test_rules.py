from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.capacity import rules
from backend.core.clock import BERLIN

SPRING, AUTUMN, PLAIN = date(2027, 3, 28), date(2027, 10, 31), date(2027, 6, 1)
DAYS = st.sampled_from([SPRING, AUTUMN, PLAIN])
BITS = st.integers(min_value=0, max_value=(1 << 300) - 1)
DENSE = st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=15)
LENGTHS = st.integers(min_value=1, max_value=60)
WALLS = st.builds(time, st.integers(0, 23), st.integers(0, 11).map(lambda n: 5 * n))


def from_runs(runs: list[tuple[bool, int]]) -> int:
    bits = position = 0
    for free, length in runs:
        bits |= ((1 << length) - 1) << position if free else 0
        position += length
    return bits


def naive_starts(bits: int, length: int) -> list[int]:
    return [cell for cell in range(650) if all(bits >> (cell + n) & 1 for n in range(length))]


def naive_offered(starts: list[int], length: int) -> list[int]:
    """Each stretch of starts: first, every length, last."""
    shown = []
    for start in starts:
        if start - 1 not in starts:
            begin = start
        if (start - begin) % length == 0 or start + 1 not in starts:
            shown.append(start)
    return shown


@given(DENSE.map(from_runs) | BITS, LENGTHS)
def test_starts_are_those_of_a_naive_search(bits: int, length: int) -> None:
    assert rules.cells(rules.run_starts(bits, length)) == naive_starts(bits, length)
    assert rules.first_start(bits, length) == next(iter(naive_starts(bits, length)), None)


@given(st.lists(DENSE.map(from_runs), min_size=1, max_size=9), LENGTHS, DAYS, DENSE.map(from_runs) | st.just(-1))
def test_maps_in_one_integer_have_the_starts_of_all(lanes: list[int], length: int, day: date, allowed: int) -> None:
    end = rules.cells_in(day) - 1
    lanes = [bits & rules.span(0, end) for bits in lanes]
    stored = b"".join(rules.to_bytes(bits, day) for bits in lanes)
    expected = {cell for bits in lanes for cell in naive_starts(bits & allowed, length)}
    assert set(rules.cells(rules.starts_on_any(stored, len(lanes), length, allowed))) == expected


@given(st.integers(1, 9), st.lists(DENSE.map(from_runs), min_size=1, max_size=40), LENGTHS, st.booleans())
def test_joined_days_have_the_starts_of_each_day(number: int, lanes: list[int], length: int, late: bool) -> None:
    lanes = [bits & rules.span(0, rules.PLAIN_CELLS - 1) for bits in lanes[: len(lanes) // number * number]]
    days = [lanes[place : place + number] for place in range(0, len(lanes), number)]
    if late and lanes:
        lanes[-1] |= 1 << rules.PLAIN_CELLS - 1
    joined = rules.joined_starts(b"".join(rules.to_bytes(bits, PLAIN) for bits in lanes), number, length)
    if late and lanes:
        assert joined is None
        return
    assert rules.cells(joined or 0) == [
        day * rules.PLAIN_CELLS + cell
        for day, here in enumerate(days)
        for cell in sorted({cell for bits in here for cell in naive_starts(bits, length)})
    ]


@given(st.lists(st.text(max_size=2), max_size=300), BITS)
def test_chosen_items_are_those_at_the_positions(items: list[str], bits: int) -> None:
    bits &= rules.span(0, len(items))
    assert list(rules.chosen(tuple(items), bits)) == [items[cell] for cell in rules.cells(bits)]


@given(DENSE.map(from_runs), LENGTHS, st.integers(1, 8))
def test_thinned_starts_are_every_so_many(bits: int, length: int, every: int) -> None:
    starts = rules.run_starts(bits, length)
    expected = naive_offered(rules.cells(starts), every * length)
    assert rules.cells(rules.offered(starts, length, every)) == expected


@given(DENSE.map(from_runs), LENGTHS)
def test_offered_starts_are_those_of_a_naive_search(bits: int, length: int) -> None:
    starts = naive_starts(bits, length)
    assert rules.cells(rules.offered(rules.run_starts(bits, length), length)) == naive_offered(starts, length)


@given(DENSE.map(from_runs))
def test_stretches_put_together_are_the_bits(bits: int) -> None:
    found = list(rules.stretches(bits))
    assert sum(rules.span(first, end) for first, end in found) == bits
    assert all(end < following for (_, end), (following, _) in pairwise(found))


@given(DENSE.map(from_runs), DAYS)
def test_stored_days_come_back(bits: int, day: date) -> None:
    bits &= rules.span(0, rules.cells_in(day))
    stored = rules.to_bytes(bits, day)
    assert rules.from_bytes(stored) == bits
    assert len(stored) == {SPRING: 35, AUTUMN: 38, PLAIN: 36}[day]


@pytest.mark.parametrize(("day", "cells"), [(SPRING, 276), (AUTUMN, 300), (PLAIN, 288)])
def test_a_day_has_as_many_cells_as_it_has_minutes(day: date, cells: int) -> None:
    assert rules.cells_in(day) == cells


@given(DAYS, st.integers(0, 299))
def test_instants_and_cells_fit_together(day: date, cell: int) -> None:
    cell %= rules.cells_in(day)
    instant = rules.instant_of(day, cell)
    assert rules.cell_of(day, instant) == cell
    assert rules.local_date(instant) == day
    assert instant.astimezone(BERLIN).date() == day


@given(DAYS, WALLS)
def test_a_wall_time_is_its_first_cell_or_the_jump(day: date, wall: time) -> None:
    """The first cell of the day whose clock shows this time or, when it is skipped, the first one after it."""
    shown = [rules.instant_of(day, cell).astimezone(BERLIN).time() for cell in range(rules.cells_in(day))]
    expected = shown.index(wall) if wall in shown else next(n for n, other in enumerate(shown) if other > wall)
    assert rules.cell_at(day, wall) == expected


@given(DAYS, WALLS, WALLS)
def test_opening_hours_are_one_unbroken_stretch(day: date, opens: time, closes: time) -> None:
    assert len(list(rules.stretches(rules.wall_span(day, opens, closes)))) <= 1


def test_a_night_of_clock_change_has_its_real_length() -> None:
    night = (time(1), time(4))
    lengths = [rules.wall_span(day, *night).bit_count() * 5 for day in (SPRING, PLAIN, AUTUMN)]
    assert lengths == [120, 180, 240]


def test_a_skipped_time_is_the_jump_itself() -> None:
    assert rules.instant_of(SPRING, rules.cell_at(SPRING, time(2, 30))) == datetime(2027, 3, 28, 1, tzinfo=UTC)


@given(DAYS, st.integers(-400, 400), st.integers(1, 400))
def test_the_days_of_a_period_cover_all_of_it(day: date, minutes: int, length: int) -> None:
    starts = rules.midnight(day) + timedelta(minutes=5 * minutes)
    ends = starts + timedelta(minutes=5 * length)
    touched = [
        rules.instant_of(here, cell)
        for here in rules.days_touched(starts, ends)
        for cell in rules.cells(rules.day_span(here, starts, ends))
    ]
    assert touched == [starts + n * rules.CELL for n in range(length)]


def test_a_cell_used_for_a_minute_is_used() -> None:
    starts = datetime(2027, 6, 1, 8, 2, tzinfo=BERLIN)
    bits = rules.day_span(PLAIN, starts, starts + timedelta(minutes=4))
    assert rules.cells(bits) == [96, 97]


def test_thinning_keeps_first_and_last() -> None:
    starts = rules.run_starts(rules.span(96, 120), 3)
    assert rules.cells(rules.offered(starts, 3)) == [96, 99, 102, 105, 108, 111, 114, 117]
    assert rules.cells(rules.offered(starts, 3, 4)) == [96, 108, 117]
