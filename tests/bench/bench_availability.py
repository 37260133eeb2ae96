"""Availability: as a call, over HTTP against a bare Flask answer of the same bytes, first free time of a city."""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from backend.app import create_app
from backend.booking.availability import earliest_slots
from backend.booking.search import Filters, Finder
from backend.booking.wish import resolve_wish
from backend.capacity.rules import cells
from backend.catalogue import facts
from backend.core.clock import AnySession, today
from backend.core.db import db
from backend.core.sql import Statement
from tests.bench import city
from tests.bench.cpu import cpu_seconds
from tests.bench.rows import Row
from tests.bench.stack import Answer, Stack, ask, drive, stack

GROUP = "availability"
OFFICES = int(os.environ.get("BENCH_OFFICES", "100"))
CALLS = 400
REQUESTS = 1_500
CLIENTS = 8
HTTP_LIMIT = 2.0  # times a bare Flask answer of the same document
HALVES = (timedelta(), timedelta(days=13))  # of the thin weeks: each holds an answer of its own


def run() -> Iterator[Row]:
    """Measure everything once; BENCH_OFFICES makes a smaller city while developing."""
    with stack(AMTSWEG_PROXY_HOPS="1") as made:
        app = create_app(made.settings)
        owner = create_engine(made.urls.owner_url)
        with app.app_context():
            session = db.session()
            city.grow(owner, session, 1, 1)
            facts.forget()
            one = list(first_free(session, "1 office"))
            yield from one
            began = time.perf_counter()
            bookings = city.grow(owner, session, 2, OFFICES)
            facts.forget()
            took = time.perf_counter() - began
            yield Row(GROUP, f"city of {OFFICES} offices made: bookings", bookings, "rows", note=f"{took:.0f} s")
            everywhere = list(first_free(session, f"{OFFICES} offices", limit=5.0))
            yield from everywhere
            growth = everywhere[0].value / one[0].value
            yield Row(
                GROUP,
                f"first free time, SQL: {OFFICES} offices against 1",
                growth,
                "times",
                1.5,
                growth,
                "same question",
            )
            yield from one_office(session, made)
        owner.dispose()
        yield from over_http(made, app)


def first_free(session: Session, where: str, limit: float | None = None) -> Iterator[Row]:
    """The five earliest times over all offices, holds included: time in SQL, and of the whole call."""
    wish = resolve_wish(session, [(city.SERVICE, 1)], None)
    calls, queries = [], []
    for number in range(CALLS):
        with sql_time() as spent:
            began = time.perf_counter()
            slots = earliest_slots(session, wish)
            took = time.perf_counter() - began
        session.rollback()
        assert len(slots) == 5
        if number >= CALLS // 10:
            calls.append(took * 1e3)
            queries.append(spent[0] * 1e3)
    yield Row(GROUP, f"first free time, SQL, {where}", median(queries), "ms", limit, note="median")
    yield Row(GROUP, f"first free time, whole call, {where}", median(calls), "ms", note="median")


@contextmanager
def sql_time() -> Iterator[list[float]]:
    """Seconds that statements took, network and driver included."""
    spent, plain = [0.0], Statement.all

    def timed(self: Statement, session: AnySession, values: Mapping[str, Any]) -> list[Any]:
        began = time.perf_counter()
        rows = plain(self, session, values)
        spent[0] += time.perf_counter() - began
        return rows

    Statement.all = timed  # type: ignore[method-assign]  # measured from outside, the product knows nothing of it
    try:
        yield spent
    finally:
        Statement.all = plain  # type: ignore[method-assign]
    assert spent[0] > 0, "no statement was seen"


def one_office(session: Session, made: Stack) -> Iterator[Row]:
    """Every five-minute start of one office, 8 desks, 28 days: CPU of the call and of its database process."""
    first = thin_weeks(session)

    def call() -> int:
        wish = resolve_wish(session, [(city.SERVICE, 1)], ["amt-1"])
        finder = Finder(session, wish, Filters())
        days = [(here.day, cells(here.starts)) for here in finder.between(first, first + timedelta(days=27))]
        session.rollback()
        return sum(len(starts) for _, starts in days)

    starts = call()
    python, database = cpu_of(call, made.postmaster)
    note = f"{starts} starts; Python {python:.2f}, database {database:.2f}"
    yield Row(GROUP, "one office, 28 days, every start", python + database, "CPU-ms", 3.0, note=note)


def cpu_of(call: Callable[[], Any], postmaster: int) -> tuple[float, float]:
    """CPU-ms of a call: in this process and in the database."""
    for _ in range(CALLS // 10):
        call()
    before, database = time.process_time(), cpu_seconds(postmaster)
    for _ in range(CALLS):
        call()
    python = time.process_time() - before
    return python * 1e3 / CALLS, (cpu_seconds(postmaster) - database) * 1e3 / CALLS


def thin_weeks(session: Session) -> date:
    """The first day of the weeks in which 60 % is taken: the most starts, so the dearest question."""
    return today(session) + timedelta(days=31)


def over_http(made: Stack, app: Flask) -> Iterator[Row]:
    """The answer of at most 500 slots, with limits, headers and logs, against Flask with the same bytes.

    Three cases: nobody has asked before; asked again and looked at anew; asked again within two seconds. The
    limit holds for each of them. The first needs many offices: below a hundred questions the clock ticks of the system
    are too coarse for it.
    """
    with app.app_context():
        first = thin_weeks(db.session())
        db.session.rollback()
    question = f"/api/v1/availability?service={city.SERVICE}:1&days=28"
    path = f"{question}&office=amt-1&from={first}"
    web, port = made.serve()
    reference = made.folder / "answer.json"
    body = fetch(port, path)
    reference.write_text(body, encoding="utf-8")
    made.environment["REFERENCE_ANSWER"] = str(reference)
    flask, flask_port = made.serve("tests.bench.reference_answer:app")
    value, _ = per_request(made, flask, flask_port, ["/value"] * REQUESTS)
    ready, _ = per_request(made, flask, flask_port, ["/bytes"] * REQUESTS)
    yield Row(GROUP, "bare Flask, the same JSON from a value", value, "CPU-ms", note=f"{len(body)} bytes")
    yield Row(GROUP, "bare Flask, the same bytes ready to send", ready, "CPU-ms", note="no JSON written, no database")
    slots = body.count('"office"') - 5
    again = per_request(made, web, port, [path] * REQUESTS, Cache_Control="no-cache")
    new = [f"{question}&office=amt-{n}&from={first + later}" for later in HALVES for n in range(2, OFFICES + 1)]
    unknown = per_request(made, web, port, new, warm=0)
    repeated = per_request(made, web, port, [path] * REQUESTS)
    for name, (in_web, in_database) in (
        (f"first answer to {len(new)} questions", unknown),
        ("looked up again", again),
        ("repeated within 2 s", repeated),
    ):
        ours = in_web + in_database
        note = f"web {in_web:.2f}, database {in_database:.2f}"
        yield Row(
            GROUP, f"HTTP, {slots} slots, {name}, to Flask's JSON", ours, "CPU-ms", HTTP_LIMIT, ours / value, note
        )


def fetch(port: int, path: str) -> str:
    """The text of one answer."""

    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    response = connection.getresponse()
    assert response.status == 200
    return response.read().decode()


def per_request(
    made: Stack, web: int, port: int, paths: Sequence[str], *, warm: int = REQUESTS // 10, **headers: str
) -> tuple[float, float]:
    """CPU-ms of web and of database for one request; every request is another visitor behind the proxy."""
    pids = (web, made.postmaster)

    def visit(connection: http.client.HTTPConnection, number: int) -> Answer:
        visitor = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        return ask(connection, "GET", paths[number % len(paths)], X_Forwarded_For=visitor, **headers)

    drive(port, CLIENTS, range(1_000_000, 1_000_000 + warm), visit, pids)
    load = drive(port, CLIENTS, range(len(paths)), visit, pids)
    assert {answer.status for answer in load.results} == {200}
    return load.web_cpu * 1e3 / len(paths), load.database_cpu * 1e3 / len(paths)
