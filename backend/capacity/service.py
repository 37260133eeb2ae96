"""The door of capacity: free lanes, locks, occupying and vacating, open times, and the upkeep of the read model."""

from __future__ import annotations

import secrets
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
from backend.capacity.types import DESKS, LaneKind, Plan, Usage
from backend.core.clock import NOW
from backend.core.sql import Statement

NEVER = date(1970, 1, 1)
KEPT_PAST = timedelta(days=14)
_shuffle = secrets.SystemRandom().shuffle


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
_MAPS = Statement(
    "SELECT resource_id, day, free FROM lane_day WHERE office_id = %(office)s::bigint AND day = ANY(%(days)s::date[])"
    " AND kind = ANY(%(kinds)s::text[]) AND usage = %(usage)s::text"
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


def booking_window(session: Session, office_id: int) -> BookingWindow | None:
    """The window of one office; None when nobody can book there."""
    return booking_windows(session, [office_id])[1].get(office_id)


def candidate_lanes(
    session: Session,
    office_id: int,
    slot_class: LaneKind | str | None,
    starts_at: datetime,
    ends_at: datetime,
    usage: Usage | str = Usage.PUBLIC,
) -> list[int]:
    """Desks that are open and not booked from start to end, in random order; None = desks of any slot class.

    Only the claim's INSERT decides: holds and other claims with an end are not looked at here.
    """
    kinds = DESKS if slot_class is None else (LaneKind(slot_class),)
    return _free(session, office_id, kinds, starts_at, ends_at, Usage(usage))


def need_resources(
    session: Session, office_id: int, kind: LaneKind | str, starts_at: datetime, ends_at: datetime
) -> list[int]:
    """Resources of a needed kind that are open and not booked from start to end, in random order."""
    return _free(session, office_id, (LaneKind(kind),), starts_at, ends_at, Usage.PUBLIC)


def _free(
    session: Session, office_id: int, kinds: Collection[LaneKind], starts_at: datetime, ends_at: datetime, usage: Usage
) -> list[int]:
    wanted = {day: day_span(day, starts_at, ends_at) for day in days_touched(starts_at, ends_at)}
    rows = _maps(session, office_id, kinds, usage, wanted)
    if len({day for _, day, _ in rows}) < len(wanted):
        materialise_office(session, office_id, wanted)
        rows = _maps(session, office_id, kinds, usage, wanted)
    fitting = [resource for resource, day, free in rows if from_bytes(free) & wanted[day] == wanted[day]]
    lanes = [resource for resource in dict.fromkeys(fitting) if fitting.count(resource) == len(wanted)]
    _shuffle(lanes)
    return lanes


def _maps(
    session: Session, office_id: int, kinds: Collection[LaneKind], usage: Usage, days: Collection[date]
) -> list[tuple[int, date, bytes]]:
    wanted = {"office": office_id, "days": list(days), "kinds": [kind.value for kind in kinds], "usage": usage.value}
    return [(row.resource_id, row.day, row.free) for row in _MAPS.all(session, wanted)]


def materialise_office(session: Session, office_id: int, days: Collection[date]) -> None:
    """Make the lane days of an office that nobody has made yet, from its rules."""
    plan = queries.plans_unchecked(session, [office_id], min(days), max(days)).get(office_id)
    if plan is not None:
        readmodel.insert_missing(session, plan, sorted(days), {})


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
