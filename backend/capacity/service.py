"""The door of capacity: free lanes, locks, occupying and vacating, open times, and the upkeep of the read model."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backend.capacity import queries, readmodel
from backend.capacity.models import BookingRule, LaneDay, Resource
from backend.capacity.openings import open_bits
from backend.capacity.readmodel import LockedLanes
from backend.capacity.rules import ONE_DAY, day_span, days_touched, from_bytes, local_date
from backend.capacity.types import Plan
from backend.core.clock import NOW
from backend.core.sql import Statement

NEVER = date(1970, 1, 1)
KEPT_PAST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class BookingWindow:
    """When an office may be booked: from an instant on, through a last local date; its lane days exist `made_until`."""

    earliest: datetime
    last_day: date
    made_until: date


# offices with the same rule share a row, so that a large city is not dearer than one office
_WINDOWS = Statement(
    "SELECT clock_timestamp() AS now, horizon_days, lead_minutes, materialised_until, array_agg(office_id) AS offices"
    " FROM booking_rule WHERE office_id = ANY(%(offices)s::bigint[])"
    " GROUP BY horizon_days, lead_minutes, materialised_until"
)


def booking_windows(session: Session, office_ids: Collection[int]) -> tuple[datetime, dict[int, BookingWindow]]:
    """The database's time and the window of each office that has a booking rule, in one statement."""
    rows = _WINDOWS.all(session, {"offices": list(office_ids)})
    windows: dict[int, BookingWindow] = {}
    for row in rows:
        window = BookingWindow(
            earliest=row.now + timedelta(minutes=row.lead_minutes),
            last_day=local_date(row.now) + row.horizon_days * ONE_DAY,
            made_until=row.materialised_until or NEVER,
        )
        windows.update(dict.fromkeys(row.offices, window))
    now: datetime = rows[0].now if rows else session.execute(select(NOW)).scalar_one()
    return now, windows


def lock_periods(session: Session, periods: Iterable[tuple[int, datetime, datetime]]) -> LockedLanes:
    """Lock all lane days that periods (resource, start, end) touch."""
    return readmodel.lock(session, ((resource, day) for resource, s, e in periods for day in days_touched(s, e)))


def occupy(session: Session, resource_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Lock and take a period of one lane out of the free time, in the caller's transaction."""
    lock_periods(session, [(resource_id, starts_at, ends_at)]).occupy(resource_id, starts_at, ends_at)


def vacate(session: Session, resource_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Lock and give a period of one lane back, in the caller's transaction."""
    lock_periods(session, [(resource_id, starts_at, ends_at)]).vacate(resource_id, starts_at, ends_at)


def is_open(session: Session, resource_id: int, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the rules open a lane for the whole period, booked or not; judged from the rules, not the read model."""
    office_id = session.execute(select(Resource.office_id).where(Resource.id == resource_id)).scalar_one_or_none()
    if office_id is None:
        return False
    days = list(days_touched(starts_at, ends_at))
    plan = queries.plans_unchecked(session, [office_id], days[0], days[-1]).get(office_id)
    if plan is None:
        return False
    lane = next(lane for lane in plan.lanes if lane.resource_id == resource_id)
    return all(open_bits(plan, lane, day) & (bits := day_span(day, starts_at, ends_at)) == bits for day in days)


def bookable_office_ids(session: Session) -> list[int]:
    """Offices that have a booking rule, by id."""
    return list(session.scalars(select(BookingRule.office_id).order_by(BookingRule.office_id)))


def offices_behind(session: Session) -> list[int]:
    """Offices whose read model does not reach their booking horizon, by id."""
    day = local_date(session.execute(select(NOW)).scalar_one())
    rules = session.scalars(select(BookingRule).order_by(BookingRule.office_id))
    return [
        rule.office_id for rule in rules if (rule.materialised_until or NEVER) < day + (rule.horizon_days + 1) * ONE_DAY
    ]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What a run over the read model did: rows made, rows corrected, old rows removed."""

    made: int
    corrected: int
    removed: int = 0


def extend(session: Session, office_ids: Sequence[int] | None = None) -> Upkeep:
    """Bring the read model to today's rules and horizon: make missing lane days, refresh open times, remove past ones.

    Repeatable; run daily by the worker and after every change of opening rules.
    """
    today = local_date(session.execute(select(NOW)).scalar_one())
    past = delete(LaneDay).where(LaneDay.day < today - KEPT_PAST).returning(LaneDay.day)
    removed = len(session.execute(past).all())
    made = corrected = 0
    for office_id in office_ids if office_ids is not None else bookable_office_ids(session):
        done = refresh_office(session, office_id, today)
        made, corrected = made + done.made, corrected + done.corrected
    return Upkeep(made, corrected, removed)


def refresh_office(session: Session, office_id: int, today: date) -> Upkeep:
    """Make and correct the lane days of one office from today to its horizon; taken cells stay as they are."""
    rule = session.get_one(BookingRule, office_id)
    # one day more: an appointment of the last day may end after its midnight
    days = [today + n * ONE_DAY for n in range(rule.horizon_days + 2)]
    plan = queries.plans_unchecked(session, [office_id], days[0], days[-1])[office_id]
    known = {
        (row.resource_id, row.day): row.open
        for row in session.execute(
            select(LaneDay.resource_id, LaneDay.day, LaneDay.open).where(
                LaneDay.office_id == office_id, LaneDay.day >= today
            )
        )
    }
    made = readmodel.insert_missing(session, plan, days, known)
    corrected = _refresh_open(session, plan, known)
    session.execute(update(BookingRule).where(BookingRule.office_id == office_id).values(materialised_until=days[-1]))
    return Upkeep(made, corrected)


def _refresh_open(session: Session, plan: Plan, known: dict[tuple[int, date], bytes]) -> int:
    lanes = {lane.resource_id: lane for lane in plan.lanes}
    opened = {key: open_bits(plan, lanes[key[0]], key[1]) for key in known}
    stale = [key for key, stored in known.items() if from_bytes(stored) != opened[key]]
    if not stale:
        return 0
    locked = readmodel.lock(session, stale)
    return locked.write_many({key: (opened[key], locked.taken(key)) for key in locked})
