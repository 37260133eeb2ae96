from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from backend.booking.availability import earliest_slots, find_availability
from backend.booking.types import Slot
from backend.booking.wish import Wish, resolve_wish
from backend.capacity import load
from backend.capacity.models import BookingRule, LaneDay, Resource
from backend.capacity.openings import public_holidays
from backend.core.clock import BERLIN, today
from backend.core.db import db
from tests.booking.stock_samples import (
    DAY,
    NIGHT,
    SHORT,
    STANDARD,
    at,
    capacity,
    claim,
    clock_changes,
    import_catalogue,
    night,
    slots_of,
)
from tests.booking.stock_samples import lanes as lanes_of

FIVE = timedelta(minutes=5)


@pytest.fixture(scope="module", autouse=True)
def _stock(app: Flask) -> None:
    with app.app_context():
        import_catalogue(db.session())
        load.load(db.session(), [capacity(DAY, land="BE"), night(NIGHT)])
        db.session.commit()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.rollback()


# --- the naive search: every five minutes of a day, every lane, every claim -------------------------------------------


def naive_open(office: str, starts: datetime, ends: datetime) -> bool:
    """The hours of stock_samples, minute by minute of the wall clock."""
    moment = starts
    while moment < ends:
        local = moment.astimezone(BERLIN)
        if local.date() in public_holidays("BE", local.year):
            return False
        if not (local.hour in (8, 9) if office == DAY else local.hour >= 22 or local.hour < 6):
            return False
        moment += FIVE
    return True


def naive_starts(session: Session, wish: Wish, office: str, day: date) -> list[datetime]:
    claims = session.execute(
        text(
            "SELECT resource, lower(during) AS s, upper(during) AS e FROM claim"
            " WHERE upper_inf(live) OR upper(live) > clock_timestamp()"
        )
    ).all()
    kinds = dict(
        session.execute(select(Resource.id, Resource.kind).where(Resource.id.in_(lanes_of(session, office)))).all()
    )

    def free(lane: int, starts: datetime, ends: datetime) -> bool:
        return not any(c.resource == lane and c.s < ends and starts < c.e for c in claims)

    found = []
    moment, end = at(day, 0), at(day + timedelta(days=1), 0)
    moment, end = moment.astimezone(UTC), end.astimezone(UTC)
    while moment < end:
        until = moment + timedelta(minutes=wish.length_minutes)
        if naive_open(office, moment, until):
            fitting = {kind for lane, kind in kinds.items() if free(lane, moment, until)}
            if fitting & set(wish.slot_classes) and set(wish.needs) <= fitting:
                found.append(moment)
        moment += FIVE
    return found


def naive_offered(starts: list[datetime], minutes: int) -> list[datetime]:
    shown = []
    for start in starts:
        if start - FIVE not in starts:
            begin = start
        if not (start - begin) % timedelta(minutes=minutes) or start + FIVE not in starts:
            shown.append(start)
    return shown


def naive(session: Session, wish: Wish, days: list[date]) -> list[tuple[datetime, str]]:
    """(start, office) of every offered slot, by time; offices in the order of their ids."""
    order = [office.slug for office in sorted(wish.offices, key=lambda office: office.id)]
    found = [
        (start, order.index(office), office)
        for day in days
        for office in order
        for start in naive_offered(naive_starts(session, wish, office, day), wish.length_minutes)
    ]
    return [(start, office) for start, _, office in sorted(found)]


def pairs(slots: list[Slot]) -> list[tuple[datetime, str]]:
    # in UTC: Python calls a repeated local hour unequal to the same instant in another zone
    return [(slot.starts_at.astimezone(UTC), slot.office) for slot in slots]


CLAIMS = st.lists(
    st.tuples(
        st.integers(0, 4),  # which lane
        st.integers(-30, 60),  # start, in five minutes from 08:00 or from midnight
        st.integers(1, 20).map(lambda n: 5 * n),
        st.sampled_from(["endless", "endless", "held", "expired"]),
    ),
    max_size=8,
)
WISHES = st.sampled_from(
    [
        ([(STANDARD, 1)], ()),
        ([(STANDARD, 2)], ()),
        ([(STANDARD, 3), ("wohnsitz-anmelden", 4)], ()),
        ([(SHORT, 1)], ()),
        ([(SHORT, 1)], ("step_free",)),
        ([(STANDARD, 1)], ("step_free",)),
        ([(STANDARD, 1)], ("sign_language",)),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at_day=CLAIMS, at_night=CLAIMS, asked=WISHES, which=st.integers(0, 2))
def test_the_search_finds_what_a_naive_one_finds(
    session: Session, at_day: list, at_night: list, asked: tuple, which: int
) -> None:
    first = today(session)
    day = (first + timedelta(days=5), *clock_changes(first))[which]
    for office, base, wanted in ((DAY, at(day, 8), at_day), (NIGHT, at(day, 0), at_night)):
        ours = lanes_of(session, office)
        for lane, start, minutes, live in wanted:
            claim(session, ours[lane % len(ours)], base.astimezone(UTC) + start * FIVE, minutes, live)
    wish = resolve_wish(session, asked[0], [DAY, NIGHT], asked[1])
    expected = naive(session, wish, [day, day + timedelta(days=1)])
    found = find_availability(session, wish, first_day=day, days=2)
    assert pairs([slot for day in found.days for slot in slots_of(found, day)]) == expected
    assert [date for date, _ in found.days] == sorted({start.astimezone(BERLIN).date() for start, _ in expected})
    if len(expected) >= 5:
        assert pairs([start.slot for start in found.first]) == expected[:5]
        assert pairs(earliest_slots(session, wish, after=at(day, 0))) == expected[:5]
    session.rollback()


def test_days_that_nobody_has_made_are_searched_from_the_rules(session: Session) -> None:
    day = today(session) + timedelta(days=9)
    wish = resolve_wish(session, [(STANDARD, 1)], [DAY, NIGHT])
    claim(session, lanes_of(session, DAY, "standard")[0], at(day, 9), 30)
    expected = find_availability(session, wish, days=14)
    earliest = earliest_slots(session, wish, after=at(day, 7), limit=40)
    session.execute(delete(LaneDay).where(LaneDay.day > day))
    session.execute(delete(LaneDay).where(LaneDay.day == day, LaneDay.resource_id.not_in(lanes_of(session, DAY))))
    session.execute(update(BookingRule).values(materialised_until=day - timedelta(days=3)))
    assert find_availability(session, wish, days=14) == expected
    assert earliest_slots(session, wish, after=at(day, 7), limit=40) == earliest


def test_an_office_open_through_both_clock_changes_offers_real_lengths(session: Session) -> None:
    wish = resolve_wish(session, [(STANDARD, 1)], [NIGHT])
    nights = []
    for day in clock_changes(today(session)):
        found = find_availability(session, wish, first_day=day, days=1)
        slots = slots_of(found, found.days[0])
        assert all(slot.ends_at.timestamp() - slot.starts_at.timestamp() == 15 * 60 for slot in slots)
        assert len({slot.starts_at.timestamp() for slot in slots}) == len(slots)
        nights.append(sum(slot.starts_at.hour < 6 for slot in slots))
    assert nights == [4 * 5, 4 * 7]  # quarters of five and of seven hours


def test_an_appointment_may_cross_midnight(session: Session) -> None:
    day = today(session) + timedelta(days=3)
    wish = resolve_wish(session, [(STANDARD, 2)], [NIGHT])
    for lane in lanes_of(session, NIGHT, "standard"):
        claim(session, lane, at(day, 22), 110)
        claim(session, lane, at(day + timedelta(days=1), 0, 15), 345)
    found = find_availability(session, wish, first_day=day, days=1)
    crossing = [slot for slot in slots_of(found, found.days[0]) if slot.starts_at.hour == 23]
    assert [slot.ends_at.date() for slot in crossing] == [day + timedelta(days=1)] * len(crossing)
    assert [slot.starts_at.minute for slot in crossing] == [50, 55][: len(crossing)]
    assert crossing
