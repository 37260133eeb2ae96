"""One office's days as one integer: the same answer as day by day, for any claims, filters, clocks and days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from backend.booking import availability, joined
from backend.booking.availability import AT_ONCE, find_availability
from backend.booking.look import take_look
from backend.booking.schemas_availability import as_json
from backend.booking.search import Filters, asked_of
from backend.booking.wish import Wish, resolve_wish
from backend.capacity import load
from backend.capacity.models import BookingRule, LaneDay
from backend.capacity.rules import ONE_DAY
from backend.core.clock import today
from backend.core.db import db
from tests.booking.stock_samples import (
    DAY,
    NIGHT,
    OTHER,
    SHORT,
    STANDARD,
    at,
    capacity,
    claim,
    clock_changes,
    import_catalogue,
    lanes,
    night,
)

FIVE = timedelta(minutes=5)
SEVERAL = [{"weekdays": [1, 2, 3, 5, 6], "opens": "07:00", "closes": "12:00", "lanes": {"standard": 5, "short": 2}}]


@pytest.fixture(scope="module", autouse=True)
def _stock(app: Flask) -> None:
    with app.app_context():
        import_catalogue(db.session())
        load.load(db.session(), [capacity(DAY, land="BE"), capacity(OTHER, periods=SEVERAL), night(NIGHT)])
        db.session.commit()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.rollback()


def both(session: Session, wish: Wish, first: date | None, days: int, filters: Filters) -> tuple[bytes, bytes]:
    """The answer of the short way, and the one that is found day by day."""
    asked: dict[str, Any] = {"first_day": first, "days": days, "filters": filters}
    look = take_look(session, wish, asked_of(wish), first, days)
    return as_json(find_availability(session, wish, **asked)), as_json(
        find_availability(session, wish, **asked, look=look)
    )


CLAIMS = st.lists(
    st.tuples(
        st.integers(0, 9),  # which lane
        st.integers(0, 6) | st.integers(12, 16),  # how many days after the first
        st.integers(-30, 280),  # start, in five minutes from midnight
        st.integers(1, 400).map(lambda minutes: 5 * minutes),
        st.sampled_from(["endless", "endless", "held", "expired"]),
    ),
    max_size=12,
)
FILTERS = st.builds(
    Filters,
    st.frozensets(st.integers(1, 7), min_size=1),
    st.none() | st.sampled_from([time(7, 5), time(9, 50)]),
    st.none() | st.sampled_from([time(0), time(9, 55), time(11)]),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    claims=CLAIMS,
    filters=st.just(Filters()) | FILTERS,
    office=st.sampled_from([DAY, DAY, OTHER, OTHER, NIGHT]),
    asked=st.sampled_from([(STANDARD, 1), (STANDARD, 4), (SHORT, 1)]),
    ahead=st.sampled_from([None, 0, 3, 30, "spring", "autumn"]),
    days=st.integers(1, 30),
)
def test_the_short_way_finds_what_the_long_one_finds(
    session: Session, claims: list, filters: Filters, office: str, asked: tuple, ahead: int | str | None, days: int
) -> None:
    now, changes = today(session), dict(zip(("spring", "autumn"), clock_changes(today(session)), strict=True))
    base = changes[ahead] - ONE_DAY if isinstance(ahead, str) else now + (ahead or 0) * ONE_DAY
    ours = lanes(session, office)
    for lane, day, start, minutes, live in claims:
        begin = at(base + day * ONE_DAY, 0).astimezone(UTC) + start * FIVE
        claim(session, ours[lane % len(ours)], begin, minutes, live)
    wish = resolve_wish(session, [asked], [office])
    short, long = both(session, wish, None if ahead is None else base, days, filters)
    assert short == long
    session.rollback()


def test_the_short_way_is_taken(session: Session) -> None:
    """Else the comparison above would compare nothing."""
    day = next(day for n in range(400) if plain(day := today(session) + (n + 1) * ONE_DAY, session))
    for office, taken in ((DAY, True), (OTHER, True), (NIGHT, False)):
        row = joined.read(session, resolve_wish(session, [(STANDARD, 1)], [office]), day, 20)
        assert row is not None
        assert (row.starts(day + 19 * ONE_DAY, 3, Filters()) is not None) is taken
    assert not joined.suits(resolve_wish(session, [(STANDARD, 1)], [DAY, OTHER]))
    assert not joined.suits(resolve_wish(session, [(STANDARD, 1)], [DAY], ["step_free"]))


def plain(first: date, session: Session) -> bool:
    return all(not first <= day <= first + 20 * ONE_DAY for day in clock_changes(today(session)))


def test_further_days_are_read_only_while_the_answer_has_room(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = next(day for n in range(40) if plain(day := today(session) + (n + 1) * ONE_DAY, session))
    wish = resolve_wish(session, [(SHORT, 1)], [DAY])
    reads: list[tuple[date | None, int]] = []
    plainly = joined.read

    def spied(session: Any, wish: Wish, first: date | None, days: int) -> Any:
        reads.append((first, days))
        return plainly(session, wish, first, days)

    monkeypatch.setattr(joined, "read", spied)
    monkeypatch.setattr(availability, "MAX_SLOTS", 100)
    assert len(find_availability(session, wish, first_day=first, days=20).days) < AT_ONCE
    assert reads == [(first, AT_ONCE)]
    monkeypatch.setattr(availability, "MAX_SLOTS", 2_000)
    found = find_availability(session, wish, first_day=first, days=20)
    assert max(here.day for here in found.days) > first + AT_ONCE * ONE_DAY
    assert reads[1:] == [(first, AT_ONCE), (first + AT_ONCE * ONE_DAY, 20 - AT_ONCE)]


def test_lanes_that_lack_a_day_are_no_other_lane_s_days(session: Session) -> None:
    first = today(session) + 2 * ONE_DAY
    wish = resolve_wish(session, [(STANDARD, 1)], [OTHER])
    some, *_ = lanes(session, OTHER, "standard")
    for day in (first, first + 3 * ONE_DAY):
        session.execute(delete(LaneDay).where(LaneDay.resource_id == some, LaneDay.day == day))
    hidden = lanes(session, OTHER)
    session.execute(delete(LaneDay).where(LaneDay.resource_id.in_(hidden), LaneDay.day == first + 5 * ONE_DAY))
    short, long = both(session, wish, first, 9, Filters())
    assert short == long


def test_rows_in_any_order_are_put_in_that_of_their_days(session: Session) -> None:
    first = today(session) + 2 * ONE_DAY
    wish = resolve_wish(session, [(STANDARD, 1)], [OTHER])
    row = joined.read(session, wish, first, 9)
    assert row is not None
    size = len(row.maps) // (len(row.days) // 2)
    order = sorted(range(len(row.days) // 2), key=lambda place: place * 7 % 31)

    def mixed(packed: bytes, width: int) -> bytes:
        return b"".join(packed[place * width : (place + 1) * width] for place in order)

    other = row._replace(days=mixed(row.days, 2), lanes=mixed(row.lanes, 8), maps=mixed(row.maps, size))
    last = first + 8 * ONE_DAY
    assert other.days != row.days
    assert other.starts(last, 3, Filters()) == row.starts(last, 3, Filters())


def test_days_that_nobody_has_made_are_not_joined(session: Session) -> None:
    first = today(session) + 2 * ONE_DAY
    wish = resolve_wish(session, [(STANDARD, 1)], [DAY])
    session.execute(update(BookingRule).values(materialised_until=first + 3 * ONE_DAY))
    session.execute(delete(LaneDay).where(LaneDay.day > first + 3 * ONE_DAY))
    short, long = both(session, wish, first, 9, Filters())
    assert short == long
    assert b'"days":[{' in short
