"""Nights in which the clocks change, and a database clock that was set back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from backend.booking.service import stock
from backend.booking.service.stock import Wanted
from backend.core.clock import BERLIN
from backend.core.settings import Settings
from tests.booking import world
from tests.booking.conftest import Citizen
from tests.booking.world import at, clock_change_nights


@pytest.fixture(scope="module")
def town(settings: Settings) -> None:
    """A town that can be booked a year ahead, one desk at each office."""
    world.build(settings, desks={"mitte": 1, "nord": 1}, horizon_days=365, also_open=clock_change_nights())


@pytest.fixture
def somebody(town: None, client: FlaskClient, app: Flask, engine: Engine) -> Citizen:
    return Citizen(client, app, engine)


def around_the_change(day: datetime) -> list[datetime]:
    """Every quarter of an hour from 00:00 to 06:00 on a real clock, as instants."""
    first = day.astimezone(UTC)
    return [first + timedelta(minutes=15 * n) for n in range(4 * 6)]


@pytest.mark.parametrize("which", [0, 1])
def test_every_quarter_of_the_night_exists_once(somebody: Citizen, which: int) -> None:
    night = datetime.combine(clock_change_nights()[which], time(), BERLIN)
    for start in around_the_change(night):
        local = start.astimezone(BERLIN)
        held = somebody.hold(local)
        assert held.status_code == 201, (local, held.json)
        told = held.json or {}
        assert datetime.fromisoformat(told["starts_at"]) == start
        assert datetime.fromisoformat(told["ends_at"]) - start == timedelta(minutes=15)
        assert told["starts_at"] == local.isoformat()
        assert somebody.hold(local).status_code == 409
    taken = somebody.sql("SELECT count(*), count(DISTINCT lower(during)) FROM claim")[0]
    assert tuple(taken) == (24, 24)


@pytest.mark.parametrize("which", [0, 1])
def test_booked_and_moved_across_the_change(somebody: Citizen, which: int) -> None:
    night = datetime.combine(clock_change_nights()[which], time(), BERLIN).astimezone(UTC)
    made = somebody.booked(night + timedelta(minutes=45), office="nord")
    for hours in (1, 2, 3):
        target = (night + timedelta(hours=hours, minutes=5)).astimezone(BERLIN)
        moved = somebody.act(made, "move", {"office": "nord", "starts_at": target.isoformat()})
        assert moved.status_code == 200, moved.json
        assert (moved.json or {})["starts_at"] == target.isoformat()
    assert somebody.act(made, "cancel").status_code == 200
    used = "SELECT count(*) FROM lane_day WHERE taken <> decode(repeat('00', octet_length(taken)), 'hex')"
    assert somebody.sql(used)[0][0] == 0


def test_a_clock_that_was_set_back_sells_nothing_twice(somebody: Citizen, engine: Engine) -> None:
    made = somebody.booked(at(9))
    somebody.sql("UPDATE claim SET live = tstzrange(lower(live) + interval '1 hour', NULL)")
    assert somebody.hold(at(9)).status_code == 409  # its live time would lie before that of the booking
    resource = somebody.sql("SELECT resource FROM claim")[0][0]
    wanted = Wanted((at(9), at(9, 15)), "held", timedelta(minutes=15), hold_id=uuid4())
    with Session(engine) as session:
        assert stock.take_any(session, [(resource,)], wanted) is None
    assert (somebody.get(made).json or {})["state"] == "booked"


def test_a_hold_from_before_the_jump_cannot_become_a_second_booking(somebody: Citizen) -> None:
    held = somebody.hold(at(9)).json or {}
    somebody.sql("UPDATE claim SET live = tstzrange(lower(live) - interval '1 hour', upper(live))")
    somebody.sql(
        "INSERT INTO claim (resource, during, live, state)"
        " SELECT resource, during, tstzrange(upper(live), NULL), 'blocked' FROM claim"
    )
    answer = somebody.post("/appointments", somebody.booking(held))
    assert answer.status_code in (409, 410), answer.json
    assert somebody.sql("SELECT count(*) FROM appointment")[0][0] == 0
