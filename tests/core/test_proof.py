"""Proof of work: solved with the library's own solver, accepted once, in time, for its purpose and range."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import altcha
import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, text

from backend.core import proof
from backend.core.db import db
from backend.core.errors import ProofRequired, ProofReused


@contextmanager
def caller(app: Flask, address: str = "203.0.113.7") -> Iterator[None]:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        yield


def solve(challenge: dict[str, Any]) -> str:
    made = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(made)
    assert solution is not None
    return str(altcha.Payload(made, solution).to_base64())


@pytest.fixture(scope="module")
def solved(app: Flask) -> Callable[[], str]:
    def make() -> str:
        with caller(app):
            return solve(proof.new_challenge("create_hold"))

    return make


def use(app: Flask, payload: str | None, purpose: str = "create_hold", address: str = "203.0.113.7") -> None:
    with caller(app, address):
        proof.require(purpose, payload)
        db.session.commit()


def test_a_solution_is_accepted_once(app: Flask, solved: Callable[[], str]) -> None:
    payload = solved()
    use(app, payload)
    with pytest.raises(ProofReused):
        use(app, payload)


def test_without_a_solution_there_is_a_challenge(app: Flask) -> None:
    with pytest.raises(ProofRequired) as caught:
        use(app, None)
    assert caught.value.status == 428
    use(app, solve(caught.value.extra["challenge"]))


def test_meant_for_something_else(app: Flask, solved: Callable[[], str]) -> None:
    with pytest.raises(ProofRequired):
        use(app, solved(), purpose="book_appointment")
    with pytest.raises(ProofRequired):
        use(app, solved(), address="203.0.113.8")


def test_too_late(app: Flask, solved: Callable[[], str]) -> None:
    payload = solved()
    with time_machine.travel(time.time() + 301, tick=True), pytest.raises(ProofRequired):
        use(app, payload)


def changed(payload: str, change: Callable[[dict[str, Any]], object]) -> str:
    parsed = json.loads(base64.b64decode(payload))
    change(parsed)
    return base64.b64encode(json.dumps(parsed).encode()).decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p["challenge"]["parameters"].update(expiresAt=p["challenge"]["parameters"]["expiresAt"] + 9999),
        lambda p: p["challenge"]["parameters"].update(cost=1),
        lambda p: p["challenge"]["parameters"].pop("expiresAt"),
        # CVE-2025-68113 moved digits between salt and expiry without breaking the signature
        lambda p: p["challenge"]["parameters"].update(salt=p["challenge"]["parameters"]["salt"] + "0"),
        lambda p: p["challenge"].update(signature="0" * 64),
        lambda p: p["challenge"].pop("signature"),
        lambda p: p["solution"].update(derivedKey="00" * 32),
        lambda p: p["solution"].update(counter="x", derivedKey=5),
        lambda p: p.pop("solution"),
        lambda p: p.update(challenge=[]),
    ],
)
def test_a_changed_solution(app: Flask, solved: Callable[[], str], change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(ProofRequired):
        use(app, changed(solved(), change))


@pytest.mark.parametrize("payload", ["", "x", "e30=", "bnVsbA==", "W10=", "ä", "[" * 5000])
def test_no_solution_at_all(app: Flask, payload: str) -> None:
    with pytest.raises(ProofRequired):
        use(app, payload)


def test_the_signature_in_other_letters_is_the_same_solution(app: Flask, solved: Callable[[], str]) -> None:
    payload = solved()
    use(app, payload)
    upper = changed(payload, lambda p: p["challenge"].update(signature=p["challenge"]["signature"].upper()))
    with pytest.raises((ProofReused, ProofRequired)):
        use(app, upper)


def test_a_rolled_back_use_is_no_use(app: Flask, solved: Callable[[], str]) -> None:
    payload = solved()
    with caller(app):
        proof.require("create_hold", payload)
        db.session.rollback()
    use(app, payload)


def test_used_challenges_are_forgotten_after_their_time(app: Flask, solved: Callable[[], str], engine: Engine) -> None:
    use(app, solved())
    with engine.begin() as connection:
        connection.execute(text("UPDATE used_challenge SET used_at = used_at - interval '2 hours'"))
    with app.app_context():
        proof.forget_old()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM used_challenge")) == 0
