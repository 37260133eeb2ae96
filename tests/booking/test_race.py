"""Many clients at the same moment, over HTTP, on the real web server with its processes and threads."""

from __future__ import annotations

import http.client
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from backend.core.security import parse_reference
from backend.notifications import sealing
from tests.bench.bench_fight import ORDERS, PLACES, doubles, fight, places
from tests.bench.stack import Answer, Stack, ask, plain, stack
from tests.booking import world
from tests.booking.world import at


@pytest.fixture(scope="module")
def made() -> Iterator[Stack]:
    with stack(AMTSWEG_LIMITS="off") as running:
        world.build(running.settings, desks={"mitte": 1, "nord": 1})
        yield running
        assert question(running, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == 0


@pytest.fixture(scope="module")
def port(made: Stack) -> int:
    return made.serve()[1]


def question(made: Stack, statement: str, *values: Any) -> Any:
    with psycopg.connect(plain(made.urls.superuser_url)) as connection:
        row = connection.execute(statement, values).fetchone()
        return row and row[0]


def together(port: int, steps: list[Callable[[http.client.HTTPConnection], Answer]]) -> list[Answer]:
    """All steps start at the same moment, each on a connection of its own; answers in the order of the steps."""
    answers: list[Answer | None] = [None] * len(steps)
    ready = threading.Barrier(len(steps))

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.connect()
        ready.wait()
        answers[number] = steps[number](connection)
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for answer in answers if answer is not None]


def post(path: str, body: Any, **headers: str) -> Callable[[http.client.HTTPConnection], Answer]:
    return lambda connection: ask(connection, "POST", f"/api/v1{path}", body, **headers)


def wish(start: Any, office: str = "mitte") -> dict[str, Any]:
    return {"services": [{"service": "ausweis", "quantity": 1}], "office": office, "starts_at": start.isoformat()}


def form(held: dict[str, Any], email: str) -> dict[str, Any]:
    person = {"given_name": "Ada", "family_name": "Lovelace"}
    return {"hold_id": held["hold_id"], "secret": held["secret"], "person": person, "contact": {"email": email}}


def booked(made: Stack, port: int, start: Any, office: str = "mitte") -> dict[str, Any]:
    """A confirmed appointment: the answer of its booking."""
    held = together(port, [post("/holds", wish(start, office), Idempotency_Key=uuid4().hex)])[0]
    assert held.status == 201, held.body
    answer = together(port, [post("/appointments", form(held.body, f"{uuid4().hex}@example.org"))])[0]
    assert answer.status == 201, answer.body
    done = together(
        port, [post(f"/appointments/{answer.body['reference']}/confirm", {"secret": mailed(made, answer.body)})]
    )
    assert done[0].status == 200, done[0].body
    return dict(answer.body)


def mailed(made: Stack, answer: dict[str, Any]) -> str:
    """The confirmation's secret out of the outbox."""
    from flask import Flask

    app = Flask("secrets")
    app.extensions["amtsweg-settings"] = made.settings
    with psycopg.connect(plain(made.urls.superuser_url)) as connection, app.app_context():
        row = connection.execute(
            "SELECT m.id, m.sealed FROM message m JOIN appointment a ON a.id = m.object_id"
            " WHERE a.reference = %s AND m.kind = 'confirm_request'",
            (parse_reference(answer["reference"]),),
        ).fetchone()
        assert row is not None
        return sealing.unseal(row[0], row[1])["confirm"]


@pytest.mark.parametrize("clients", [64, 200])
@pytest.mark.parametrize("order", list(ORDERS))
def test_ten_places_and_many_clients(made: Stack, port: int, clients: int, order: str) -> None:
    number = 1 + list(ORDERS).index(order) * 4 + (clients == 200) * 2
    for turn in (number, number + 1):
        spread = (lambda client: client % PLACES) if order == "spread" else (lambda client: client * PLACES // clients)
        ended = fight(port, clients, places(turn), spread)
        assert ended.booked == PLACES
        assert ended.holds == Counter({201: PLACES, 409: clients - PLACES})
    assert doubles(made) == 0


def test_sixty_four_twins_get_one_hold(made: Stack, port: int) -> None:
    twin = post("/holds", wish(at(9)), Idempotency_Key=uuid4().hex)
    answers = together(port, [twin] * 64)
    assert {answer.status for answer in answers} == {201}
    assert len({str(answer.body) for answer in answers}) == 1
    count = "SELECT count(*) FROM claim WHERE lower(during) = %s"
    assert question(made, count, at(9)) == 1


def test_sixty_four_twins_get_one_appointment(made: Stack, port: int) -> None:
    held = together(port, [post("/holds", wish(at(10)), Idempotency_Key=uuid4().hex)])[0].body
    answers = together(port, [post("/appointments", form(held, "zwilling@example.org"))] * 64)
    assert {answer.status for answer in answers} == {201}
    assert len({str(answer.body) for answer in answers}) == 1
    confirm = post(f"/appointments/{answers[0].body['reference']}/confirm", {"secret": mailed(made, answers[0].body)})
    clicks = together(port, [confirm] * 16)
    assert {answer.status for answer in clicks} == {200}
    assert len({str(answer.body) for answer in clicks}) == 1
    assert question(made, "SELECT count(*) FROM message WHERE recipient = 'zwilling@example.org'") == 2


def test_crossing_moves_never_block_each_other(made: Stack, port: int) -> None:
    first, second = booked(made, port, at(12), "mitte"), booked(made, port, at(12), "nord")
    targets = {"mitte": ("nord", first), "nord": ("mitte", second)}
    for _ in range(15):
        moves = [
            post(
                f"/appointments/{who['reference']}/move",
                {"office": office, "starts_at": at(12).isoformat(), "secret": who["secret"]},
            )
            for office, who in targets.values()
        ]
        assert {answer.status for answer in together(port, moves)} <= {200, 409}
        assert question(made, "SELECT count(*) FROM claim WHERE state = 'booked' AND lower(during) = %s", at(12)) == 2
    assert doubles(made) == 0


def test_one_place_and_cancel_against_move(made: Stack, port: int) -> None:
    for turn in range(10):
        one = booked(made, port, at(14, 15 * 0, days_ahead=16 + turn))
        path, body = f"/appointments/{one['reference']}", {"secret": one["secret"]}
        target = {"office": "nord", "starts_at": at(15, days_ahead=16 + turn).isoformat(), **body}
        answers = together(port, [post(f"{path}/cancel", body), post(f"{path}/move", target)])
        assert answers[0].status == 200
        assert answers[1].status in (200, 409)
        stays = (
            "SELECT count(*) FROM claim JOIN appointment a ON a.id = appointment_id"
            " WHERE upper_inf(live) AND reference = %s"
        )
        assert question(made, stays, parse_reference(one["reference"])) == 0
