"""Sessions: new id each time, over when unused and over in any case, ended here, there and everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from backend.accounts import service
from backend.core import access
from backend.core.access import Actor, citizen
from backend.core.api import Blueprint, api
from backend.core.db import db
from tests.accounts.conftest import BROWSER, Browser

SESSION = "__Host-amtsweg"
guests = Blueprint("guest_test", __name__, url_prefix="/api/v1/guest-test", description="Invented for tests")


@guests.route("/start", methods=["POST"])
@guests.response(200)
@access.access(access.public)
def start_guest() -> dict[str, Any]:
    """Begin a draft."""
    return {"session": str(service.start_guest_session(db.session()).session_id)}


@guests.route("/mine")
@guests.response(200)
@access.access(citizen("none"))
def see_guest() -> dict[str, Any]:
    """Look at the draft."""
    actor = access.actor()
    return {"kind": actor.kind, "session": str(actor.session_id), "level": actor.level}


@pytest.fixture(scope="module")
def app(app: Flask) -> Flask:
    api.register_blueprint(guests)
    return app


def shift(engine: Engine, minutes: int) -> None:
    """Let time pass: every session began and was used so many minutes earlier."""
    columns = ("created_at", "seen_at", "expires_at", "absolute_until")
    changed = ", ".join(f"{name} = {name} - make_interval(mins => :minutes)" for name in columns)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE account_session SET {changed}"), {"minutes": minutes})  # noqa: S608 - constants


def seconds_left(browser: Browser, until: str = "expires_at") -> float:
    told = browser.session()
    return (datetime.fromisoformat(told[until]) - datetime.fromisoformat(told["now"])).total_seconds()


@pytest.mark.parametrize("planted", ["x" * 43, "", "ü", "x" * 3_000])
def test_a_planted_cookie_never_becomes_a_session(browser: Browser, planted: str) -> None:
    browser.client.set_cookie(SESSION, planted)
    assert not browser.session()["signed_in"]
    browser.sign_in()
    assert browser.cookie() != planted
    assert len(browser.cookie() or "") == 43


def test_each_sign_in_has_a_new_id_and_ends_the_old_session(
    browser: Browser, new_browser: Callable[..., Browser]
) -> None:
    browser.sign_in()
    first = browser.cookie()
    browser.sign_in()
    assert browser.cookie() != first
    thief = new_browser()
    thief.client.set_cookie(SESSION, first or "")
    assert not thief.session()["signed_in"]


def test_a_step_up_raises_the_same_session_under_a_new_id(
    browser: Browser, new_browser: Callable[..., Browser]
) -> None:
    browser.sign_in("cagla", "basic")
    first, (listed,) = browser.cookie(), browser.get(browser.auth("sessions")).json["items"]
    assert browser.step_up("cagla", "high") == "/de"
    assert browser.cookie() != first
    (raised,) = browser.get(browser.auth("sessions")).json["items"]
    assert (raised["id"], raised["level"], listed["level"]) == (listed["id"], "high", "basic")
    thief = new_browser()
    thief.client.set_cookie(SESSION, first or "")
    assert not thief.session()["signed_in"]


@pytest.mark.parametrize(
    ("person", "level", "options", "outcome"),
    [
        ("cagla", "high", {"cancel": True}, "grund=cancelled"),
        ("thi-anh", "high", {}, "grund=failed"),
        ("cagla", "basic", {}, "grund=level"),
        ("cagla", "high", {"answer": "lower_level"}, "grund=level"),
        ("cagla", "high", {"answer": "wrong_nonce"}, "grund=failed"),
        ("cagla", "high", {"answer": "token_down"}, "grund=unavailable"),
    ],
)
def test_a_step_up_that_fails_leaves_the_session(
    browser: Browser, person: str, level: str, options: dict[str, Any], outcome: str
) -> None:
    browser.sign_in("cagla", "basic")
    address = browser.step_up(person, level, **options)
    assert outcome in address
    session = browser.session()
    assert (session["signed_in"], session["level"], session["name"]) == (True, "basic", "Çağla Işıl Karaağaçlı-Şahin")


def test_a_step_up_asks_again_even_who_is_signed_in_there(browser: Browser) -> None:
    browser.sign_in("cagla", "basic")
    location = browser.start("high", "step-up")
    assert "prompt=login" in location
    assert "max_age=300" in location


def test_nobody_steps_up_without_a_session(browser: Browser) -> None:
    assert browser.post(browser.auth("step-up"), {"level": "high"}).status_code == 401


def test_an_unused_session_is_over_after_30_minutes(browser: Browser, engine: Engine) -> None:
    browser.sign_in()
    assert 29 * 60 < seconds_left(browser) <= 30 * 60
    shift(engine, 29)
    assert browser.session()["signed_in"]
    shift(engine, 1)
    assert not browser.session()["signed_in"]
    assert browser.get("/api/v1/me").json["code"] == "unauthenticated"


def test_use_keeps_a_session_alive_and_looking_does_not(browser: Browser, engine: Engine) -> None:
    browser.sign_in()
    shift(engine, 20)
    for _ in range(2):
        assert seconds_left(browser) < 10.1 * 60
    watched = browser.client.get("/api/v1/me", headers=BROWSER | {"X-Amtsweg-Watch": "1"})
    assert (watched.status_code, seconds_left(browser) < 10.1 * 60) == (200, True)
    assert browser.get("/api/v1/me").status_code == 200
    assert seconds_left(browser) > 29 * 60
    shift(engine, 20)
    assert browser.post(browser.auth("session/extend")).status_code == 200
    assert seconds_left(browser) > 29 * 60


def test_no_session_lives_longer_than_eight_hours(browser: Browser, engine: Engine) -> None:
    browser.sign_in()
    for _ in range(24):
        shift(engine, 20)
        answer = browser.get("/api/v1/me")
        if answer.status_code != 200:
            break
    assert answer.status_code == 401
    browser.sign_in()
    with engine.begin() as connection:
        connection.execute(text("UPDATE account_session SET absolute_until = clock_timestamp() + interval '10 minutes',"
                                " expires_at = clock_timestamp() + interval '5 minutes'"))  # fmt: skip
    browser.post(browser.auth("session/extend"))
    assert 9 * 60 < seconds_left(browser) < 10.1 * 60
    browser.step_up()
    assert seconds_left(browser, "absolute_until") < 10.1 * 60


def test_a_person_has_at_most_five_sessions(new_browser: Callable[..., Browser]) -> None:
    browsers = [new_browser() for _ in range(6)]
    for browser in browsers:
        browser.sign_in("mulyani", "basic")
    assert [browser.session()["signed_in"] for browser in browsers] == [False, *[True] * 5]
    items = browsers[-1].get(browsers[-1].auth("sessions")).json["items"]
    assert [item["current"] for item in items].count(True) == 1
    assert len(items) == 5


def test_ending_all_other_sessions(new_browser: Callable[..., Browser]) -> None:
    here, there, stranger = new_browser(), new_browser(), new_browser()
    stranger.sign_in("rim", "basic")
    here.sign_in("jonne", "basic")
    there.sign_in("jonne", "basic")
    assert here.post(here.auth("sessions/end")).json == {"ended": 1}
    assert [browser.session()["signed_in"] for browser in (here, there, stranger)] == [True, False, True]


def test_a_session_knows_its_device(browser: Browser) -> None:
    address = browser.idp.sign_in(browser.start())
    browser.client.get(address.removeprefix("http://localhost"), headers=BROWSER)
    assert browser.get(browser.auth("sessions")).json["items"][0]["device"] == "Firefox, Linux"


def test_signing_out_ends_the_session_and_goes_on_to_the_provider(browser: Browser) -> None:
    browser.sign_in()
    secret = browser.cookie()
    answer = browser.post(browser.auth("sign-out"), {"language": "uk"})
    assert "id_token_hint=" in answer.json["location"]
    assert "post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Fuk" in answer.json["location"]
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.cookie() is None
    browser.client.set_cookie(SESSION, secret or "")
    assert browser.get("/api/v1/me").status_code == 401
    assert browser.post(browser.auth("sign-out")).json == {"location": None}


def test_a_guest_has_a_session_without_an_account(browser: Browser) -> None:
    started = browser.post("/api/v1/guest-test/start").json["session"]
    assert browser.get("/api/v1/guest-test/mine").json == {"kind": "guest", "session": started, "level": "none"}
    session = browser.session()
    assert (session["signed_in"], session["kind"], session["name"]) == (False, "guest", None)
    assert browser.post("/api/v1/guest-test/start").json["session"] == started
    assert browser.get("/api/v1/me").status_code == 401
    assert browser.post(browser.auth("step-up"), {"level": "high"}).status_code == 401
    assert browser.post(browser.auth("sign-out")).json == {"location": None}
    assert browser.get("/api/v1/guest-test/mine").status_code == 401


def test_signing_in_tells_who_the_guest_was(app: Flask, browser: Browser) -> None:
    seen: list[tuple[Actor | None, Actor]] = []
    service.on_sign_in(app, lambda _session, before, after: seen.append((before, after)))
    started = browser.post("/api/v1/guest-test/start").json["session"]
    browser.sign_in("rim", "basic")
    (before, after) = seen[0]
    assert before is not None
    assert (before.kind, str(before.session_id), after.kind) == ("guest", started, "citizen")
    assert str(after.session_id) != started
