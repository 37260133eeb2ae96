"""What an office offers at one time: its booking window and the lanes that are open and not booked."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.capacity import queries, readmodel
from backend.capacity.rules import ONE_DAY, day_span, days_touched, from_bytes, local_date
from backend.capacity.types import LaneKind, Usage
from backend.core.sql import Statement

_shuffle = secrets.SystemRandom().shuffle

_LANES = Statement(
    """
    SELECT clock_timestamp() AS now, horizon_days, lead_minutes, kind, resource_id, day, free
    FROM booking_rule LEFT JOIN lane_day ON lane_day.office_id = booking_rule.office_id
        AND day = ANY(%(days)s::date[]) AND kind = ANY(%(kinds)s::text[]) AND usage = %(usage)s::text
    WHERE booking_rule.office_id = %(office)s::bigint
    """
)


@dataclass(frozen=True, slots=True)
class Offer:
    """The database's time, from when and through which local date the office takes bookings, free lanes by kind.

    Lanes are in random order. Only the claim's INSERT decides: holds and other claims with an end are not looked at.
    """

    now: datetime
    earliest: datetime
    last_day: date
    lanes: Mapping[LaneKind, list[int]]


def offer(
    session: Session,
    office_id: int,
    kinds: Collection[LaneKind],
    starts_at: datetime,
    ends_at: datetime,
    usage: Usage = Usage.PUBLIC,
) -> Offer | None:
    """The lanes of these kinds that are free from start to end; None when nobody can book at this office."""
    wanted = {day: day_span(day, starts_at, ends_at) for day in days_touched(starts_at, ends_at)}
    values = {
        "office": office_id,
        "days": list(wanted),
        "kinds": [kind.value for kind in kinds],
        "usage": usage.value,
    }
    rows = _LANES.all(session, values)
    if rows and len({row.day for row in rows} - {None}) < len(wanted):
        _make(session, office_id, wanted)
        rows = _LANES.all(session, values)
    if not rows:
        return None
    first = rows[0]
    return Offer(
        now=first.now,
        earliest=first.now + timedelta(minutes=first.lead_minutes),
        last_day=local_date(first.now) + first.horizon_days * ONE_DAY,
        lanes=_fitting(rows, wanted),
    )


def _fitting(rows: Collection[Any], wanted: Mapping[date, int]) -> dict[LaneKind, list[int]]:
    """Lanes whose free maps hold the wanted cells of every day."""
    days: dict[tuple[str, int], int] = defaultdict(int)
    for row in rows:
        if row.day is not None and from_bytes(row.free) & (bits := wanted[row.day]) == bits:
            days[row.kind, row.resource_id] += 1
    lanes: dict[LaneKind, list[int]] = defaultdict(list)
    for (kind, resource), count in days.items():
        if count == len(wanted):
            lanes[LaneKind(kind)].append(resource)
    for found in lanes.values():
        _shuffle(found)
    return dict(lanes)


def _make(session: Session, office_id: int, days: Collection[date]) -> None:
    """Make the lane days of an office that nobody has made yet, from its rules."""
    plan = queries.plans_unchecked(session, [office_id], min(days), max(days)).get(office_id)
    if plan is not None:
        readmodel.insert_missing(session, plan, sorted(days), {})
