"""Hold and book over HTTP with everything on, against two single-insert requests of Flask and SQLAlchemy Core.

Everything: idempotency key, limits (each booking from an address of its own, so the table is asked as seldom as for a
person who books once), live holds counted, exclusion constraint, secrets, the contact's mails counted, message row and
its job. The worker is not running: what it does later is not part of a booking's answer.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg

from tests.bench import reference_app_schema
from tests.bench.rows import Row
from tests.bench.stack import Answer, Load, Stack, ask, drive, percentile, plain, stack, together
from tests.booking import world

CLIENTS = 32
BOOKINGS = 1_500
ROUNDS = 5  # measure and booking take turns, so that a machine that gets slower or faster does so for both
WARM_UP = 150
LIMIT = 3.0
GROUP = "booking"


@dataclass(frozen=True)
class Steps:
    """The answers to one hold and its booking."""

    hold: Answer
    book: Answer


def starts(count: int) -> Iterator[datetime]:
    """Distinct quarter hours of opening times that no public holiday takes away."""
    found = 0
    for ahead in range(2, 60):
        opens = world.at(8, days_ahead=ahead)
        if opens.date() == (world.at(8, days_ahead=2) + timedelta(days=ahead - 2)).date():
            for quarter in range(40):
                if found == count:
                    return
                found += 1
                yield opens + timedelta(minutes=15 * quarter)


def book(connection: http.client.HTTPConnection, starts_at: datetime, address: str = "127.0.0.1") -> Steps:
    """Hold a time and book it, as the portal does; `address` is the client's as a proxy would tell it."""
    wish = {
        "services": [{"service": "ausweis", "quantity": 1}],
        "office": "mitte",
        "starts_at": starts_at.isoformat(),
        "language": "de",
    }
    told = {"X_Forwarded_For": address}
    held = ask(connection, "POST", "/api/v1/holds", wish, Idempotency_Key=uuid4().hex, **told)
    if held.status != 201:
        return Steps(held, Answer(0, None, 0.0))
    form = {
        "hold_id": held.body["hold_id"],
        "person": {"given_name": "Ayşe", "family_name": "Yılmaz"},
        "contact": {"email": f"{uuid4().hex}@example.org"},
    }
    secret = {"X_Amtsweg_Secret": held.body["secret"], "Idempotency_Key": uuid4().hex, **told}
    return Steps(held, ask(connection, "POST", "/api/v1/appointments", form, **secret))


def visit(connection: http.client.HTTPConnection, starts_at: datetime) -> Steps:
    """Somebody from an address of her own: the limits are on and count each address."""
    number = int(starts_at.timestamp()) // 900
    return book(connection, starts_at, f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")


def insert(connection: http.client.HTTPConnection, number: int) -> Answer:
    """One request of the measure."""
    return ask(connection, "POST", "/rows", {"name": f"row {number}", "details": {"language": "de", "office": "mitte"}})


def run() -> Iterator[Row]:
    """Measure both on one cluster, in turns."""
    with stack(AMTSWEG_LIMITS="on", AMTSWEG_PROXY_HOPS="1") as made:
        world.build(made.settings, hours=world.OFFICE_HOURS)
        reference_app_schema.create(made.urls.owner_url)
        postmaster = made.postmaster
        reference, booking = _measure(made, postmaster)
        yield from _rows(reference, booking)
        yield from _effects(made)


def _measure(made: Stack, postmaster: int) -> tuple[Load, Load]:
    bare_web, bare_port = made.serve("tests.bench.reference_app:app")
    web, port = made.serve()
    times = list(starts(WARM_UP + BOOKINGS))
    drive(bare_port, CLIENTS, range(WARM_UP), insert, (bare_web, postmaster))
    drive(port, CLIENTS, times[:WARM_UP], visit, (web, postmaster))
    size = BOOKINGS // ROUNDS
    reference, booking = [], []
    for first in range(WARM_UP, WARM_UP + BOOKINGS, size):
        reference.append(drive(bare_port, CLIENTS, range(2 * size), insert, (bare_web, postmaster)))
        booking.append(drive(port, CLIENTS, times[first : first + size], visit, (web, postmaster)))
    return together(reference), together(booking)


def _rows(reference: Load, booking: Load) -> Iterator[Row]:
    done = [steps for steps in booking.results if steps.book.status == 201]
    measure = 2 * 1000 * reference.cpu / len(reference.results)
    cost = 1000 * booking.cpu / max(len(done), 1)
    yield Row(GROUP, "two single-insert requests (Flask + Core)", measure, "CPU-ms")
    yield Row(GROUP, "hold + book, everything on", cost, "CPU-ms", LIMIT, cost / measure)
    yield Row(GROUP, "  of it web processes", 1000 * booking.web_cpu / len(done), "CPU-ms")
    yield Row(GROUP, "  of it database", 1000 * booking.database_cpu / len(done), "CPU-ms")
    yield Row(
        GROUP,
        "bookings",
        len(done) / booking.seconds,
        "1/s",
        note=f"single inserts {len(reference.results) / reference.seconds:.0f}/s",
    )
    for name, times in (("hold", [s.hold.seconds for s in done]), ("book", [s.book.seconds for s in done])):
        yield Row(GROUP, f"{name}: p50", 1000 * percentile(times, 0.5), "ms")
        yield Row(GROUP, f"{name}: p95", 1000 * percentile(times, 0.95), "ms")
    yield Row(GROUP, "requests that failed", len(booking.results) - len(done), "", 0)


def _effects(made: Stack) -> Iterator[Row]:
    """Everything was on: each booking has its claim, message, job, used key."""
    with psycopg.connect(plain(made.urls.superuser_url)) as connection:
        for name, question in EFFECTS.items():
            row: Any = connection.execute(question).fetchone()
            yield Row(GROUP, name, row[0], "rows", note="written in the bookings' transactions")


EFFECTS = {
    "appointments": "SELECT count(*) FROM appointment",
    "messages": "SELECT count(*) FROM message",
    "jobs": "SELECT count(*) FROM procrastinate_jobs",
    "idempotency keys": "SELECT count(*) FROM idempotency",
}
