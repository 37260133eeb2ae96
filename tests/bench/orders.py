"""Lists in every order, alone and with each filter, and the audit trail as auditors of many and few cases read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, get_args

import psycopg
from flask import Flask

from backend.casework.types import Sort
from tests.bench import caseload
from tests.bench.rows import Row
from tests.bench.stack import Stack, plain

Call = Callable[[str], tuple[int, Any, dict[str, str]]]
Measure = Callable[[str, str], Row]
TRAILS = (
    "",
    "after=2500000",
    "action=case.opened",
    "action=case",
    "action=training",
    "actor={worker}",
    "actor={worker}&action=case.assigned",
    "from=2025-01-01&to=2025-02-01",
    "to=2025-02-01",
)
AUDITORS = (
    ("auditor of all", ()),
    ("auditor of 12 offices", caseload.OFFICES),
    ("auditor of one office", caseload.OFFICES[:1]),
    ("auditor of 5,000 cases", (caseload.MIDDLE,)),
    ("auditor of 100 cases", (caseload.SMALL,)),
)


def orders(call: Call, measure: Measure, filters: tuple[str, ...], name: str) -> Iterator[Row]:
    """Each order by itself, its second page, and the dearest of all filters with it; a scan in any fails the row."""
    for sort in get_args(Sort):
        path = f"/cases?sort={sort}"
        yield measure(path, f"{name}: sort={sort}")
        following = call(path)[1]["next"]
        yield measure(f"{path}&after={following}", f"{name}: sort={sort}, next page")
        found = [(measure(f"{path}&{query}", query), query) for query in filters if query and "sort=" not in query]
        row, query = max(found, key=lambda each: (each[0].passed is False, each[0].value))
        told = f"{name}: sort={sort}, dearest of {len(found)} filters"
        yield Row(row.group, told, row.value, row.unit, row.limit, note=f"{query}; {row.note}")


def trails(
    app: Flask, made: Stack, person_of: Callable[..., Any], measured: Callable[..., Row], worker: str
) -> Iterator[Row]:
    """Entries, newest first: all, further back, by deed, person and day."""
    with psycopg.connect(plain(made.urls.app_url)) as connection:
        for name, offices in AUDITORS:
            person = person_of(made, offices, roles=("auditor",))
            for query in TRAILS:
                path = f"/audit?{query.replace('{worker}', worker)}"
                ask = partial(person.call, app, path)
                yield measured(made, connection, app, ask, f"{name}: {query or 'newest entries'}")
