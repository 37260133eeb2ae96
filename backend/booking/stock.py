"""The stock as a whole: is the read model what claims and rules say, make it so, and fill a demo's first weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import shake_256

from sqlalchemy import ARRAY, BigInteger, bindparam, func, select, text
from sqlalchemy.orm import Session

from backend.booking.models import INSTANT, Claim
from backend.capacity import queries, readmodel
from backend.capacity import service as capacity
from backend.capacity.models import BookingRule, LaneDay
from backend.capacity.openings import open_bits
from backend.capacity.rules import (
    ONE_DAY,
    day_span,
    days_touched,
    from_bytes,
    instant_of,
    midnight,
    stretches,
)
from backend.capacity.types import DESKS, Lane, LaneKind, Plan, Usage
from backend.core.clock import today

Key = tuple[int, date]
SEED = "amtsweg-demo"
# share of each lane that is taken, by days from today: nearly full for two weeks, then thinner (assumption)
OCCUPANCY = ((4, 0.97), (15, 0.99), (29, 0.93), (57, 0.7), (366, 0.4))
BLOCK_CELLS = {LaneKind.STANDARD: 3, LaneKind.SHORT: 2}
NEED_BLOCK_CELLS = 6
NEED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Difference:
    """A lane day whose row is not what rules and claims say; `what` names the columns, or is `missing`."""

    office_id: int
    resource_id: int
    day: date
    what: str


def taken_by_claims(session: Session, resource_ids: Collection[int], first: date) -> dict[Key, int]:
    """The cells that claims without an end use, per lane and day from `first` on: the truth of `lane_day.taken`."""
    found: dict[Key, int] = defaultdict(int)
    rows = session.execute(
        select(Claim.resource, func.lower(Claim.during), func.upper(Claim.during)).where(
            func.upper_inf(Claim.live),
            Claim.resource.in_(resource_ids),
            func.upper(Claim.during) > midnight(first),
        )
    )
    for resource, starts, ends in rows:
        for day in days_touched(starts, ends):
            found[resource, day] |= day_span(day, starts, ends)
    return found


def verify(session: Session) -> list[Difference]:
    """Compare every lane day from today on with rules and claims, in one snapshot. Needs a fresh transaction."""
    session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    first = today(session)
    return [
        difference
        for office_id, until in session.execute(
            select(BookingRule.office_id, BookingRule.materialised_until).order_by(BookingRule.office_id)
        )
        for difference in _differences(session, office_id, first, until)
    ]


def _differences(session: Session, office_id: int, first: date, until: date | None) -> Iterator[Difference]:
    columns = [getattr(LaneDay, name) for name in readmodel.COLUMNS]
    rows = {
        (row.resource_id, row.day): row
        for row in session.execute(
            select(LaneDay.resource_id, LaneDay.day, *columns).where(
                LaneDay.office_id == office_id, LaneDay.day >= first
            )
        )
    }
    last = max((day for _, day in rows), default=until or first)
    plan = queries.plans_unchecked(session, [office_id], first, last)[office_id]
    taken = taken_by_claims(session, [lane.resource_id for lane in plan.lanes], first)
    for lane in plan.lanes:
        for day in _days(first, last):
            key = (lane.resource_id, day)
            if key not in rows:
                if until is not None and day <= until:
                    yield Difference(office_id, lane.resource_id, day, "missing")
                continue
            expected = readmodel.map_values(day, open_bits(plan, lane, day), taken.get(key, 0))
            wrong = [name for name, value in expected.items() if getattr(rows[key], name) != value]
            if wrong:
                yield Difference(office_id, lane.resource_id, day, " ".join(wrong))


def rebuild(session: Session, office_ids: Sequence[int] | None = None) -> int:
    """Make every lane day from today on what rules and claims say; returns how many rows were made or changed."""
    first = today(session)
    return sum(
        _rebuild_office(session, office_id, first) for office_id in office_ids or capacity.bookable_office_ids(session)
    )


def _rebuild_office(session: Session, office_id: int, first: date) -> int:
    made = capacity.refresh_office(session, office_id, first).made
    keys = session.execute(
        select(LaneDay.resource_id, LaneDay.day).where(LaneDay.office_id == office_id, LaneDay.day >= first)
    )
    # rows first, claims after: whoever books holds the row's lock until his claim can be seen
    locked = readmodel.lock(session, [(resource, day) for resource, day in keys])
    plan = queries.plans_unchecked(session, [office_id], first, max(day for _, day in locked))[office_id]
    lanes = {lane.resource_id: lane for lane in plan.lanes}
    taken = taken_by_claims(session, lanes, first)
    return made + locked.write_many(
        {key: (open_bits(plan, lanes[key[0]], key[1]), taken.get(key, 0)) for key in locked}
    )


_BLOCK = text(
    """
    INSERT INTO claim (resource, during, live, state)
    SELECT resource, tstzrange(starts, ends), tstzrange(clock_timestamp(), NULL), 'blocked'
    FROM unnest(:resources, :starts, :ends) AS wanted (resource, starts, ends)
    ORDER BY resource, starts
    ON CONFLICT DO NOTHING
    """
).bindparams(
    bindparam("resources", type_=ARRAY(BigInteger)),
    bindparam("starts", type_=ARRAY(INSTANT)),
    bindparam("ends", type_=ARRAY(INSTANT)),
)


def fill_demo(session: Session, office_id: int, slug: str) -> int:
    """Block public lanes of an office so that the first weeks are nearly full; no person is invented.

    The same date and seed give the same blocks; run again it adds what the days have become fuller since, never twice.
    Returns how many blocks were asked for. Times that somebody holds or has booked are left alone.
    """
    first = today(session)
    rule = session.get_one(BookingRule, office_id)
    last = first + rule.horizon_days * ONE_DAY
    plan = queries.plans_unchecked(session, [office_id], first, last)[office_id]
    free = {
        (resource, day): from_bytes(bits)
        for resource, day, bits in session.execute(
            select(LaneDay.resource_id, LaneDay.day, LaneDay.free).where(
                LaneDay.office_id == office_id, LaneDay.day.between(first, last)
            )
        )
    }
    blocks = [
        block
        for lane in plan.lanes
        if lane.usage is Usage.PUBLIC
        for day in _days(first, last)
        for block in _demo_blocks(plan, lane, day, (day - first).days, slug, free.get((lane.resource_id, day), 0))
    ]
    if blocks:
        resources, starts, ends = (list(column) for column in zip(*blocks, strict=True))
        session.execute(_BLOCK, {"resources": resources, "starts": starts, "ends": ends})
        _rebuild_office(session, office_id, first)
    return len(blocks)


def _demo_blocks(
    plan: Plan, lane: Lane, day: date, ahead: int, slug: str, free: int
) -> Iterator[tuple[int, datetime, datetime]]:
    """What a lane's day still needs to be as full as its distance asks, as few long blocks as possible."""
    size = BLOCK_CELLS.get(lane.kind, NEED_BLOCK_CELLS)
    share = next(share for days, share in OCCUPANCY if ahead < days) * (1 if lane.kind in DESKS else NEED_SHARE)
    lots = shake_256(f"{SEED}|{slug}|{lane.kind.value}|{lane.number}|{day.isoformat()}".encode()).digest(300)
    wanted = 0
    for first, end in stretches(open_bits(plan, lane, day)):
        for start in range(first, end, size):
            if lots[start] < share * 256:
                wanted |= ((1 << min(size, end - start)) - 1) << start
    for first, end in stretches(wanted & free):
        yield lane.resource_id, instant_of(day, first), instant_of(day, end)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first) // timedelta(days=1) + 1):
        yield first + number * ONE_DAY
