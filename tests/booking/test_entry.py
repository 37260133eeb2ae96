"""Secrets, numbers and codes: everything foreign, wrong or missing looks like nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
import vobject
from flask import Flask
from sqlalchemy import create_engine

from backend.booking.service import entry, secrets
from backend.core import limits
from backend.core.security import new_reference, parse_reference
from backend.core.settings import Settings
from tests.booking import world
from tests.booking.conftest import Citizen
from tests.booking.test_confirm import code_of
from tests.booking.world import at

OPERATIONS: list[tuple[str, dict[str, Any] | None]] = [
    ("confirm", None),
    ("resend-confirmation", None),
    ("contact", {"contact": {"email": "a@example.org"}}),
    ("extend", None),
    ("move", {"office": "mitte", "starts_at": "2026-12-01T09:00:00+01:00"}),
    ("cancel", None),
    ("undo", None),
    ("calendar-link", None),
]


@pytest.mark.parametrize("state", ["unconfirmed", "booked"])
def test_foreign_wrong_and_missing_secrets_are_all_alike(citizen: Citizen, state: str) -> None:
    mine = getattr(citizen, state)(at(9))
    foreign = getattr(citizen, state)(at(10))
    held = citizen.hold(at(11)).json or {}
    wrong = [foreign["secret"], held["secret"], mine["code"], mine["secret"] + "x", mine["secret"][:-1], "x"]
    if state == "unconfirmed":
        wrong.append(citizen.mailed(foreign, "confirm"))
    bodies = set()
    for secret in wrong:
        for what, body in OPERATIONS:
            answer = citizen.act(mine, what, body, secret=secret)
            assert code_of(answer) == (404, "not_found"), (what, answer.json)
            bodies.add(str({**(answer.json or {}), "instance": ""}))
        for path in ("", "/calendar"):
            assert code_of(citizen.get(mine, secret=secret, path=path)) == (404, "not_found")
    unknown = {**mine, "reference": new_reference()}
    for what, body in OPERATIONS:
        answer = citizen.act(unknown, what, body)
        bodies.add(str({**(answer.json or {}), "instance": ""}))
    assert len(bodies) == 1
    for path in ("", "/calendar"):
        missing = citizen.client.get(f"/api/v1/appointments/{mine['reference']}{path}")
        assert code_of(missing) == (404, "not_found")
    assert (citizen.get(mine).json or {})["state"] == state


def test_number_and_code_open_for_half_an_hour(citizen: Citizen) -> None:
    made = citizen.booked(at(9))
    typed = {"reference": made["reference"].lower().replace("-", " "), "code": made["code"].lower()}
    answer = citizen.post("/appointments/open", typed)
    assert answer.status_code == 200
    secret = (answer.json or {})["secret"]
    assert citizen.get(made, secret=secret).status_code == 200
    citizen.sql("UPDATE appointment_secret SET expires_at = clock_timestamp() WHERE purpose = 'session'")
    assert code_of(citizen.get(made, secret=secret)) == (404, "not_found")


@pytest.mark.parametrize("code", ["AAAAAA", "", "zu lang für einen code", "🙂"])
def test_wrong_codes(citizen: Citizen, code: str) -> None:
    made = citizen.booked(at(9))
    citizen.sql("DELETE FROM rate_limit")
    answer = citizen.post("/appointments/open", {"reference": made["reference"], "code": code})
    assert answer.status_code in (404, 422)


def test_guessing_one_number_is_stopped_for_the_guesser(citizen: Citizen) -> None:
    made = citizen.booked(at(9))
    citizen.sql("DELETE FROM rate_limit")
    guess = {"reference": made["reference"], "code": "AAAAAA"}
    answers = [citizen.post("/appointments/open", guess).status_code for _ in range(7)]
    assert answers[:5] == [404] * 5
    assert answers[6] == 429
    citizen.sql("DELETE FROM rate_limit")


def test_codes_follow_from_the_number_and_this_deployment(app: Flask) -> None:
    with app.app_context():
        codes = {secrets.code_of(new_reference()) for _ in range(500)}
        reference = new_reference()
        assert secrets.right_code(reference, secrets.code_of(reference))
        assert not secrets.right_code(reference, None)
        assert not secrets.right_code(new_reference(), secrets.code_of(reference))
    assert len(codes) == 500
    assert {len(code) for code in codes} == {6}


def test_links_are_sent_to_the_address_only(citizen: Citizen) -> None:
    citizen.booked(at(9), email="da@example.org")
    citizen.booked(at(10), email="da@example.org")
    for email in ("da@example.org", "nicht-da@example.org"):
        answer = citizen.post("/appointments/resend", {"email": email, "language": "tr"})
        assert (answer.status_code, answer.data) == (202, b"")
    sent = citizen.sql("SELECT recipient, language FROM message WHERE kind = 'links'")
    assert sent == [("da@example.org", "tr")]


def test_secrets_end_with_the_appointment(citizen: Citizen) -> None:
    made = citizen.booked(at(9))
    citizen.sql(
        "UPDATE appointment SET starts_at = clock_timestamp() - interval '3 days',"
        " ends_at = clock_timestamp() - interval '2 days'"
    )
    assert code_of(citizen.get(made)) == (404, "not_found")
    opened = citizen.post("/appointments/open", {"reference": made["reference"], "code": made["code"]})
    assert code_of(opened) == (404, "not_found")


def test_the_calendar_file_and_its_plain_link(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9))
    assert code_of(citizen.get(made, path="/calendar")) == (404, "not_found")
    citizen.confirm(made)
    file = citizen.get(made, path="/calendar")
    assert file.status_code == 200
    assert file.mimetype == "text/calendar"
    event = vobject.readOne(file.get_data(as_text=True)).vevent
    assert event.dtstart.value == at(9)
    assert made["secret"] not in file.get_data(as_text=True)
    assert "ausweis" not in file.get_data(as_text=True)
    link = citizen.act(made, "calendar-link").json
    assert link is not None
    assert link["url"].startswith("http://localhost/api/v1/calendar/")
    path = link["url"].removeprefix("http://localhost")
    assert citizen.client.head(path).status_code == 200
    assert citizen.client.get(path).get_data() == file.get_data()
    assert citizen.client.get(path).status_code == 404
    late = (citizen.act(made, "calendar-link").json or {})["url"].removeprefix("http://localhost")
    citizen.sql("UPDATE appointment_secret SET expires_at = clock_timestamp() WHERE purpose = 'calendar'")
    assert citizen.client.get(late).status_code == 404


def test_looking_changes_nothing(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9))
    before = citizen.sql("SELECT to_jsonb(a)::text, to_jsonb(c)::text FROM appointment a, claim c")
    citizen.get(made)
    citizen.get(made, secret=citizen.mailed(made, "confirm"))
    for what, _ in OPERATIONS:
        answer = citizen.client.get(f"/api/v1/appointments/{made['reference']}/{what}")
        assert answer.status_code == 405
        assert answer.headers["Allow"]
    assert citizen.sql("SELECT to_jsonb(a)::text, to_jsonb(c)::text FROM appointment a, claim c") == before


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b'{"services": [', "application/json", 400),
        (b"[1, 2, 3]", "application/json", 422),
        (b"\xff\xfe", "application/json", 400),
        (b"{}" + b" " * 5_000_000, "application/json", 413),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b'{"a": NaN}', "application/json", 400),
        (b"[" * 5000, "application/json", 400),
    ],
)
def test_broken_bodies(citizen: Citizen, data: bytes, content_type: str, status: int) -> None:
    for path in ("/holds", "/appointments", "/appointments/K7M-3DX-9PC/cancel"):
        answer = citizen.client.post(
            f"/api/v1{path}", data=data, content_type=content_type, headers={"Idempotency-Key": uuid4().hex}
        )
        assert answer.status_code == status, answer.json


def test_proof_of_work_from_the_soft_limit_on(make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_local", limits._LocalCounter())  # other tests have called from this address too
    app = make_app(limits="on")
    settings: Settings = app.extensions["amtsweg-settings"]
    world.build(settings)
    engine = create_engine(settings.database_url)
    somebody = Citizen(app.test_client(), app, engine)
    answers = [somebody.hold(at(9 + n)) for n in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [428]
    asked = answers[5].json
    assert asked is not None
    assert (asked["code"], "challenge" in asked) == ("proof_required", True)
    assert somebody.sql("SELECT count(*) FROM claim")[0][0] == 5
    held = answers[0].json or {}
    assert somebody.post(f"/holds/{held['hold_id']}/release", secret=held["secret"]).status_code == 204
    assert somebody.hold(at(20)).status_code == 201
    engine.dispose()


@pytest.mark.parametrize("way", ["link", "code"])
def test_guessing_from_many_addresses_alarms_once_a_minute(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], way: str
) -> None:
    assert (entry.WRONG_IN_ALL.hard, entry.WRONG_IN_ALL.per) == (300, limits.MINUTE)
    monkeypatch.setattr(entry, "WRONG_IN_ALL", replace(entry.WRONG_IN_ALL, soft=5, hard=5))
    monkeypatch.setattr(limits, "_local", limits._LocalCounter())
    made = citizen.booked(at(9))
    citizen.sql("DELETE FROM rate_limit")
    capfd.readouterr()
    alarms: list[dict[str, Any]] = []
    for number in range(9):
        caller = {"REMOTE_ADDR": f"198.51.100.{number}"}
        if way == "link":
            path, header = f"/api/v1/appointments/{made['reference']}", {"X-Amtsweg-Secret": "guessed"}
            answer = citizen.client.get(path, headers=header, environ_base=caller)
        else:
            guess = {"reference": made["reference"], "code": "AAAAAA"}
            answer = citizen.client.post("/api/v1/appointments/open", json=guess, environ_base=caller)
        assert answer.status_code == 404
        written = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
        alarms += [line for line in written if line["level"] == "error"]
        assert len(alarms) == (1 if number >= 5 else 0)
    assert {key: alarms[0][key] for key in alarms[0] if key != "timestamp"} == {
        "event": "alarm", "level": "error", "operation": "wrongSecretInAll", "count": 5,
    }  # fmt: skip
    citizen.sql("DELETE FROM rate_limit")


def test_references_are_written_for_people(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9))
    assert [len(part) for part in made["reference"].split("-")] == [3, 3, 3]
    assert parse_reference(made["reference"]) == citizen.sql("SELECT reference FROM appointment")[0][0]
