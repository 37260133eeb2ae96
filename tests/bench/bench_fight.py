"""200 clients at once for 10 places, in both orders, again and again: exactly ten are booked, none twice, no fault."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import psycopg

from tests.bench.bench_booking import book, starts
from tests.bench.rows import Row
from tests.bench.stack import Stack, percentile, plain, stack
from tests.booking import world

CLIENTS = 200
PLACES = 10
RUNS = 20
GROUP = "fight"
Order = Callable[[int], int]
ORDERS: dict[str, Order] = {
    "spread": lambda client: client % PLACES,
    "in a row": lambda client: client * PLACES // CLIENTS,
}
DOUBLES = """
    SELECT count(*) FROM claim AS a JOIN claim AS b ON a.resource = b.resource AND a.id < b.id
    AND a.during && b.during AND a.live && b.live
"""


@dataclass(frozen=True)
class Fight:
    """How one fight ended: answers of the holds, bookings, wall seconds until the last answer."""

    holds: Counter[int]
    booked: int
    seconds: float


def fight(port: int, clients: int, places: Sequence[datetime], order: Order) -> Fight:
    """All clients ask for their place at the same moment; who gets it books it."""
    holds: Counter[int] = Counter()
    booked = 0
    ended: list[float] = []
    lock = threading.Lock()
    ready = threading.Barrier(clients + 1)

    def client(number: int) -> None:
        nonlocal booked
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.connect()
        ready.wait()
        steps = book(connection, places[order(number)])
        with lock:
            holds[steps.hold.status] += 1
            booked += steps.book.status == 201
            ended.append(time.perf_counter())
        connection.close()

    threads = [threading.Thread(target=partial(client, number)) for number in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return Fight(holds, booked, max(ended) - began)


def places(run: int, count: int = PLACES) -> list[datetime]:
    """Fresh quarter hours for each run."""
    return list(starts((run + 1) * count))[-count:]


def doubles(made: Stack) -> int:
    """Pairs of claims of one desk that overlap in time while both count."""
    with psycopg.connect(plain(made.urls.superuser_url)) as connection:
        row = connection.execute(DOUBLES).fetchone()
        assert row is not None
        return int(row[0])


def run() -> Iterator[Row]:
    """Twenty fights in each order on one desk."""
    with stack() as made:
        world.build(made.settings, desks={"mitte": 1, "nord": 1}, hours=world.OFFICE_HOURS)
        _, port = made.serve()
        fight(port, CLIENTS, places(0), ORDERS["spread"])  # connections, plans and caches of all processes
        for number, (name, order) in enumerate(ORDERS.items()):
            fights = [fight(port, CLIENTS, places(1 + number * RUNS + n), order) for n in range(RUNS)]
            yield from _rows(name, fights)
        yield Row(GROUP, "double bookings (pairs of claims)", doubles(made), "", 0)


def _rows(name: str, fights: Sequence[Fight]) -> Iterator[Row]:
    answers = sum((each.holds for each in fights), Counter[int]())
    wrong = sum(each.booked != PLACES for each in fights)
    faults = sum(count for status, count in answers.items() if status >= 500 or status == 0)
    others = sum(count for status, count in answers.items() if status not in (201, 409))
    seconds = [each.seconds for each in fights]
    yield Row(GROUP, f"{name}: runs without exactly {PLACES} booked", wrong, "runs", 0, note=f"of {len(fights)}")
    yield Row(GROUP, f"{name}: answers 5xx or none", faults, "", 0, note=f"{sum(answers.values())} requests")
    yield Row(GROUP, f"{name}: losers that did not get 409", others, "", 0)
    yield Row(GROUP, f"{name}: slowest run", max(seconds), "s", 1.0, note=f"median {percentile(seconds, 0.5):.2f} s")
