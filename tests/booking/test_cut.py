"""The database is lost before any word of a booking: what was answered is kept, what was not can be done again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.booking.conftest import API, Citizen
from tests.booking.world import at
from tests.conftest import Server
from tests.cuts import Sever, at_each_word, by_the_server, silently


@pytest.fixture(params=["silently", "by the server"])
def sever(request: pytest.FixtureRequest, server: Server) -> Sever:
    return silently if request.param == "silently" else by_the_server(server)


@pytest.fixture(autouse=True)
def _may_fail(citizen: Citizen) -> None:
    citizen.client.may_fail = True  # type: ignore[attr-defined]  # 503 is what is looked for


def test_searching_goes_well(citizen: Citizen, sever: Sever) -> None:
    fresh = {"Cache-Control": "no-cache"}
    for office in ("office=mitte", "office=mitte&office=nord"):
        path = f"{API}/availability?service=ausweis:1&{office}&days=5"
        answers = list(at_each_word(sever, lambda path=path: citizen.client.get(path, headers=fresh)))
        assert {answer.status_code for answer in answers} == {200}


def test_holding_and_booking_go_well(citizen: Citizen, sever: Sever) -> None:
    times = iter([at(9) + timedelta(minutes=15 * number) for number in range(30)])
    held = list(at_each_word(sever, lambda: citizen.hold(next(times))))
    assert {answer.status_code for answer in held} == {201}
    holds = iter([citizen.hold(next(times)).json for _ in range(12)])

    def book() -> TestResponse:
        return citizen.post("/appointments", citizen.booking(next(holds)), key=uuid4().hex)

    booked = list(at_each_word(sever, book))
    assert {answer.status_code for answer in booked} == {201}
    assert citizen.sql("SELECT count(*) FROM appointment")[0][0] == len(booked)
    assert citizen.sql("SELECT count(*) FROM claim")[0][0] == len(held) + 12


def test_without_a_key_it_may_be_done_again(citizen: Citizen, sever: Sever) -> None:
    made = citizen.booked(at(10))

    def cancel() -> TestResponse:
        citizen.act(made, "undo")
        return citizen.act(made, "cancel")

    for answer in at_each_word(sever, cancel):
        state = citizen.sql("SELECT state FROM appointment")[0][0]
        assert answer.status_code == 503 or state == "cancelled"
    assert answer.status_code == 200
