"""Who is let in: every kind of caller against every kind of declaration."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask, Request
from flask.testing import FlaskClient

from backend.core import access
from backend.core.access import LEVELS, Access, Actor, reaches

ONE = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")
CALLERS = {
    "guest": Actor(kind="guest", session_id=OTHER),
    "basic": Actor(kind="citizen", session_id=ONE, account_id=ONE, level="basic", name="Ada"),
    "high": Actor(kind="citizen", session_id=ONE, account_id=ONE, level="high", name="Ada"),
    "clerk": Actor(kind="staff", session_id=ONE, account_id=ONE, roles=frozenset({"clerk"})),
    "auditor": Actor(kind="staff", session_id=ONE, account_id=ONE, roles=frozenset({"auditor"})),
}


def from_header(request: Request, _rule: Access | None) -> Actor | None:
    return CALLERS.get(request.headers.get("X-Caller", ""))


@pytest.fixture(scope="module")
def guarded(toy_app: Flask) -> Flask:
    access.register(toy_app, from_header)
    return toy_app


@pytest.fixture
def client(guarded: Flask) -> FlaskClient:
    return guarded.test_client()


@pytest.mark.parametrize(
    ("caller", "mine", "ours", "theirs"),
    [
        ("nobody", 401, 401, 401),
        ("guest", 401, 200, 401),
        ("basic", 403, 200, 401),
        ("high", 200, 200, 401),
        ("clerk", 401, 401, 200),
        ("auditor", 401, 401, 403),
    ],
)
def test_who_is_let_in(client: FlaskClient, caller: str, mine: int, ours: int, theirs: int) -> None:
    got = [
        client.get(f"/api/v1/toys/{path}", headers={"X-Caller": caller}).status_code
        for path in ("mine", "ours", "theirs")
    ]
    assert got == [mine, ours, theirs]


def test_a_low_level_is_told_what_is_needed(client: FlaskClient) -> None:
    answer = client.get("/api/v1/toys/mine", headers={"X-Caller": "basic"}).json
    assert (answer["code"], answer["required"], answer["level"]) == ("level_too_low", "substantial", "basic")


def test_public_routes_may_ask_who_it_is(client: FlaskClient) -> None:
    assert client.get("/api/v1/toys/who").json == {"kind": None}
    assert client.get("/api/v1/toys/who", headers={"X-Caller": "high"}).json == {"kind": "citizen"}


def test_unknown_levels_open_nothing() -> None:
    assert [reaches(level, "substantial") for level in LEVELS] == [False, False, True, True]
    assert not reaches("gold", "none")
    assert not reaches("high", "gold")


FORM = "application/x-www-form-urlencoded"


def test_a_machine_route_takes_forms_and_no_cookie(client: FlaskClient) -> None:
    client.set_cookie("__Host-amtsweg", "x" * 43)
    answer = client.post("/api/v1/toys/notice", data="word=on", content_type=FORM, headers={"X-Caller": "high"})
    assert answer.json == {"who": None, "word": "on"}


@pytest.mark.parametrize(
    ("content_type", "headers", "status"),
    [("application/json", {}, 415), (FORM, {"Sec-Fetch-Site": "cross-site"}, 403), (FORM, {"Origin": "null"}, 403)],
)
def test_a_machine_is_no_browser(client: FlaskClient, content_type: str, headers: dict[str, str], status: int) -> None:
    answer = client.post("/api/v1/toys/notice", data="{}", content_type=content_type, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("size", "content_type", "status"),
    [
        (5 * 1024 * 1024, "application/offset+octet-stream", 200),
        (5 * 1024 * 1024 + 1, "application/offset+octet-stream", 413),
        (2, "application/json", 415),
        (2, "application/octet-stream", 415),
    ],
)
def test_a_chunk_has_its_own_type_and_size(client: FlaskClient, size: int, content_type: str, status: int) -> None:
    answer = client.patch("/api/v1/toys/photo", data=b"x" * size, content_type=content_type)
    assert answer.status_code == status


def test_a_form_has_its_own_size(client: FlaskClient) -> None:
    answer = client.post("/api/v1/toys/notice", data=b"x" * (64 * 1024 + 1), content_type=FORM)
    assert answer.status_code == 413


def test_the_same_key_of_two_people_is_two_keys(client: FlaskClient) -> None:
    answers = [
        client.post("/api/v1/toys", json={"name": "a"}, headers={"Idempotency-Key": "same-key-1", "X-Caller": caller})
        for caller in ("guest", "basic", "basic")
    ]
    secrets = [answer.json["secret"] for answer in answers]
    assert secrets[0] != secrets[1]
    assert secrets[1] == secrets[2]
