"""The read model of free time: rows of `lane_day` made from rules, changed under their row locks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.capacity import queries
from backend.capacity.errors import NoSuchLaneError
from backend.capacity.models import FIRST_CELLS, LaneDay, Resource
from backend.capacity.openings import open_bits
from backend.capacity.rules import cells_in, day_span, days_touched, first_start, from_bytes, span, to_bytes
from backend.capacity.types import Lane, Plan

Key = tuple[int, date]
MAPS = ("open", "taken", "free")
BATCH = 2_000
TABLE = cast(Table, LaneDay.__table__)
COLUMNS = (*MAPS, *(f"first_{length}" for length in FIRST_CELLS))
# always all columns: PostgreSQL compares the values, so an unchanged first_n touches no index all the same
_WRITE = (
    update(TABLE)
    .where(TABLE.c.resource_id == bindparam("of"), TABLE.c.day == bindparam("on"))
    .values({name: bindparam(f"new_{name}", type_=TABLE.c[name].type) for name in COLUMNS})
)


def map_values(day: date, opened: int, taken: int) -> dict[str, Any]:
    """The stored maps and helper columns of one lane on one day."""
    free = opened & ~taken
    end = cells_in(day)
    return {
        "open": to_bytes(opened, day),
        "taken": to_bytes(taken, day),
        "free": to_bytes(free, day),
        **{f"first_{length}": _first(free, length, end) for length in FIRST_CELLS},
    }


def _first(free: int, length: int, end: int) -> int | None:
    """The first start of a run; one that reaches midnight may go on tomorrow, so it counts (search looks closer)."""
    start = first_start(free | span(end, end + length), length)
    return start if start is not None and start < end else None


def lane_values(lane: Lane, day: date, opened: int, taken: int = 0) -> dict[str, Any]:
    """A whole row."""
    return {
        "resource_id": lane.resource_id,
        "day": day,
        "office_id": lane.office_id,
        "kind": lane.kind.value,
        "usage": lane.usage.value,
        **map_values(day, opened, taken),
    }


def insert_missing(session: Session, plan: Plan, days: Iterable[date], known: Mapping[Key, Any]) -> int:
    """Write the rows of a plan that are not among the known ones; returns how many. Safe beside a twin."""
    rows = [
        lane_values(lane, day, open_bits(plan, lane, day))
        for day in days
        for lane in plan.lanes
        if (lane.resource_id, day) not in known
    ]
    for first in range(0, len(rows), BATCH):
        session.execute(insert(LaneDay).on_conflict_do_nothing(), rows[first : first + BATCH])
    return len(rows)


class LockedLanes:
    """Lane days whose rows this transaction has locked; occupy and vacate change them, other days are refused."""

    def __init__(self, session: Session, rows: dict[Key, dict[str, Any]]) -> None:
        self._session = session
        self._rows = rows

    def __iter__(self) -> Iterator[Key]:
        return iter(self._rows)

    def opened(self, key: Key) -> int:
        """The open cells of a locked lane day."""
        return from_bytes(self._rows[key]["open"])

    def occupy(self, resource_id: int, starts_at: datetime, ends_at: datetime) -> None:
        """Take a period out of the free time; taking it twice changes nothing."""
        for key, bits in self._touched(resource_id, starts_at, ends_at):
            self.write(key, self.opened(key), self.taken(key) | bits)

    def vacate(self, resource_id: int, starts_at: datetime, ends_at: datetime) -> None:
        """Give a period back; cells outside opening hours stay closed."""
        for key, bits in self._touched(resource_id, starts_at, ends_at):
            self.write(key, self.opened(key), self.taken(key) & ~bits)

    def write(self, key: Key, opened: int, taken: int) -> bool:
        """Store new maps where they differ from the old ones."""
        return self.write_many({key: (opened, taken)}) == 1

    def write_many(self, maps: Mapping[Key, tuple[int, int]]) -> int:
        """Store (open, taken) of locked lane days where they differ; returns how many did."""
        changed = []
        for key, (opened, taken) in maps.items():
            values = map_values(key[1], opened, taken)
            if any(self._rows[key][name] != value for name, value in values.items()):
                self._rows[key].update(values)
                changed.append({"of": key[0], "on": key[1], **{f"new_{name}": value for name, value in values.items()}})
        if changed:
            self._session.execute(_WRITE, changed if len(changed) > 1 else changed[0])
        return len(changed)

    def taken(self, key: Key) -> int:
        """The cells of a locked lane day that claims without an end use."""
        return from_bytes(self._rows[key]["taken"])

    def _touched(self, resource_id: int, starts_at: datetime, ends_at: datetime) -> Iterator[tuple[Key, int]]:
        for day in days_touched(starts_at, ends_at):
            yield (resource_id, day), day_span(day, starts_at, ends_at)


def lock(session: Session, keys: Iterable[Key]) -> LockedLanes:
    """Lock lane days in the one order that everybody keeps (resource, day); missing rows are made first.

    FOR NO KEY UPDATE, as security.md D.3 asks. Raises NoSuchLaneError for a resource that does not exist.
    """
    wanted = sorted(set(keys))
    rows = _lock_existing(session, wanted)
    missing = [key for key in wanted if key not in rows]
    if missing:
        materialise(session, missing)
        rows = _lock_existing(session, wanted)
    return LockedLanes(session, rows)


def _lock_existing(session: Session, keys: Sequence[Key]) -> dict[Key, dict[str, Any]]:
    # one lane day is the usual case: a plain comparison keeps the statement the same for all of them
    condition = (
        (TABLE.c.resource_id == keys[0][0]) & (TABLE.c.day == keys[0][1])
        if len(keys) == 1
        else tuple_(TABLE.c.resource_id, TABLE.c.day).in_(keys)
    )
    found = session.execute(
        select(TABLE.c.resource_id, TABLE.c.day, *(TABLE.c[name] for name in COLUMNS))
        .where(condition)
        .order_by(TABLE.c.resource_id, TABLE.c.day)
        .with_for_update(key_share=True)
    ).mappings()
    return {(row["resource_id"], row["day"]): dict(row) for row in found}


def materialise(session: Session, keys: Sequence[Key]) -> None:
    """Make rows of lanes and days that have none yet, from the rules; raises NoSuchLaneError."""
    days: dict[int, list[date]] = defaultdict(list)
    for resource_id, day in keys:
        days[resource_id].append(day)
    offices = dict(session.execute(select(Resource.id, Resource.office_id).where(Resource.id.in_(days))).all())
    if unknown := days.keys() - offices.keys():
        raise NoSuchLaneError(min(unknown))
    first, last = min(day for _, day in keys), max(day for _, day in keys)
    rows = [
        lane_values(lane, day, open_bits(plan, lane, day))
        for plan in queries.plans_unchecked(session, sorted(set(offices.values())), first, last).values()
        for lane in plan.lanes
        for day in days.get(lane.resource_id, ())
    ]
    if rows:
        session.execute(insert(LaneDay).on_conflict_do_nothing(), rows)
