"""The real thing to measure: an own PostgreSQL that flushes each commit, granian as in production, many clients."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg
from sqlalchemy import make_url

from backend.core import migrate
from backend.core.settings import Settings, load_settings
from backend.local.ports import free_port
from backend.local.postgres import Cluster, ClusterUrls
from tests.bench.cpu import cpu_seconds

ROOT = Path(__file__).parents[2]
WEB = ["--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2", "--blocking-threads", "4", "--no-log"]
WEB += ["--workers-kill-timeout", "10"]


@dataclass(frozen=True)
class Answer:
    """What one request got, and how long it took in seconds (0 = no connection)."""

    status: int
    body: Any
    seconds: float


@dataclass
class Stack:
    """A cluster with one database, its environment, and web servers on demand."""

    folder: Path
    cluster: Cluster
    urls: ClusterUrls
    environment: dict[str, str]
    log: IO[bytes]
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """The settings that the servers read."""
        return load_settings(self.environment)

    @property
    def postmaster(self) -> int:
        """The process id of the database server."""
        with psycopg.connect(plain(self.urls.superuser_url)) as connection:
            row = connection.execute("SELECT pg_backend_pid()").fetchone()
            assert row is not None
            stat = Path(f"/proc/{row[0]}/stat").read_text(encoding="utf-8", errors="replace")
            return int(stat.rpartition(")")[2].split()[1])

    def serve(self, application: str = "backend.wsgi:app") -> tuple[int, int]:
        """Start granian on an application; (process id, port) once it answers."""
        port = free_port()
        command = [sys.executable, "-m", "granian", *WEB, "--port", str(port), application]
        process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=self.log, stderr=subprocess.STDOUT)
        self.servers.append(process)
        wait_until_answers(port)
        return process.pid, port

    def stop(self) -> None:
        """Stop everything and remove the folder."""
        for process in self.servers:
            process.terminate()
        for process in self.servers:
            process.wait(timeout=20)
        self.log.close()
        self.cluster.stop("fast")
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def stack(**changes: str) -> Iterator[Stack]:
    """A migrated, empty database with `fsync` on; `changes` are environment variables of the servers."""
    folder = Path(tempfile.mkdtemp(prefix="amtsweg-bench-"))
    folder.chmod(0o755)
    cluster = Cluster(folder)
    urls = cluster.start()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("AMTSWEG_", "DATABASE_"))},
        "AMTSWEG_ENV": "test",
        "AMTSWEG_DATA": str(folder),
        "AMTSWEG_DEMO": "0",
        "RELEASE_DELAY": "0",
        "DATABASE_URL": urls.app_url,
        "DATABASE_OWNER_URL": urls.owner_url,
        **changes,
    }
    made = Stack(folder, cluster, urls, environment, (folder / "web.log").open("ab"))
    try:
        migrate.upgrade(made.settings)
        yield made
    finally:
        made.stop()


def wait_until_answers(port: int, seconds: float = 90) -> None:
    """Wait until a web server says that it is alive."""
    until = time.monotonic() + seconds
    probe = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    while ask(probe, "GET", "/health/live").status != 200:
        assert time.monotonic() < until, "the web server does not answer"
        time.sleep(0.1)
    probe.close()


def plain(url: str) -> str:
    """An address as libpq reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def ask(connection: http.client.HTTPConnection, method: str, path: str, body: Any = None, **headers: str) -> Answer:
    """One request on a kept connection; a broken one is told as status 0."""
    sent = json.dumps(body).encode() if body is not None else None
    fields = {"Content-Type": "application/json"} if sent is not None else {}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    began = time.perf_counter()
    try:
        connection.request(method, path, sent, fields)
        response = connection.getresponse()
        raw = response.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return Answer(0, None, 0.0)
    took = time.perf_counter() - began
    return Answer(response.status, json.loads(raw) if raw else None, took)


@dataclass(frozen=True)
class Load:
    """What a load did: results of all its steps, wall seconds, CPU seconds of web and of database processes."""

    results: list[Any]
    seconds: float
    web_cpu: float
    database_cpu: float

    @property
    def cpu(self) -> float:
        """CPU seconds of web and database together."""
        return self.web_cpu + self.database_cpu


def together(loads: Sequence[Load]) -> Load:
    """Several loads of one kind as one."""
    return Load(
        results=[result for load in loads for result in load.results],
        seconds=sum(load.seconds for load in loads),
        web_cpu=sum(load.web_cpu for load in loads),
        database_cpu=sum(load.database_cpu for load in loads),
    )


def drive(
    port: int,
    clients: int,
    work: Sequence[Any],
    step: Callable[[http.client.HTTPConnection, Any], Any],
    pids: tuple[int, int],
) -> Load:
    """Let clients with a kept connection each carry out the work together; `pids` = (web server, postmaster)."""
    waiting = iter(work)
    lock = threading.Lock()
    results: list[Any] = []
    ready = threading.Barrier(clients + 1)

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.connect()
        ready.wait()
        while True:
            with lock:
                item = next(waiting, None)
            if item is None:
                break
            result = step(connection, item)
            with lock:
                results.append(result)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    before = [cpu_seconds(pid) for pid in pids]
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    web, database = (cpu_seconds(pid) - start for pid, start in zip(pids, before, strict=True))
    return Load(results, took, web, database)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
