"""An issuer that is slow, endless, misleading or new: nobody waits, nothing is believed, no connection is held."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from flask import Flask
from joserfc.jwk import RSAKey

from backend.accounts import remembered
from backend.app import create_app
from backend.core.db import db
from backend.core.settings import Settings
from tests.accounts.conftest import BROWSER, Browser
from tests.accounts.hostile import Answer, Hostile, hostile, send
from tests.conftest import CheckedClient

Portal = Callable[..., Browser]


@pytest.fixture
def issuer() -> Iterator[Hostile]:
    with hostile() as running:
        yield running


@pytest.fixture
def portal(settings: Settings, domains: tuple[str, ...], issuer: Hostile) -> Iterator[Portal]:
    """Makes portals that know nothing of the issuer yet, on this module's database."""
    running: list[Flask] = []

    def make(**changes: Any) -> Browser:
        made = create_app(replace(settings, citizen_issuer=issuer.registration, staff_issuer=None, **changes), domains)
        made.test_client_class = CheckedClient
        running.append(made)
        browser = Browser(made.test_client(), None)  # type: ignore[arg-type]  # nobody chooses a person here
        browser.client.may_fail = True  # type: ignore[attr-defined]  # 503 is a right answer here
        return browser

    yield make
    for each in running:
        with each.app_context():
            db.engine.dispose()


def finish(browser: Browser, issuer: Hostile) -> str:
    answer = browser.client.get(issuer.answer_for(browser.start()))
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def redirect(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"", 302, Location="http://127.0.0.1:1/elsewhere")


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(2_000):
        handler.wfile.write(b" " * 65_536)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.25)


def silent(_handler: BaseHTTPRequestHandler) -> None:
    time.sleep(8)


def said(body: object) -> Answer:
    return lambda handler: send(handler, body if isinstance(body, bytes) else json.dumps(body).encode())


BAD: dict[str, Answer] = {
    "redirect": redirect,
    "endless": endless,
    "no json": said(b"<html>"),
    "list": said([]),
    "deep": said(b"[" * 100_000),
    "not found": lambda handler: send(handler, b"{}", 404),
    "down": lambda handler: send(handler, b"{}", 503),
}


def test_the_small_issuer_itself_signs_in(portal: Portal, issuer: Hostile) -> None:
    browser = portal()
    assert finish(browser, issuer) == "/de"
    assert browser.session()["name"] == "Test"


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token", "/userinfo"])
def test_bad_answers_sign_nobody_in(portal: Portal, issuer: Hostile, path: str, kind: str) -> None:
    issuer.twists[path] = BAD[kind]
    browser = portal()
    if path.startswith("/.well"):
        assert browser.post(browser.auth("sign-in")).status_code == 503
    else:
        where = finish(browser, issuer)
        assert "grund=unavailable" in where or "grund=failed" in where
    assert browser.cookie() is None


@pytest.mark.parametrize("kind", [drip, silent])
def test_nobody_waits_long(portal: Portal, issuer: Hostile, kind: Answer) -> None:
    browser = portal()
    issuer.twists["/token"] = kind
    began = time.monotonic()
    assert "grund=unavailable" in finish(browser, issuer)
    assert time.monotonic() - began < 7


def test_no_connection_is_held_while_the_issuer_thinks(portal: Portal, issuer: Hostile) -> None:
    """One connection for the whole portal, and somebody hangs in a sign-in: others are served all the same."""
    browser = portal(pool_size=1)
    app = browser.client.application
    issuer.twists["/token"] = silent
    address = issuer.answer_for(browser.start())
    hanging = threading.Thread(target=lambda: browser.client.get(address))
    hanging.start()
    while "/token" not in issuer.asked:
        time.sleep(0.01)
    began = time.monotonic()
    answer = app.test_client().get("/api/v1/auth/citizen/session", headers=BROWSER)
    assert (answer.status_code, hanging.is_alive()) == (200, True)
    assert time.monotonic() - began < 1
    hanging.join()


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://somebody.example"},
        {"token_endpoint": "http://somebody.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"userinfo_endpoint": "http://169.254.169.254/latest"},
        {"end_session_endpoint": 7},
        {"token_endpoint": None},
    ],
)
def test_misleading_metadata_is_not_followed(portal: Portal, issuer: Hostile, metadata: dict[str, Any]) -> None:
    issuer.metadata.update(metadata)
    browser = portal()
    assert browser.post(browser.auth("sign-in")).status_code == 503
    assert set(issuer.asked) == {"/.well-known/openid-configuration"}


def test_somebody_elses_userinfo_is_refused(portal: Portal, issuer: Hostile) -> None:
    issuer.twists["/userinfo"] = said({"sub": "s-2", "family_name": "Somebody"})
    browser = portal()
    assert "grund=failed" in finish(browser, issuer)


def test_new_keys_are_fetched_when_a_token_needs_them(
    portal: Portal, issuer: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = portal()
    assert finish(browser, issuer) == "/de"
    issuer.key = RSAKey.generate_key(2048, {"kid": "k2"}, auto_kid=False)
    assert "grund=failed" in finish(browser, issuer)  # fetched a moment ago: not again for every stray token
    monkeypatch.setattr(remembered, "RENEWAL_SECONDS", 0)
    assert finish(browser, issuer) == "/de"


def test_known_metadata_outlives_an_outage(portal: Portal, issuer: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = portal()
    browser.start()
    issuer.twists["/.well-known/openid-configuration"] = BAD["down"]
    monkeypatch.setattr(remembered, "KEPT_SECONDS", 0)
    browser.start()
    assert issuer.asked.count("/.well-known/openid-configuration") == 2


@pytest.mark.parametrize(
    "person",
    [
        {"family_name": "x" * 100_000},
        {"family_name": 7, "given_name": ["a"], "address": "none", "nationalities": "DE", "birthdate": "0000-00-00"},
        {"family_name": "\u202eevil\x00\x1b[2J", "email": "\r\nBcc: a@b.example"},
        {"family_name": "Z\u0300" * 120, "given_name": "🙂", "address": {"street_address": {"a": 1}, "x": "\ud800"}},
        {"birthdate": "1980", "place_of_birth": {}, "mailbox_handle": True},
    ],
)
def test_odd_claims_harm_nobody(portal: Portal, issuer: Hostile, person: dict[str, Any]) -> None:
    issuer.twists["/userinfo"] = said({"sub": "s-1", **person})
    browser = portal()
    assert finish(browser, issuer) == "/de"
    assert browser.get("/api/v1/me").status_code == 200
    assert browser.get("/api/v1/me/export?format=pdf").status_code == 200
    name = browser.session()["name"] or ""
    assert name.isprintable()
    assert len(name) < 1_000
