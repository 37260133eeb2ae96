"""Who gets where: every route of accounts by every kind of caller, and the CSRF matrix with a real session."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from flask import Flask

from backend.accounts import service
from backend.core import access
from backend.core.access import declared
from backend.core.api import Blueprint, api
from backend.core.db import db
from tests.accounts.conftest import Browser
from tests.idp import Idp

CALLERS = ("nobody", "guest", "none", "basic", "high", "staff")
SITES = (None, "same-origin", "same-site", "cross-site", "none")
ORIGINS = (None, "http://localhost", "https://evil.example")
# 2xx = let in; 401, 403 = kept out. citizen("none"): every session of the citizens' side
TABLE = {
    ("GET", "/api/v1/auth/citizen/session"): (200, 200, 200, 200, 200, 200),
    ("POST", "/api/v1/auth/citizen/session/extend"): (401, 200, 200, 200, 200, 401),
    ("GET", "/api/v1/auth/citizen/sessions"): (401, 200, 200, 200, 200, 401),
    ("POST", "/api/v1/auth/citizen/sessions/end"): (401, 200, 200, 200, 200, 401),
    ("POST", "/api/v1/auth/citizen/step-up"): (401, 401, 200, 200, 200, 401),
    ("GET", "/api/v1/me"): (401, 401, 403, 200, 200, 401),
    ("GET", "/api/v1/me/export"): (401, 401, 403, 200, 200, 401),
    ("POST", "/api/v1/me/electronic-delivery"): (401, 401, 403, 200, 200, 401),
    ("POST", "/api/v1/me/delete"): (401, 422, 422, 422, 422, 401),
    ("GET", "/api/v1/auth/staff/session"): (200, 200, 200, 200, 200, 200),
    ("POST", "/api/v1/auth/staff/session/extend"): (401, 401, 401, 401, 401, 200),
    ("GET", "/api/v1/auth/staff/sessions"): (401, 401, 401, 401, 401, 200),
    ("POST", "/api/v1/auth/staff/sessions/end"): (401, 401, 401, 401, 401, 200),
    ("POST", "/api/v1/auth/staff/step-up"): (401, 401, 401, 401, 401, 200),
}
OPEN = {"sign-in", "sign-out", "callback", "backchannel-logout"}  # public by nature, tested by what they do
BODIES = {"/api/v1/me/electronic-delivery": {"allowed": True}}


guests = Blueprint("guard_test", __name__, url_prefix="/guest", description="Invented for tests")


@guests.route("", methods=["POST"])
@guests.response(204)
@access.access(access.public)
def guest() -> None:
    """Begin something without an account."""
    service.start_guest_session(db.session())


@pytest.fixture(scope="module")
def guest_app(app: Flask) -> Flask:
    api.register_blueprint(guests)
    return app


@pytest.fixture
def caller(guest_app: Flask, new_browser: Callable[..., Browser]) -> Callable[[str], Browser]:
    def make(kind: str) -> Browser:
        browser = new_browser("staff" if kind == "staff" else "citizen")
        if kind == "guest":
            browser.post("/guest")
        elif kind == "staff":
            browser.sign_in("clerk-hb", "substantial")
        elif kind == "none":
            browser.sign_in("jonne", "none")
        elif kind != "nobody":
            browser.sign_in("thi-anh", kind)
        return browser

    return make


@pytest.mark.parametrize("kind", CALLERS)
def test_every_route_by_every_caller(caller: Callable[[str], Browser], kind: str) -> None:
    browser = caller(kind)
    got = {}
    for method, path in TABLE:
        answer = browser.get(path) if method == "GET" else browser.post(path, BODIES.get(path))
        got[method, path] = answer.status_code
    assert got == {route: row[CALLERS.index(kind)] for route, row in TABLE.items()}


def test_the_table_has_every_route(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(("/api/v1/auth", "/api/v1/me"))]
    known = {path for _method, path in TABLE}
    assert {rule.rule for rule in rules if rule.rule.rsplit("/", 1)[1] not in OPEN} == known
    assert all(declared(app.view_functions[rule.endpoint]) for rule in rules)


@pytest.fixture(scope="module")
def rim(app: Flask, idp: Idp) -> Browser:
    """One person who is signed in for the whole matrix."""
    browser = Browser(app.test_client(), idp)
    browser.sign_in("rim", "basic")
    return browser


@pytest.mark.parametrize(("site", "origin", "own"), list(product(SITES, ORIGINS, (None, "1", "0"))))
def test_a_session_acts_only_for_our_own_pages(
    rim: Browser, site: str | None, origin: str | None, own: str | None
) -> None:
    sent = {"Sec-Fetch-Site": site, "Origin": origin, "X-Amtsweg": own}
    headers = {name: value for name, value in sent.items() if value is not None}
    answer = rim.client.post("/api/v1/me/electronic-delivery", json={"allowed": True}, headers=headers)
    ours = site in (None, "same-origin") and origin in (None, "http://localhost") and (site or origin) and own == "1"
    assert answer.status_code == (200 if ours else 403)
