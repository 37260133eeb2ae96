"""Reads of capacity: opening plans, lanes and lane days. All `_unchecked`: opening times are public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.capacity.models import (
    BookingRule,
    BreakTime,
    Closure,
    ExtraOpening,
    OpeningPeriod,
    Resource,
)
from backend.capacity.types import Break, Lane, LaneKind, Opening, Period, Plan, Usage
from backend.capacity.types import Closure as ClosureValue
from backend.catalogue import service as catalogue


def plans_unchecked(session: Session, office_ids: Collection[int], first: date, last: date) -> dict[int, Plan]:
    """The opening plans of the offices that have a booking rule; dated parts only from `first` to `last`."""
    rules = session.execute(
        select(BookingRule.office_id, BookingRule.land, BookingRule.horizon_days, BookingRule.lead_minutes)
        .where(BookingRule.office_id.in_(office_ids))
        .order_by(BookingRule.office_id)
    ).all()
    lanes = _lanes(session, office_ids)
    periods = _periods(session, office_ids)
    breaks = _breaks(session, office_ids)
    closures = _closures(session, office_ids, first, last)
    openings = _openings(session, office_ids, first, last)
    return {
        rule.office_id: Plan(
            office_id=rule.office_id,
            land=rule.land,
            horizon_days=rule.horizon_days,
            lead_minutes=rule.lead_minutes,
            lanes=lanes[rule.office_id],
            periods=periods[rule.office_id],
            breaks=breaks[rule.office_id],
            closures=closures[rule.office_id],
            openings=openings[rule.office_id],
        )
        for rule in rules
    }


def _lanes(session: Session, office_ids: Collection[int]) -> dict[int, list[Lane]]:
    found: dict[int, list[Lane]] = defaultdict(list)
    for row in session.execute(
        select(Resource.id, Resource.office_id, Resource.kind, Resource.usage, Resource.number)
        .where(Resource.office_id.in_(office_ids))
        .order_by(Resource.id)
    ):
        found[row.office_id].append(Lane(row.id, row.office_id, LaneKind(row.kind), Usage(row.usage), row.number))
    return found


def _periods(session: Session, office_ids: Collection[int]) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    for row in session.scalars(
        select(OpeningPeriod).where(OpeningPeriod.office_id.in_(office_ids)).order_by(OpeningPeriod.id)
    ):
        found[row.office_id].append(
            Period(
                kind=LaneKind(row.kind),
                weekday=row.weekday,
                opens=row.opens,
                closes=row.closes,
                lanes_public=row.lanes_public,
                lanes_internal=row.lanes_internal,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
        )
    return found


def _breaks(session: Session, office_ids: Collection[int]) -> dict[int, list[Break]]:
    found: dict[int, list[Break]] = defaultdict(list)
    for row in session.scalars(select(BreakTime).where(BreakTime.office_id.in_(office_ids)).order_by(BreakTime.id)):
        found[row.office_id].append(Break(row.weekday, row.starts, row.ends, row.valid_from, row.valid_until))
    return found


def _closures(session: Session, office_ids: Collection[int], first: date, last: date) -> dict[int, list[ClosureValue]]:
    authorities = {office.id: office.authority for office in catalogue.bookable_offices(session).values()}
    found: dict[int, list[ClosureValue]] = defaultdict(list)
    for row in session.scalars(
        select(Closure)
        .where(
            or_(Closure.office_id.in_(office_ids), Closure.office_id.is_(None)),
            Closure.first_day <= last,
            Closure.last_day >= first,
        )
        .order_by(Closure.id)
    ):
        value = ClosureValue(row.first_day, row.last_day, row.starts, row.ends)
        for office_id in office_ids:
            if row.office_id in (None, office_id) and row.authority in (None, authorities.get(office_id)):
                found[office_id].append(value)
    return found


def _openings(
    session: Session, office_ids: Collection[int], first: date, last: date
) -> dict[int, dict[date, list[Opening]]]:
    found: dict[int, dict[date, list[Opening]]] = defaultdict(lambda: defaultdict(list))
    at_stops: dict[int, list[ExtraOpening]] = defaultdict(list)
    for row in session.scalars(
        select(ExtraOpening)
        .where(
            ExtraOpening.office_id.in_(office_ids),
            or_(ExtraOpening.day.is_(None), ExtraOpening.day.between(first, last)),
        )
        .order_by(ExtraOpening.id)
    ):
        if row.day is None or row.opens is None or row.closes is None:
            at_stops[row.office_id].append(row)
        else:
            found[row.office_id][row.day].append(
                Opening(LaneKind(row.kind), row.opens, row.closes, row.lanes_public, row.lanes_internal)
            )
    for stop in catalogue.mobile_stops(session, at_stops, first, last):
        for row in at_stops[stop.office_id]:
            found[stop.office_id][stop.day].append(
                Opening(LaneKind(row.kind), stop.opens, stop.closes, row.lanes_public, row.lanes_internal)
            )
    return found
