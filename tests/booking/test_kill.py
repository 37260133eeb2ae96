"""Processes die: a web server between hold and booking, the database under load. What was acknowledged is there."""

from __future__ import annotations

import http.client
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from backend.core.security import parse_reference
from tests.bench.bench_fight import doubles
from tests.bench.cpu import tree
from tests.bench.stack import Stack, ask, plain, stack
from tests.booking import world
from tests.booking.test_race import form, post, together, wish
from tests.booking.world import at

RESTARTS = 3
CLIENTS = 8


@pytest.fixture(scope="module")
def made() -> Iterator[Stack]:
    with stack(AMTSWEG_LIMITS="off") as running:
        world.build(running.settings)
        yield running


def kill(pid: int) -> None:
    """kill -9 a web server with all its workers."""
    for member in sorted(tree(pid), reverse=True):
        os.kill(member, signal.SIGKILL)


def test_killed_between_hold_and_booking(made: Stack) -> None:
    for turn in range(3):
        pid, port = made.serve()
        start = at(9, days_ahead=14 + turn)
        held = together(port, [post("/holds", wish(start), Idempotency_Key=uuid4().hex)])[0]
        assert held.status == 201
        kill(pid)
        _, port = made.serve()
        answer = together(port, [post("/appointments", form(held.body, f"kill{turn}@example.org"))])[0]
        assert answer.status == 201, answer.body
        again = together(port, [post("/appointments", form(held.body, f"kill{turn}@example.org"))])[0]
        assert again.body == answer.body


@dataclass
class Booker:
    """Books again and again; repeats with the same key until it is told something, as the portal does."""

    port: int
    stop: threading.Event
    start: datetime
    told: list[str] = field(default_factory=list)
    faults: list[Any] = field(default_factory=list)
    repeats: int = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self.stop.is_set():
            held = self.insist(connection, "/holds", wish(self.start))
            self.start += timedelta(minutes=15)
            if held.status == 201:
                booked = self.insist(connection, "/appointments", form(held.body, f"{uuid4().hex}@example.org"))
                if booked.status == 201:
                    self.told.append(booked.body["reference"])
                elif booked.status != 410:
                    self.faults.append(booked)
            elif held.status != 409:
                self.faults.append(held)
        connection.close()

    def insist(self, connection: http.client.HTTPConnection, path: str, body: Any) -> Any:
        key = uuid4().hex
        for _ in range(100):
            answer = ask(connection, "POST", f"/api/v1{path}", body, Idempotency_Key=key)
            if answer.status not in (0, 503):
                return answer
            self.repeats += 1
            time.sleep(0.1)
        return answer


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_the_database_restarts_under_load(made: Stack) -> None:
    _, port = made.serve()
    stop = threading.Event()
    bookers = [Booker(port, stop, at(0, days_ahead=20 + 3 * number)) for number in range(CLIENTS)]
    threads = [threading.Thread(target=booker.run) for booker in bookers]
    for thread in threads:
        thread.start()
    for _ in range(RESTARTS):
        time.sleep(1.5)
        made.cluster.stop("immediate")
        made.cluster._launch()  # start() would take another port, and an outage does not move the server
    time.sleep(1.5)
    stop.set()
    for thread in threads:
        thread.join()
    told = [parse_reference(reference) for booker in bookers for reference in booker.told]
    assert not [fault for booker in bookers for fault in booker.faults]
    assert len(told) > 20
    with psycopg.connect(plain(made.urls.superuser_url)) as connection:
        there = {row[0] for row in connection.execute("SELECT reference FROM appointment")}
        orphans = connection.execute(
            "SELECT count(*) FROM appointment a WHERE NOT EXISTS (SELECT FROM message WHERE object_id = a.id)"
            " OR NOT EXISTS (SELECT FROM claim WHERE appointment_id = a.id)"
        ).fetchone()
    assert set(told) <= there
    assert orphans == (0,)
    assert doubles(made) == 0
