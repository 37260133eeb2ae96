"""Unsafe requests: 4 sites x 6 content types, with and without a session cookie; clients that are no browser."""

from __future__ import annotations

from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient

ECHO = "/api/v1/toys/echo"
SITES = ("same-origin", "same-site", "cross-site", "none")
TYPES = (
    "application/json", "application/json; charset=utf-8", "text/plain", "multipart/form-data",
    "application/x-www-form-urlencoded", None,
)  # fmt: skip


@pytest.fixture
def client(toy_app: Flask) -> FlaskClient:
    return toy_app.test_client()


@pytest.mark.parametrize(("site", "content_type"), list(product(SITES, TYPES)))
def test_only_our_own_pages_and_only_json(client: FlaskClient, site: str, content_type: str | None) -> None:
    answer = client.post(ECHO, data=b'{"name": "a"}', content_type=content_type, headers={"Sec-Fetch-Site": site})
    json = (content_type or "").startswith("application/json")
    assert answer.status_code == (403 if site != "same-origin" else 200 if json else 415)


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost", 200),
        ("http://127.0.0.1", 200),
        ("https://localhost", 403),
        ("http://localhost:8080", 403),
        ("http://localhost.example", 403),
        ("https://elsewhere.example", 403),
        ("null", 403),
        ("http://[", 403),
        ("http://127.0.0.1:x", 403),
        ("", 403),
    ],
)
def test_the_origin_is_ours(client: FlaskClient, origin: str, status: int) -> None:
    assert client.post(ECHO, json={"name": "a"}, headers={"Origin": origin}).status_code == status


@pytest.mark.parametrize("cookie", ["__Host-amtsweg", "__Host-amtsweg-staff"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"X-Amtsweg": "1"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "X-Amtsweg": "0"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "X-Amtsweg": "1"}, 200),
        ({"Origin": "http://localhost", "X-Amtsweg": "1"}, 200),
        ({"Origin": "https://elsewhere.example", "X-Amtsweg": "1"}, 403),
    ],
)
def test_a_session_needs_a_proved_origin(
    client: FlaskClient, cookie: str, headers: dict[str, str], status: int
) -> None:
    client.set_cookie(cookie, "x" * 43)
    assert client.post(ECHO, json={"name": "a"}, headers=headers).status_code == status


def test_a_client_that_is_no_browser_is_served(client: FlaskClient) -> None:
    assert client.post(ECHO, json={"name": "a"}).status_code == 200


def test_reading_asks_nobody(client: FlaskClient) -> None:
    assert client.get("/api/v1/toys", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_post_without_a_body_needs_no_content_type(client: FlaskClient) -> None:
    assert client.post("/api/v1/toys/poke").status_code == 200
