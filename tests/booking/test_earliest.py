"""The earliest free starts over many offices, against a search that looks at every office of every day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from backend.booking import earliest
from backend.booking.availability import earliest_slots
from backend.booking.search import Filters, Finder
from backend.booking.wish import OfficeRef, Wish
from backend.capacity import load, readmodel
from backend.capacity.rules import ONE_DAY, local_date
from backend.capacity.search import Key
from backend.capacity.types import LaneKind
from backend.catalogue import service as catalogue
from backend.core.clock import today
from backend.core.db import db
from tests.booking.stock_samples import at, capacity, claim, import_catalogue, lanes, night

FIRST, DAYS = 2, 4  # days from today on that are filled at random; the rest is free


@pytest.fixture(scope="module", autouse=True)
def _stock(app: Flask) -> None:
    with app.app_context():
        import_catalogue(db.session())
        *by_day, by_night = [office.slug for office in offices(db.session())]
        load.load(
            db.session(),
            [*(capacity(slug, land="BE", horizon_days=12) for slug in by_day), {**night(by_night), "horizon_days": 12}],
        )
        db.session.commit()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.rollback()


def offices(session: Session) -> list[OfficeRef]:
    """Up to a dozen offices, more than are looked at in one round when few times are asked for."""
    refs = [OfficeRef(office.id, office.slug) for office in catalogue.bookable_offices(session).values()]
    return sorted(refs, key=lambda ref: ref.id)[:12]


def fill(session: Session, seed: int, taken: float) -> None:
    """Take this share of the quarters of each desk away on the days that are filled."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    first = today(session) + FIRST * ONE_DAY
    days = [first + n * ONE_DAY for n in range(DAYS)]
    keys = [(lane, day) for office in offices(session) for lane in lanes(session, office.slug) for day in days]
    locked = readmodel.lock(session, keys)
    quarters = {key: sum(7 << 3 * n for n in range(100) if draw.random() < taken) for key in keys}
    locked.write_many({key: (locked.opened(key), locked.opened(key) & quarters[key]) for key in keys})


def all_starts(session: Session, wish: Wish, filters: Filters, after: datetime) -> list[Key]:
    finder = Finder(session, wish, filters, after)
    days = finder.between(local_date(after), finder.last_day)
    return sorted(start for here in days for start in earliest.starts_of(here, wish.cells))


WISHES = st.builds(
    lambda cells, short, need: (5 * cells, (LaneKind.SHORT, LaneKind.STANDARD)[1 - short :], need),
    st.integers(1, 12),
    st.integers(0, 1),
    st.sampled_from([(), (), (LaneKind.STEP_FREE,)]),
)
FILTERS = st.builds(
    Filters,
    st.sampled_from([frozenset(range(1, 8)), frozenset(range(1, 8)), frozenset({1, 4, 6})]),
    st.sampled_from([None, None, time(9, 10)]),
    st.sampled_from([None, None, time(9, 50)]),
)
HELD = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 9), st.integers(0, 23), st.integers(1, 6)), max_size=20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10_000),
    taken=st.sampled_from([0.0, 0.3, 0.8, 0.95, 1.0]),
    held=HELD,
    asked=WISHES,
    filters=FILTERS,
    clock=st.tuples(st.integers(0, 23), st.integers(0, 59)),
    limit=st.integers(1, 6),
)
def test_the_earliest_are_those_of_a_search_through_all(
    session: Session,
    seed: int,
    taken: float,
    held: list[tuple[int, int, int, int]],
    asked: tuple[int, tuple[LaneKind, ...], tuple[LaneKind, ...]],
    filters: Filters,
    clock: tuple[int, int],
    limit: int,
) -> None:
    day = today(session) + FIRST * ONE_DAY
    here = tuple(offices(session))
    fill(session, seed, taken)
    for office, lane, cell, cells in held:
        ours = lanes(session, here[office % len(here)].slug)
        claim(session, ours[lane % len(ours)], at(day, 8) + cell * timedelta(minutes=5), 5 * cells, "held")
    wish = Wish((), asked[0], asked[1], asked[2], here)
    after = at(day, *clock)
    expected = all_starts(session, wish, filters, after)[:limit]
    assert earliest.earliest_starts(session, wish, filters, after, limit) == expected
    session.rollback()


def test_first_keys_that_are_all_held_cost_a_second_round(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    day = today(session) + FIRST * ONE_DAY
    here = tuple(offices(session))[:-1]
    for office in here:
        claim(session, lanes(session, office.slug, "standard")[0], at(day, 8, 45), 30, "held")
    rounds = []
    see = earliest._see

    def counted(*asked: object) -> object:
        rounds.append(asked)
        return see(*asked)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(earliest, "_see", counted)
    wish = Wish((), 15, (LaneKind.STANDARD,), (), here)
    found = earliest_slots(session, wish, after=at(day, 8, 42))
    assert [slot.starts_at for slot in found] == [at(day, 9, 15)] * 5
    assert [slot.office for slot in found] == [office.slug for office in here[:5]]
    assert len(rounds) == 2
    rounds.clear()
    assert len(earliest_slots(session, wish, after=at(day + ONE_DAY, 8, 42))) == 5
    assert len(rounds) == 1


def test_an_office_without_a_rule_has_no_times(session: Session) -> None:
    nobody = Wish((), 15, (LaneKind.STANDARD,), (), (OfficeRef(999_999, "nobody"),))
    assert earliest_slots(session, nobody) == []
