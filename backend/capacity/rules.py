"""Bit arithmetic on days: a day is an integer whose bit i is the i-th five minutes after local midnight.

Cells count elapsed time in Europe/Berlin, so a day has 288 of them, 276 when clocks go forward and 300 when they go
back; no time is ever missing or doubled.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import compress, count
from typing import Final, TypeVar

from backend.core.clock import BERLIN, local_midnight

Item = TypeVar("Item")
CELL_MINUTES: Final = 5
CELL: Final = timedelta(minutes=CELL_MINUTES)
ONE_DAY: Final = timedelta(days=1)
PLAIN_CELLS: Final = ONE_DAY // CELL  # of a day on which no clock changes
PLAIN_BYTES: Final = PLAIN_CELLS // 8  # of its stored map
_BITS: Final = bytes.maketrans(b"01", b"\0\1")


@lru_cache(maxsize=1024)
def midnight(day: date) -> datetime:
    """The first instant of a local date, in UTC."""
    return local_midnight(day).astimezone(UTC)


@lru_cache(maxsize=1024)
def cells_in(day: date) -> int:
    """How many cells a local date has: 288, or 276 and 300 when clocks change."""
    return (midnight(day + ONE_DAY) - midnight(day)) // CELL


def local_date(instant: datetime) -> date:
    """The date in Berlin at an instant."""
    return instant.astimezone(BERLIN).date()


def cell_of(day: date, instant: datetime) -> int:
    """The cell that an instant lies in, counted from the day's midnight; negative before, beyond the last after."""
    return (instant - midnight(day)) // CELL


def instant_of(day: date, cell: int) -> datetime:
    """The instant at which a cell begins, in UTC."""
    return midnight(day) + cell * CELL


def on_grid(instant: datetime) -> bool:
    """Whether an instant is a multiple of five minutes."""
    return instant.minute % CELL_MINUTES == 0 and instant.second == 0 and instant.microsecond == 0


@lru_cache(maxsize=4096)
def cell_at(day: date, wall: time) -> int:
    """The cell at a local time of day: the first of two when clocks go back, the jump when the time does not exist."""
    instant = datetime.combine(day, wall, BERLIN).astimezone(UTC)
    while instant.astimezone(BERLIN).time() > wall and (instant - CELL).astimezone(BERLIN).time() >= wall:
        instant -= CELL
    return cell_of(day, instant)


def span(first: int, end: int) -> int:
    """Bits from `first` up to, not including, `end`."""
    return ((1 << max(end, 0)) - 1) & ~((1 << max(first, 0)) - 1) if end > first else 0


@lru_cache(maxsize=8192)
def wall_span(day: date, opens: time, closes: time) -> int:
    """Bits between two local times of a day; a closing time of 00:00 is the midnight after."""
    return span(cell_at(day, opens), cell_at(day, closes) if closes != time() else cells_in(day))


def day_span(day: date, starts_at: datetime, ends_at: datetime) -> int:
    """Bits of a local date that a period touches, also when it began before or ends after that date."""
    end = -((midnight(day) - ends_at) // CELL)  # rounded up: a cell that is used for a minute is used
    return span(max(cell_of(day, starts_at), 0), min(end, cells_in(day)))


def days_touched(starts_at: datetime, ends_at: datetime) -> Iterator[date]:
    """Every local date that a period touches, ascending."""
    day = local_date(starts_at)
    while midnight(day) < ends_at:
        yield day
        day += ONE_DAY


def run_starts(free: int, length: int) -> int:
    """Cells from which `length` cells in a row are free; about log2(length) shifts."""
    have = 1
    while have < length:
        step = min(have, length - have)
        free &= free >> step
        have += step
    return free


def starts_on_any(maps: bytes, number: int, length: int, allowed: int = -1) -> int:
    """Cells from which at least one of the maps, stored one after another, has `length` cells in a row.

    All maps in one integer, so that one shift serves every lane; a run must not reach the end of its map. `allowed`:
    the only cells that count.
    """
    size = 8 * (len(maps) // number)
    bits = from_bytes(maps)
    if allowed != -1:
        bits &= (allowed & span(0, size)) * _every(size, number)
    bits = run_starts(bits, length)
    while number > 1:
        number = (number + 1) // 2
        bits |= bits >> number * size
    return bits & span(0, size)


def joined_starts(maps: bytes, number: int, length: int) -> int | None:
    """Cells of many plain days, one after another, from which at least one map has `length` free cells in a row.

    The maps stand day after day, `number` for each. None if one is free in its last cell: what follows it is another
    desk's day.
    """
    bits = from_bytes(maps)
    if bits & _every(PLAIN_CELLS, len(maps) // PLAIN_BYTES) << PLAIN_CELLS - 1:
        return None
    bits = run_starts(bits, length)
    have = 1
    while have < number:
        step = min(have, number - have)
        bits |= bits >> step * PLAIN_CELLS
        have += step
    united = bits.to_bytes(len(maps), "little")
    days = range(0, len(maps), number * PLAIN_BYTES)
    return from_bytes(b"".join([united[day : day + PLAIN_BYTES] for day in days]))


@lru_cache(maxsize=256)
def _every(size: int, number: int) -> int:
    """The first bit of each of `number` fields of `size` bits."""
    return sum(1 << position * size for position in range(number))


def first_start(free: int, length: int) -> int | None:
    """The first cell from which `length` cells in a row are free."""
    starts = run_starts(free, length)
    return (starts & -starts).bit_length() - 1 if starts else None


def cells(bits: int) -> list[int]:
    """The positions of the set bits, ascending."""
    first = (bits & -bits).bit_length() - 1
    return list(compress(count(first), _selectors(bits >> first))) if bits else []


def chosen(items: tuple[Item, ...], bits: int) -> Iterator[Item]:
    """The items at the positions of the set bits, in their order."""
    if not bits:
        return iter(())
    first = (bits & -bits).bit_length() - 1
    return compress(items[first : bits.bit_length()], _selectors(bits >> first))


def _selectors(bits: int) -> bytes:
    """One byte for each bit, the lowest first."""
    return bin(bits)[:1:-1].encode().translate(_BITS)


def stretches(bits: int) -> Iterator[tuple[int, int]]:
    """Each unbroken row of set bits as (first, end), end not included, ascending."""
    position = 0
    while bits:
        skip = (bits & -bits).bit_length() - 1
        bits >>= skip
        length = (~bits & (bits + 1)).bit_length() - 1
        position += skip
        yield position, position + length
        position += length
        bits >>= length


def offered(starts: int, length: int, every: int = 1) -> int:
    """The starts that are shown: in each stretch the first, every `every` x `length` cells, and the last that fits."""
    step = every * length
    further = run_starts(starts, step + 1)  # one step from here is still in the same stretch
    shown = starts & ~(starts << 1)
    while further:  # those that are known lead to as many again, twice as far
        shown |= (shown & further) << step
        further &= further >> step
        step *= 2
    return shown | starts & ~(starts >> 1)


def to_bytes(bits: int, day: date) -> bytes:
    """The stored form: little-endian, one bit for each cell of the day."""
    return bits.to_bytes(-(-cells_in(day) // 8), "little")


def from_bytes(stored: bytes) -> int:
    """The integer of a stored day."""
    return int.from_bytes(stored, "little")
