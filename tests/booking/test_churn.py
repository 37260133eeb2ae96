"""Ten seconds of holding, extending, booking, confirming, moving and cancelling with times that end in milliseconds.

The same clients and the same checker are then let loose on a table that is looked at before it is written: there the
checker must find doubles, else it would prove nothing.
"""

from __future__ import annotations

import contextvars
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from backend.core.settings import Settings
from tests.bench.stack import plain
from tests.booking import world
from tests.booking.conftest import Citizen
from tests.booking.history import Belief, History
from tests.booking.world import at

CLIENTS = 24
SECONDS = 10
DESKS = 2
MINUTES = 15
HOLD = timedelta(milliseconds=120)
WAIT = timedelta(milliseconds=300)
STARTS = [at(9), at(9, 5), at(9, 10)]


def now() -> datetime:
    return datetime.now(UTC)


def let_loose(client: Callable[[random.Random], None], seconds: float) -> None:
    """Clients that act until the time is over; the first fault of one fails the test."""
    end = time.monotonic() + seconds
    faults: list[BaseException] = []

    def loop(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - repeatable chance for a test
        while time.monotonic() < end and not faults:
            try:
                client(chance)
            except BaseException as fault:  # noqa: BLE001 - handed to the test
                faults.append(fault)

    threads = [threading.Thread(target=contextvars.Context().run, args=(loop, number)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


@dataclass
class Visitor:
    """One client of the portal that writes down what it was told."""

    somebody: Citizen
    history: History

    def visit(self, chance: random.Random) -> None:
        start = chance.choice(STARTS)
        held = self.somebody.hold(start, office="nord")
        assert held.status_code in (201, 409), held.json
        if held.status_code == 409:
            return
        told = dict(held.json or {})
        belief = self.history.believe(start, now(), datetime.fromisoformat(told["expires_at"]))
        match chance.randrange(4):
            case 0:
                belief.until = min(now(), belief.until or now())
                self.somebody.post(f"/holds/{told['hold_id']}/release", secret=told["secret"])
            case 1:
                self._extend(told, belief, start)
            case 2:
                self._book(told, belief, start, chance)
            case _:
                time.sleep(chance.random() * HOLD.total_seconds() * 1.5)

    def _extend(self, told: dict[str, Any], belief: Belief, start: datetime) -> None:
        more = self.somebody.post(f"/holds/{told['hold_id']}/extend", secret=told["secret"])
        assert more.status_code in (200, 410), more.json
        if more.json and more.status_code == 200:
            self.history.believe(start, belief.until or now(), datetime.fromisoformat(more.json["expires_at"]))

    def _book(self, told: dict[str, Any], belief: Belief, start: datetime, chance: random.Random) -> None:
        sent = now()
        answer = self.somebody.post("/appointments", self.somebody.booking(told))
        assert answer.status_code in (201, 410), answer.json
        if answer.status_code == 410:
            return
        made = dict(answer.json or {})
        waiting = self.history.believe(start, belief.until or sent, sent + WAIT)
        confirmed = self.somebody.confirm(made)
        assert confirmed.status_code in (200, 410), confirmed.json
        if confirmed.status_code == 410:
            return
        own = self.history.believe(start, max(waiting.until or sent, waiting.since), None)
        time.sleep(chance.random() * 0.05)
        if chance.random() < 0.5:
            start, own = self._move(made, own, start, chance)
        own.until = now()
        assert self.somebody.act(made, "cancel").status_code == 200

    def _move(
        self, made: dict[str, Any], own: Belief, start: datetime, chance: random.Random
    ) -> tuple[datetime, Belief]:
        sent, target = now(), chance.choice(STARTS)
        moved = self.somebody.act(made, "move", {"office": "nord", "starts_at": target.isoformat()})
        assert moved.status_code in (200, 409), moved.json
        if moved.status_code == 409 or target == start:
            return start, own
        own.until = sent
        return target, self.history.believe(target, now(), None)


@pytest.fixture
def churned(make_app: Callable[..., Flask]) -> Flask:
    app = make_app(
        hold_minutes=HOLD / timedelta(minutes=1),
        confirm_minutes=WAIT / timedelta(minutes=1),
        limits="off",
        pool_size=CLIENTS + 2,
    )
    world.build(app.extensions["amtsweg-settings"], desks={"nord": DESKS, "mitte": 1}, horizon_days=30)
    return app


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_nobody_believes_in_a_time_that_is_taken(churned: Flask) -> None:
    settings: Settings = churned.extensions["amtsweg-settings"]
    engine = create_engine(settings.database_url, pool_size=CLIENTS)
    history = History(MINUTES)
    visitor = Visitor(Citizen(churned.test_client(), churned, engine), history)
    let_loose(lambda chance: Visitor(Citizen(churned.test_client(), churned, engine), history).visit(chance), SECONDS)
    assert len(history.beliefs) > 50
    assert history.doubled(DESKS) == 0
    doubles = visitor.somebody.sql(
        "SELECT count(*) FROM claim a JOIN claim b ON a.resource = b.resource AND a.id < b.id"
        " AND a.during && b.during AND a.live && b.live"
    )
    assert doubles[0][0] == 0
    with engine.connect() as connection:
        deadlocks = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        assert connection.execute(deadlocks).scalar_one() == 0
    engine.dispose()


def test_the_checker_finds_doubles_where_one_looks_before_inserting(settings: Settings) -> None:
    with psycopg.connect(plain(settings.database_owner_url), autocommit=True) as connection:
        connection.execute("CREATE TABLE looked_at (during tstzrange, live tstzrange)")
    history = History(MINUTES)
    local = threading.local()
    opened: list[psycopg.Connection[Any]] = []

    def visit(chance: random.Random) -> None:
        if not hasattr(local, "connection"):
            local.connection = psycopg.connect(plain(settings.database_owner_url))
            opened.append(local.connection)
        start = chance.choice(STARTS)
        wanted = (start, start + timedelta(minutes=MINUTES))
        found = local.connection.execute(
            "SELECT count(*) FROM looked_at WHERE during && tstzrange(%s, %s) AND live @> clock_timestamp()", wanted
        ).fetchone()
        if found[0] < 1:
            until = local.connection.execute(
                "INSERT INTO looked_at SELECT tstzrange(%s, %s), tstzrange(t, t + %s) FROM clock_timestamp() t"
                " RETURNING upper(live)",
                (*wanted, HOLD),
            ).fetchone()[0]
            local.connection.commit()
            history.believe(start, now(), until)
        else:
            local.connection.rollback()

    let_loose(visit, 3)
    for connection in opened:
        connection.close()
    assert history.doubled(1) > 0
