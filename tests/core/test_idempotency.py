"""One key, one effect, one answer, whatever happens in between."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from tests.core.toys import gate

TOYS = "/api/v1/toys"


@pytest.fixture
def client(toy_app: Flask, engine: Engine) -> Iterator[FlaskClient]:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM toy"))
        connection.execute(text("DELETE FROM idempotency"))
    gate.clear()
    made = toy_app.test_client()
    made.may_fail = True  # type: ignore[attr-defined]
    yield made
    gate.set()


def send(client: FlaskClient, key: str | None = "key-number-1", **body: Any) -> TestResponse:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post(TOYS, json=body, headers=headers)


def stored(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT name FROM toy ORDER BY id")))


def test_the_key_is_demanded(client: FlaskClient) -> None:
    answer = send(client, key=None, name="a")
    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_missing")


@pytest.mark.parametrize("key", ["short", "with space", "x" * 256, "äöüäöüäöü"])
def test_the_key_has_a_shape(client: FlaskClient, key: str) -> None:
    answer = client.post(TOYS, json={"name": "a"}, headers={"Idempotency-Key": key.encode().decode("latin-1")})
    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_invalid")


def test_the_same_request_has_the_same_answer(client: FlaskClient, engine: Engine) -> None:
    first, second = send(client, name="a"), send(client, name="a")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.get_data() == second.get_data()
    assert first.content_type == second.content_type
    assert stored(engine) == ["a"]


def test_a_repeated_request_gets_the_cookies_too(client: FlaskClient) -> None:
    first, second = send(client, name="sweet"), send(client, name="sweet")
    given = "__Host-toy=1; Secure; HttpOnly; Path=/; SameSite=Strict"
    assert first.headers.getlist("Set-Cookie") == second.headers.getlist("Set-Cookie") == [given]


def test_a_refusal_sets_no_cookie(client: FlaskClient) -> None:
    refused = send(client, name="sour")
    assert (refused.status_code, refused.headers.getlist("Set-Cookie")) == (409, [])


def test_another_key_is_another_effect(client: FlaskClient, engine: Engine) -> None:
    first, second = send(client, name="a"), send(client, key="key-number-2", name="a")
    assert first.json["secret"] != second.json["secret"]
    assert stored(engine) == ["a", "a"]


def test_the_same_key_with_another_body(client: FlaskClient, engine: Engine) -> None:
    send(client, name="a")
    answer = send(client, name="b")
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert send(client, name="a").status_code == 201
    assert stored(engine) == ["a"]


@pytest.mark.parametrize(("body", "status"), [({"name": "odd"}, 409), ({"name": ""}, 422)])
def test_refusals_are_kept_without_effect(
    client: FlaskClient, engine: Engine, body: dict[str, str], status: int
) -> None:
    first, second = send(client, **body), send(client, **body)
    assert (first.status_code, second.status_code) == (status, status)
    assert first.json["instance"] == second.json["instance"]
    assert stored(engine) == []


def test_a_refusal_may_keep_its_effect(client: FlaskClient, engine: Engine) -> None:
    first, second = send(client, name="noisy"), send(client, name="noisy")
    assert first.json["instance"] == second.json["instance"]
    assert stored(engine) == ["noisy"]


def test_a_fault_of_ours_is_not_kept(client: FlaskClient, engine: Engine) -> None:
    assert send(client, name="broken").status_code == 500
    assert stored(engine) == []
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM idempotency")) == 0


def test_twins_wait_and_get_the_one_answer(toy_app: Flask, client: FlaskClient, engine: Engine) -> None:
    with ThreadPoolExecutor(6) as pool:
        running = [pool.submit(send, toy_app.test_client(), name="slow") for _ in range(6)]
        gate.set()
        answers = {future.result().get_data() for future in running}
    assert len(answers) == 1
    assert stored(engine) == ["slow"]


def test_an_old_key_is_free_again(client: FlaskClient, engine: Engine) -> None:
    first = send(client, name="a")
    with engine.begin() as connection:
        connection.execute(text("UPDATE idempotency SET created_at = created_at - interval '25 hours'"))
    assert send(client, name="a").json["secret"] != first.json["secret"]
    assert stored(engine) == ["a", "a"]


def test_nothing_readable_is_stored(client: FlaskClient, engine: Engine) -> None:
    secret = send(client, name="a").json["secret"]
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM idempotency")).one()
    dump = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in row)
    assert secret.encode() not in dump
    assert b"key-number-1" not in dump


def test_one_row_cannot_be_passed_off_as_another(client: FlaskClient, engine: Engine) -> None:
    send(client, name="a")
    with engine.begin() as connection:
        connection.execute(text("UPDATE idempotency SET answer = set_byte(answer, 20, get_byte(answer, 20) # 1)"))
    assert send(client, name="a").status_code == 500
