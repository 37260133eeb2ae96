"""Availability: as a call, over HTTP against a bare Flask answer of the same bytes, first free time of a city."""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from statistics import median
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from backend.app import create_app
from backend.booking.availability import earliest_slots
from backend.booking.search import Filters, Finder
from backend.booking.wish import resolve_wish
from backend.capacity.rules import cells
from backend.core import sql
from backend.core.clock import BERLIN, today
from backend.core.db import db
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
CLOCKS = ((7, 0), (10, 30), (16, 0))  # before the offices open, in the morning, in the afternoon
LATER = tuple(timedelta(days=days) for days in (0, 4, 9, 13))  # in the thin weeks: each holds an answer of its own


class Town(NamedTuple):
    """A database with so many offices, and the application that asks it."""

    offices: int
    app: Flask
    owner: Engine
    bookings: int


def run() -> Iterator[Row]:
    """Measure everything once; BENCH_OFFICES makes a smaller city while developing."""
    with stack(AMTSWEG_PROXY_HOPS="1") as made:
        with stack() as small:
            one = town(small, 1)
            began = time.perf_counter()
            many = town(made, OFFICES)
            note = f"{time.perf_counter() - began:.0f} s"
            yield Row(GROUP, f"city of {OFFICES} offices made: bookings", many.bookings, "rows", note=note)
            yield from first_free(one, many)
        with many.app.app_context():
            yield from one_office(db.session(), made)
        many.owner.dispose()
        yield from over_http(made, many.app)


def town(made: Stack, offices: int) -> Town:
    """Fill a database."""
    app, owner = create_app(made.settings), create_engine(made.urls.owner_url)
    with app.app_context():
        return Town(offices, app, owner, city.grow(owner, db.session(), 1, offices))


def first_free(one: Town, many: Town) -> Iterator[Row]:
    """The five earliest times over all offices: median time in SQL, at several times of day and with holds."""
    yield from searched(one, many, "first free time, SQL, now", None)
    with many.app.app_context():
        session = db.session()
        clocks = {(day, hour): at(session, day, *hour) for day in city.KINDS for hour in CLOCKS}
    for (day, (hour, minute)), after in clocks.items():
        name = f"first free time, SQL, {hour:02}:{minute:02} of a day {city.KINDS[day]}"
        yield from searched(one, many, name, after)
    after = clocks[city.TOMORROW, CLOCKS[1]]
    for owner in (one.owner, many.owner):
        city.hold_everywhere(owner, after, after + timedelta(minutes=30))
    name = f"first free time, SQL, {CLOCKS[1][0]}:{CLOCKS[1][1]}, all first times held"
    yield from searched(one, many, name, after)
    city.release_all(many.owner)


def searched(one: Town, many: Town, name: str, after: datetime | None) -> Iterator[Row]:
    """One question, asked often enough, in turns of one office and of all: what slows the machine slows both.

    The growth is bounded for the city as it is and for every hour of a free first day. On a day that is taken but for a
    few rooms the offices must be glanced at one after another, and first times that are all held cost another round:
    for comparison.
    """
    taken = [(asked(one, after), asked(many, after)) for _ in range(CALLS)][CALLS // 10 :]
    small, large = (median(spent for spent, _ in times) for times in zip(*taken, strict=True))
    whole_small, whole_large = (median(whole for _, whole in times) for times in zip(*taken, strict=True))
    yield Row(GROUP, f"{name}, 1 office", small, "ms", note=f"median; whole call {whole_small:.2f}")
    yield Row(GROUP, f"{name}, {OFFICES} offices", large, "ms", 5.0, note=f"median; whole call {whole_large:.2f}")
    limit = 1.5 if name.endswith(("now", "free")) else None
    ratio = large / small
    yield Row(GROUP, f"{name}: {OFFICES} offices against 1", ratio, "times", limit, ratio, "same question, in turns")


def asked(town: Town, after: datetime | None) -> tuple[float, float]:
    """Milliseconds of the statements, and of the whole call, of one search."""
    with town.app.app_context():
        session = db.session()
        wish = resolve_wish(session, [(city.SERVICE, 1)], None)
        with sql_time() as spent:
            began = time.perf_counter()
            slots = earliest_slots(session, wish, after=after)
            took = time.perf_counter() - began
        assert len(slots) == 5
        session.rollback()
        return spent[0] * 1e3, took * 1e3


def at(session: Session, ahead: int, hour: int, minute: int) -> datetime:
    """A local time of a day ahead."""
    return datetime.combine(today(session) + timedelta(days=ahead), clock_time(hour, minute), BERLIN)


@contextmanager
def sql_time() -> Iterator[list[float]]:
    """Seconds that statements took, network and driver included."""
    spent, plain = [0.0], sql._send

    def timed(*asked: Any, **options: Any) -> None:
        began = time.perf_counter()
        plain(*asked, **options)
        spent[0] += time.perf_counter() - began

    sql._send = timed  # measured from outside, the product knows nothing of it
    try:
        yield spent
    finally:
        sql._send = plain
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
    return today(session) + timedelta(days=city.THIN)


def over_http(made: Stack, app: Flask) -> Iterator[Row]:
    """The answer of at most 500 slots, with limits, headers and logs, against Flask with the same bytes.

    Three cases: nobody has asked before; asked again and looked at anew; asked again within two seconds. The
    limit holds for each of them. The first needs many offices: below a hundred questions the clock ticks of the system
    are too coarse for it.
    """
    with app.app_context():
        first = thin_weeks(db.session())
        db.session.rollback()
    question = f"/api/v1/availability?service={city.SERVICE}:1"
    path = f"{question}&days=28&office=amt-1&from={first}"
    shorter = [f"{question}&days={days}&office=amt-1&from={first}" for days in range(1, 28)]
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
    new = [f"{question}&days=28&office=amt-{n}&from={first + later}" for later in LATER for n in range(2, OFFICES + 1)]
    per_request(made, web, port, shorter * 8, warm=0, Cache_Control="no-cache")  # plans are made, other answers
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
