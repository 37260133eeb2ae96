"""From hold to unconfirmed to booked: repeatable, with the right to it, limited per contact."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import create_engine
from werkzeug.test import TestResponse

from backend.core.settings import Settings
from tests.booking import world
from tests.booking.conftest import Citizen
from tests.booking.test_hold import codes
from tests.booking.world import at


def test_the_same_booking_again_is_the_same_answer(citizen: Citizen) -> None:
    held = citizen.hold(at(9)).json
    assert held is not None
    body = citizen.booking(held)
    first, second = citizen.post("/appointments", body), citizen.post("/appointments", body)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    other = citizen.post("/appointments", {**body, "contact": {"email": "anders@example.org"}})
    assert (other.status_code, other.json and other.json["code"]) == (409, "hold_used")
    assert citizen.sql("SELECT count(*) FROM appointment")[0][0] == 1
    assert citizen.messages(first.json or {}) == ["confirm_request"]


def test_two_tabs_with_the_same_hold_book_once(citizen: Citizen, app: Flask) -> None:
    """Each with a key of its own, at the same moment or later, in another language: always the one appointment."""
    held = citizen.hold(at(9, 15)).json
    assert held is not None
    body = citizen.booking(held)

    def book(number: int) -> TestResponse:
        wish = {**body, "language": ("de", "en")[number % 2]}
        headers = {"Idempotency-Key": uuid4().hex}
        return app.test_client().post("/api/v1/appointments", json=wish, headers=headers)

    with ThreadPoolExecutor(4) as pool:
        answers = [*pool.map(book, range(4)), book(5)]
    assert [answer.status_code for answer in answers] == [201] * 5
    assert len({answer.get_data() for answer in answers}) == 1
    assert citizen.messages(answers[0].json or {}) == ["confirm_request"]


def test_a_key_used_again_gives_the_kept_answer(citizen: Citizen) -> None:
    key = uuid4().hex
    first, second = citizen.hold(at(9, 30), key=key), citizen.hold(at(9, 30), key=key)
    assert (first.status_code, second.status_code, second.json) == (201, 201, first.json)
    other = citizen.hold(at(9, 45), key=key)
    assert (other.status_code, other.json and other.json["code"]) == (422, "idempotency_key_reused")
    body, booked = citizen.booking(first.json or {}), uuid4().hex
    answers = [citizen.post("/appointments", body, key=booked) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    other = citizen.post("/appointments", {**body, "language": "en"}, key=booked)
    assert (other.status_code, other.json and other.json["code"]) == (422, "idempotency_key_reused")


def test_only_hashes_of_secrets_are_stored(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9))
    rows = " ".join(
        str(row)
        for table in ("appointment", "appointment_secret", "hold", "message")
        for row in citizen.sql(
            f"SELECT to_jsonb(t)::text FROM {table} t"  # noqa: S608 - known tables
        )
    )
    assert made["secret"] not in rows
    assert made["code"] not in rows
    assert citizen.mailed(made, "confirm") not in rows


@pytest.mark.parametrize(
    ("person", "pointer", "code"),
    [
        ({"family_name": "Шевченко"}, "/person/family_name", "name_script"),
        ({"family_name": "Müller7"}, "/person/family_name", "name_character"),
        ({"family_name": "a" * 121}, "/person/family_name", "name_too_long"),
        ({"family_name": " "}, "/person/family_name", "required"),
        ({"given_name": "Ada"}, "/person/family_name", "required"),
        ({"family_name": "A\u0000B"}, "/person/family_name", "control_character"),
    ],
)
def test_names_that_no_register_holds(citizen: Citizen, person: dict[str, Any], pointer: str, code: str) -> None:
    held = citizen.hold(at(9)).json
    assert held is not None
    answer = citizen.post("/appointments", citizen.booking(held, person=person))
    assert answer.status_code == 422
    assert (pointer, code) in codes(answer)
    assert citizen.post("/appointments", citizen.booking(held)).status_code == 201  # nothing is lost by a refusal


@pytest.mark.parametrize("name", ["O’Neill", "J̌onas", "Şahin-Đặng", "Łukasz", "D'Arc"])
def test_names_of_people(citizen: Citizen, name: str) -> None:
    held = citizen.hold(at(9)).json
    assert held is not None
    made = citizen.post("/appointments", citizen.booking(held, person={"given_name": None, "family_name": name}))
    assert made.status_code == 201
    seen = citizen.get(made.json or {}).json
    assert seen is not None
    assert seen["person"] == {"given_name": None, "family_name": name}
    search = citizen.sql("SELECT name_search FROM appointment")[0][0]
    assert search.isascii()
    assert search == search.upper()


@pytest.mark.parametrize(
    ("contact", "pointer", "code"),
    [
        ({}, "/contact", "contact_required"),
        ({"email": None, "mobile": None}, "/contact", "contact_required"),
        ({"mobile": "0151 23456789"}, "/contact", "contact_not_offered"),
        ({"email": "kein-postfach"}, "/contact/email", "email"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "/contact/email", "control_character"),
        ({"email": "a@example.org", "mobile": "0421 361"}, "/contact/mobile", "mobile"),
    ],
)
def test_contacts_that_reach_nobody(citizen: Citizen, contact: dict[str, Any], pointer: str, code: str) -> None:
    held = citizen.hold(at(9)).json
    assert held is not None
    answer = citizen.post("/appointments", citizen.booking(held, contact=contact))
    assert answer.status_code == 422
    assert (pointer, code) in codes(answer)


def test_a_mobile_number_with_a_gateway(make_app: Callable[..., Flask]) -> None:
    app = make_app(sms_configured=True)
    settings: Settings = app.extensions["amtsweg-settings"]
    world.build(settings)
    engine = create_engine(settings.database_url)
    somebody = Citizen(app.test_client(), app, engine)
    held = somebody.hold(at(9)).json
    assert held is not None
    made = somebody.post("/appointments", somebody.booking(held, contact={"mobile": "0151 23456789"}))
    assert made.status_code == 201
    assert somebody.sql("SELECT mobile, email, state FROM appointment") == [("+4915123456789", None, "unconfirmed")]
    assert somebody.confirm(made.json or {}).status_code == 200
    engine.dispose()


def test_needs_beyond_the_hold(citizen: Citizen) -> None:
    held = citizen.hold(at(9), needs=["large_room"]).json
    assert held is not None
    answer = citizen.post("/appointments", citizen.booking(held, needs=["sign_language"]))
    assert codes(answer) == [("/needs", "needs_not_held")]
    assert citizen.post("/appointments", citizen.booking(held, needs=["large_room"])).status_code == 201


def test_the_language_of_the_messages_can_change(citizen: Citizen) -> None:
    held = citizen.hold(at(9), language="de").json
    assert held is not None
    made = citizen.post("/appointments", citizen.booking(held, language="ar")).json or {}
    seen = citizen.get(made).json
    assert seen is not None
    assert seen["language"] == "ar"
    assert seen["services"][0]["name"] == {"text": "ausweis (ar)", "lang": "ar"}
    assert citizen.sql("SELECT language FROM message") == [("ar",)]


def test_a_wrong_secret_and_an_unknown_hold(citizen: Citizen) -> None:
    held = citizen.hold(at(9)).json
    assert held is not None
    for change in ({"secret": "falsch"}, {"hold_id": str(uuid4())}, {"secret": None}):
        answer = citizen.post("/appointments", citizen.booking({**held, **change}))
        assert (answer.status_code, answer.json and answer.json["code"]) == (404, "not_found")


def test_two_per_service_and_four_in_all(citizen: Citizen) -> None:
    email = "viel@example.org"
    for hour in (8, 9):
        citizen.booked(at(hour), email=email)
    third = citizen.hold(at(10)).json
    assert third is not None
    answer = citizen.post("/appointments", citizen.booking(third, contact={"email": "VIEL@example.org"}))
    assert (answer.status_code, answer.json and answer.json["code"]) == (409, "contact_limit")
    assert answer.json is not None
    assert not answer.json["errors"]
    assert citizen.sql("SELECT count(*) FROM message WHERE kind = 'links'")[0][0] == 1
    moving = [{"service": "umzug", "quantity": 1}]
    for hour in (11, 12):
        citizen.booked(at(hour), email=email, services=moving)
    last = citizen.hold(at(13), office="nord", services=[{"service": "kfz", "quantity": 1}]).json
    assert last is not None
    assert citizen.post("/appointments", citizen.booking(last, contact={"email": email})).status_code == 409


def test_unconfirmed_ones_do_not_count_until_they_are_confirmed(citizen: Citizen) -> None:
    waiting = [citizen.unconfirmed(at(hour), email="drei@example.org") for hour in (8, 9, 10)]
    assert [citizen.confirm(made).status_code for made in waiting] == [200, 200, 409]
    assert (citizen.get(waiting[2]).json or {})["state"] == "unconfirmed"


def test_helpers_may_have_more(make_app: Callable[..., Flask]) -> None:
    app = make_app(helper_contacts=frozenset({"hilfe@example.org"}))
    settings: Settings = app.extensions["amtsweg-settings"]
    world.build(settings)
    engine = create_engine(settings.database_url)
    somebody = Citizen(app.test_client(), app, engine)
    for hour in range(8, 14):
        somebody.booked(at(hour), email="hilfe@example.org")
    engine.dispose()
