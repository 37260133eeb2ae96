"""The connection ends before any word of a request: it goes well all the same, or asks to come again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.app import create_app
from backend.core import limits
from backend.core.db import db
from backend.core.settings import Settings
from tests.conftest import CheckedClient, Server
from tests.core.toys import with_toys
from tests.cuts import ENOUGH, Sever, at_each_word, by_the_server, cut, silently

TOYS = "/api/v1/toys"


@pytest.fixture(scope="module")
def app(settings: Settings) -> Iterator[Flask]:
    made = with_toys(create_app(settings, ()), settings)
    made.test_client_class = CheckedClient
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    made = app.test_client()
    made.may_fail = True  # type: ignore[attr-defined]  # 503 is what is looked for
    return made


@pytest.fixture(params=["silently", "by the server"])
def sever(request: pytest.FixtureRequest, server: Server) -> Sever:
    return silently if request.param == "silently" else by_the_server(server)


def test_with_a_key_it_goes_well(client: FlaskClient, sever: Sever) -> None:
    def make() -> TestResponse:
        headers = {"Idempotency-Key": secrets.token_hex(8)}
        return client.post(TOYS, json={"name": "a"}, headers=headers)

    before = client.get(TOYS).json["total"]
    answers = list(at_each_word(sever, make))
    assert {answer.status_code for answer in answers} == {201}
    assert len(answers) > 3
    assert client.get(TOYS).json["total"] == before + len(answers)


def test_reading_goes_well(client: FlaskClient, sever: Sever) -> None:
    for path in (TOYS, "/health/ready"):
        answers = list(at_each_word(sever, lambda path=path: client.get(path)))
        assert {answer.status_code for answer in answers} - {503} == {200}
        assert len(answers) > 1


def test_counting_goes_well(client: FlaskClient, sever: Sever, app: Flask) -> None:
    limits._local.forget()
    answers = list(at_each_word(sever, lambda: client.post(f"{TOYS}/poke")))
    assert {answer.status_code for answer in answers} == {200}
    assert len(answers) > 1


def test_while_it_lasts_the_answer_is_try_again(client: FlaskClient) -> None:
    for at in range(1, ENOUGH):
        key = {"Idempotency-Key": secrets.token_hex(8)}
        with cut(at, silently, lasting=True) as words:
            answers = [client.post(TOYS, json={"name": "a"}, headers=key), client.get(TOYS)]
        if words.number < at:
            break
        assert {answer.status_code for answer in answers} <= {200, 201, 503}
        assert client.post(TOYS, json={"name": "a"}, headers=key).status_code == 201
