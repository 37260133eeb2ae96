"""Casework with 1,000,000 cases and 5,000,000 events: every list, filter, combination and search, and opening a case.

Beside a plain read by primary key, which is the limit of what any of them could cost. No plan may read cases, events,
applications or letters one after another.
"""

from __future__ import annotations

import io
import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID, uuid4

import psycopg
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import event, select

from backend.accounts.types import Side
from backend.app import create_app
from backend.casework import cursor
from backend.casework.models import Case
from backend.casework.types import Order, Place, Sort
from backend.cli import main
from backend.core.db import db
from backend.core.security import hash_secret
from tests.applications.people import Town, install
from tests.bench import caseload
from tests.bench.bench_availability import cpu_of
from tests.bench.cpu import run_seconds
from tests.bench.orders import orders, trails
from tests.bench.rows import Row
from tests.bench.stack import Stack, plain, stack
from tests.casework.office import Office

GROUP = "casework"
CASES = int(os.environ.get("BENCH_CASES", "1000000"))
CALLS = 9
SQL_LIMIT, OPEN_LIMIT, UNCHANGED_LIMIT = 50.0, 15.0, 2.0
BIG = re.compile(r"Seq Scan on (staff_case|staff_case_event|application|application_letter|audit_entry)\b")
WORKER = "{worker}"
FILTERS = (
    "",
    "sort=received",
    "sort=-received&page_size=100",
    "scope=ended",
    "scope=all",
    "scope=all&sort=received",
    "services=gewerbe",
    "services=gewerbe&services=geburtsurkunde&languages=uk",
    "states=received",
    "states=decided_refused&scope=ended",
    "languages=ar",
    "older_than_days=30",
    "older_than_days=89&languages=tr&services=gewerbe",
    "older_than_days=1000&scope=all",
    "due=overdue",
    "due=soon",
    "due=soon&languages=tr&services=gewerbe",
    "states=received&languages=tr",
    "waiting_for=citizen",
    "waiting_for=office&states=in_review",
    "waiting_for=payment",
    "assigned=me",
    "assigned=nobody",
    "assigned=nobody&waiting_for=office&languages=ar&services=geburtsurkunde",
    f"assigned={WORKER}",
    f"assigned={WORKER}&scope=all",
    "at_risk=true",
    "at_risk=true&sort=received",
    "at_risk=true&assigned=nobody&services=gewerbe",
    "label=Eilt",
    "label=Eilt&scope=all&sort=-received",
    "label=NoSuch",
    "escalated=true",
    "offices=amt-3",
    "offices=amt-3&services=gewerbe&languages=tr&assigned=nobody&due=overdue&waiting_for=office",
)
SEARCHES: tuple[Mapping[str, Any], ...] = (
    {"reference": caseload.REFERENCE},
    {"name": caseload.RARE.capitalize()},
    {"name": caseload.COMMON},
    {"name": f"{caseload.COMMON} va"},
    {"name": "ya"},
    {"name": "Keiner"},
    {"name": "Müller", "birth_date": "1988-02-29"},
)


def run() -> Iterator[Row]:
    """Measure everything once; BENCH_CASES makes a smaller caseload while developing."""
    with stack() as made:
        began = time.perf_counter()
        caseload.grow(made, CASES)
        took = time.perf_counter() - began
        yield Row(GROUP, "cases made", CASES, "rows", note=f"and {CASES * caseload.EVENTS:,} events, {took:.0f} s")
        app = create_app(made.settings)
        yield from key_reads(app, made)
        for name, offices in (("one office", caseload.OFFICES[:1]), ("12 offices", caseload.OFFICES)):
            yield from lists(app, made, Person.of(made, offices), name)
        yield from trails(app, made, Person.of, measured, worker_of(made))
        yield from opened(app, made)


class Person:
    """A member of staff with a session of her own in the database, calling without a network."""

    def __init__(self, account_id: UUID, secret: str) -> None:
        self.id = account_id
        self.cookie = f"{Side.STAFF.cookie}={secret}"

    @classmethod
    def of(cls, made: Stack, offices: tuple[str, ...], roles: tuple[str, ...] = ("clerk", "lead")) -> Person:
        """A member of staff in these offices."""
        account_id, secret = uuid4(), uuid4().hex
        with psycopg.connect(plain(made.urls.superuser_url)) as connection:
            connection.execute(
                "INSERT INTO account (id, issuer, subject, side, level, key_id, language)"
                " VALUES (%s, 'x', %s, 'staff', 'substantial', %s, 'de')",
                (account_id, account_id.hex, uuid4()),
            )
            connection.execute(
                "INSERT INTO account_session (id, id_hash, kind, account_id, level, roles, offices, expires_at,"
                " absolute_until) VALUES (%s, %s, 'staff', %s, 'substantial', %s, %s, 'infinity', 'infinity')",
                (uuid4(), hash_secret(secret), account_id, list(roles), list(offices)),
            )
        return cls(account_id, secret)

    def call(self, app: Flask, path: str, body: Any = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        """Status, document and headers of one request."""
        sent = b"" if body is None else json.dumps(body).encode()
        query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET" if body is None else "POST",
            "PATH_INFO": f"/api/v1/staff{query[0]}",
            "QUERY_STRING": query[2],
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.cookie,
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_X_AMTSWEG": "1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(sent),
            "wsgi.errors": io.StringIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        began: list[Any] = []
        with redirect_stderr(io.StringIO()):  # the log is written all the same
            answer = app(environ, lambda status, fields, _error=None: began.extend((status, fields)))
            content = b"".join(answer)
            getattr(answer, "close", lambda: None)()
        status, fields = began
        return int(status[:3]), json.loads(content) if content else None, dict(fields)


@contextmanager
def heard(app: Flask) -> Iterator[list[tuple[str, Any, float]]]:
    """Every statement that SQLAlchemy sends with its values and seconds, the driver included."""
    seen: list[tuple[str, Any, float]] = []
    with app.app_context():
        engine = db.engine

    def before(_connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
        context.began = time.perf_counter()

    def after(_connection: Any, _cursor: Any, statement: str, values: Any, context: Any, _many: bool) -> None:
        seen.append((statement, values, time.perf_counter() - context.began))

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "after_cursor_execute", after)


def key_reads(app: Flask, made: Stack) -> Iterator[Row]:
    """A case by its primary key: what nothing can undercut."""
    with app.app_context():
        ids = db.session.scalars(select(Case.application_id).order_by(Case.application_id).limit(200)).all()
        db.session.rollback()
        before = run_seconds(made.postmaster)
        with heard(app) as seen:
            for each in ids:
                db.session.execute(select(Case.__table__).where(Case.application_id == each)).all()
            db.session.rollback()
        spent = (run_seconds(made.postmaster) - before) * 1e3 / len(ids)
    note = f"the limit; by the clock {median(each[2] for each in seen) * 1e3:.1f}"
    yield Row(GROUP, "a case by its primary key, SQL", spent, "ms", note=note)


def lists(app: Flask, made: Stack, person: Person, name: str) -> Iterator[Row]:
    """Every list, its first page and one far in, and every search."""
    worker = worker_of(made)
    with psycopg.connect(plain(made.urls.app_url)) as connection:
        for query in FILTERS:
            path = f"/cases?{query.replace(WORKER, worker)}"
            yield listed(app, made, connection, person, path, f"{name}: {query or 'open, most urgent first'}")
            if query in FILTERS[:6]:
                after = far(query)
                yield listed(
                    app, made, connection, person, f"{path}&after={after}", f"{name}: {query or 'open'}, far in"
                )
        for body in SEARCHES:
            told = " and ".join(f"{key} {value}" for key, value in body.items())
            yield measured(
                made, connection, app, lambda body=body: person.call(app, "/cases/search", body), f"{name}: {told}"
            )  # type: ignore[misc]
        yield measured(made, connection, app, lambda: person.call(app, "/letters"), f"{name}: letters")
        yield measured(
            made, connection, app, lambda: person.call(app, "/letters?to_print=true"), f"{name}: letters to print"
        )
        filters = tuple(query.replace(WORKER, worker) for query in FILTERS)
        yield from orders(
            lambda path: person.call(app, path),
            lambda path, told: measured(made, connection, app, lambda: person.call(app, path), told, calls=3),
            filters,
            name,
        )
    yield from unchanged(app, made, person, name)


def far(query: str) -> str:
    """A place in the middle of a list."""
    middle = datetime.now(UTC) - timedelta(days=45)
    by_day = query in ("",)
    value: date | datetime = (middle + timedelta(days=60)).date() if by_day else middle
    sort: Sort = "due" if by_day else "received" if "sort=received" in query else "-received"
    order = Order(sort=sort, by="due_rank" if by_day else "received_at", down=sort == "-received")
    return cursor.of_list(order, Place(value=value, case=UUID(int=1 << 127)))


def listed(app: Flask, made: Stack, connection: psycopg.Connection, person: Person, path: str, name: str) -> Row:
    """One list."""
    return measured(made, connection, app, lambda: person.call(app, path), name)


def worker_of(made: Stack) -> str:
    """The account of one of the staff."""
    with psycopg.connect(plain(made.urls.app_url)) as connection:
        return str(connection.execute("SELECT md5('w7')::uuid").fetchone()[0])  # type: ignore[index]


def measured(
    made: Stack, connection: psycopg.Connection, app: Flask, call: Callable[[], Any], name: str, calls: int = CALLS
) -> Row:
    """Time of the database for one request (median) and its plans; a scan of a great table fails the row.

    It is the time on a processor: what a statement takes when nobody else wants the machine. The clock's is told too.
    """
    spent, waited = [], []
    for _ in range(calls):
        before = run_seconds(made.postmaster)
        with heard(app) as seen:
            status, document, _ = call()
        spent.append((run_seconds(made.postmaster) - before) * 1e3)
        assert status == 200, (name, status, document)
        waited.append(sum(each[2] for each in seen) * 1e3)
    scans = {scan for statement, values, _ in seen for scan in scanned(connection, statement, values)}
    note = f"{len(document['items'])} found; by the clock {median(waited):.1f}"
    note += f"; {', '.join(sorted(scans))}" if scans else ""
    limit = -1.0 if scans else SQL_LIMIT  # no time is short enough for a scan
    return Row(GROUP, name, median(spent), "ms", limit, note=note)


def scanned(connection: psycopg.Connection, statement: str, values: Any) -> list[str]:
    """The great tables that a statement would read from end to end."""
    if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
        return []
    plan = "\n".join(row[0] for row in connection.execute(b"EXPLAIN " + statement.encode(), values))
    connection.rollback()
    if os.environ.get("BENCH_PLANS"):
        print(statement, "\n", plan)  # noqa: T201 - asked for
    return BIG.findall(plan)


def unchanged(app: Flask, made: Stack, person: Person, name: str) -> Iterator[Row]:
    """A page that asks every ten seconds: CPU of the whole request, when nothing changed and when it is read."""
    _, _, headers = person.call(app, "/cases")

    def ask_again() -> None:
        status, _, _ = person.call(app, "/cases", if_none_match=headers["ETag"])
        assert status == 304

    def read() -> None:
        assert person.call(app, "/cases")[0] == 200

    for call, what, limit in ((ask_again, "nothing changed", UNCHANGED_LIMIT), (read, "list of 50 read", None)):
        python, database = cpu_of(call, made.postmaster)
        note = f"Python {python:.2f}, database {database:.2f}"
        yield Row(GROUP, f"{name}: {what}, whole request", python + database, "CPU-ms", limit, note=note)


def opened(app: Flask, made: Stack) -> Iterator[Row]:
    """Opening a case with its answers, events, a note and a message: one request."""
    done = CliRunner().invoke(main.get_command(None, "catalogue"), ["import"], obj=lambda: app)  # type: ignore[arg-type]
    assert done.exit_code == 0, done.output
    with app.app_context():
        town = Town(app, db.engine, install(app))
    app.extensions["test-sessions"] = town.sessions
    office = Office(town)
    reference = office.case()
    office.colleague().post(f"/cases/{reference}/notes", {"text": "Ruft montags an"})
    person = Person.of(made, ("hb-mitte",))

    def look() -> None:
        assert person.call(app, f"/cases/{reference}")[0] == 200

    python, database = cpu_of(look, made.postmaster)
    note = f"Python {python:.2f}, database {database:.2f}; one round trip"
    yield Row(GROUP, "opening a case, whole request", python + database, "CPU-ms", OPEN_LIMIT, note=note)
