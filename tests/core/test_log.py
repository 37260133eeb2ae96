"""Logs hold only what is on the list: no path, query, body, header or value of anyone."""

from __future__ import annotations

import json
import logging

import pytest
import structlog
from flask import Flask

MARKED = "Schmetterling"


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


def test_a_request_is_one_line_with_its_template(toy_app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    client = toy_app.test_client()
    client.post(f"/api/v1/toys/echo?q={MARKED}", json={"name": MARKED}, headers={"User-Agent": MARKED})
    client.get(f"/api/v1/{MARKED}")
    client.post("/api/v1/toys/echo", data=MARKED, content_type="application/json")
    client.post("/api/v1/toys", json={"name": MARKED}, headers={"Idempotency-Key": MARKED})
    written = capfd.readouterr().err
    assert MARKED not in written
    first = json.loads(written.splitlines()[0])
    assert {key: first[key] for key in ("route", "method", "status")} == {
        "route": "/api/v1/toys/echo", "method": "POST", "status": 200,
    }  # fmt: skip


def test_the_number_of_a_problem_is_found_in_the_log(toy_app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    answer = toy_app.test_client().get("/api/v1/nothing")
    (line,) = lines(capfd)
    assert (line["code"], line["instance"]) == ("not_found", answer.get_json()["instance"])


def test_keys_that_are_not_listed_are_dropped(app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("hello", email=MARKED, code="x")
    (line,) = lines(capfd)
    assert line["code"] == "x"
    assert "email" not in line


def test_a_stack_has_places_but_no_values(app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    try:
        int(MARKED)
    except ValueError as error:
        structlog.get_logger().error("failed", exc_info=error)
        logging.getLogger("library").exception("it says %s", MARKED)
    ours, theirs = lines(capfd)
    assert (ours["error"], theirs["logger"]) == ("ValueError", "library")
    assert "test_log.py" in str(ours["stack"])
    assert MARKED not in json.dumps([ours, theirs])


def test_no_line_can_be_forged(app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info('a\n{"event": "forged"}')
    assert len(lines(capfd)) == 1
