from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from backend.booking.errors_wish import NotCombinable, NotOffered, TooMany, UnknownOffice, UnknownService
from backend.booking.wish import IN_QUERY, length_minutes, resolve_wish, slot_classes
from backend.capacity.types import LaneKind
from backend.catalogue.types import BookableService
from backend.core.db import db
from tests.booking.stock_samples import SHORT, STANDARD, import_catalogue


def service(duration: int, further: int = 0, *, short: bool = False) -> BookableService:
    return BookableService(1, "s", duration, further, 5, short, frozenset(), frozenset())


@pytest.fixture(scope="module", autouse=True)
def _catalogue(app: Flask) -> None:
    with app.app_context():
        import_catalogue(db.session())
        db.session.commit()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()


def test_a_family_of_four_with_three_cards_and_one_address() -> None:
    assert length_minutes([(service(15, 10), 3), (service(15, 5), 4)]) == 15 + 20 + 15 + 15
    assert length_minutes([(service(12, 4), 2)]) == 20
    assert length_minutes([(service(5), 5)]) == 5


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60), st.integers(1, 5)), min_size=1, max_size=3))
def test_lengths_are_full_five_minutes_and_never_shorter_than_the_sum(parts: list[tuple[int, int, int]]) -> None:
    minutes = length_minutes([(service(duration, further), persons) for duration, further, persons in parts])
    exact = sum(duration + (persons - 1) * further for duration, further, persons in parts)
    assert minutes % 5 == 0
    assert exact <= minutes < exact + 5


def test_short_desks_serve_only_short_concerns_that_fit() -> None:
    short, long = (service(5, 5, short=True), 1), (service(5), 1)
    assert slot_classes([short], 10) == (LaneKind.SHORT, LaneKind.STANDARD)
    assert slot_classes([short], 15) == (LaneKind.STANDARD,)
    assert slot_classes([short, long], 10) == (LaneKind.STANDARD,)


def test_without_an_office_all_that_offer_every_service(session: Session) -> None:
    wish = resolve_wish(session, [(STANDARD, 1)], None)
    assert {"hb-mitte", "bhv-mitte"} <= {office.slug for office in wish.offices}
    assert "hb-kfz" not in {office.slug for office in wish.offices}
    assert resolve_wish(session, [(STANDARD, 1)], ["bhv-mitte", "hb-mitte", "bhv-mitte"]).offices[0].slug == "bhv-mitte"
    assert len(resolve_wish(session, [(STANDARD, 1)], ["bhv-mitte", "bhv-mitte"]).offices) == 1
    assert resolve_wish(session, [(SHORT, 1)], None).slot_classes[0] is LaneKind.SHORT


@pytest.mark.parametrize(
    ("services", "offices", "error", "pointer"),
    [
        ([("nobody-knows", 1)], None, UnknownService, "/service/0"),
        ([(STANDARD, 1), ("wunschkennzeichen", 1)], None, UnknownService, "/service/1"),
        ([(STANDARD, 1)], ["nowhere"], UnknownOffice, "/office/0"),
        ([(STANDARD, 1)], ["hb-mitte", "hb-kfz"], NotOffered, "/office/1"),
        ([(STANDARD, 1), (STANDARD, 1)], None, NotCombinable, "/service/1"),
        ([(STANDARD, 1), ("fahrzeug-zulassen", 1)], None, NotCombinable, "/service/1"),
        ([(STANDARD, 6)], None, TooMany, "/service/0"),
        ([(STANDARD, 1), (SHORT, 10_000)], None, TooMany, "/service/1"),
        ([(STANDARD, 1), (SHORT, 1), ("reisepass", 1), ("wohnsitz-anmelden", 1)], None, TooMany, "/service/3"),
    ],
)
def test_refusals_name_the_value(
    session: Session, services: list[tuple[str, int]], offices: list[str] | None, error: type, pointer: str
) -> None:
    with pytest.raises(error) as caught:
        resolve_wish(session, services, offices, places=IN_QUERY)
    assert [fault.pointer for fault in caught.value.errors] == [pointer]
