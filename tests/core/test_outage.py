"""The database restarts, stalls, conflicts or has no connection left: repeated where that is safe, else 503."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backend.app import create_app
from backend.core import migrate, transaction
from backend.core.db import db, engine_options
from backend.core.settings import Settings
from backend.local.postgres import Cluster
from tests.conftest import CheckedClient, Server
from tests.core.toys import with_toys

TOYS = "/api/v1/toys"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server of its own, because this module restarts it."""
    folder = Path(tempfile.mkdtemp(prefix="amtsweg-outage-"))  # not pytest's: the database's user must enter it
    folder.chmod(0o755)
    with Cluster(folder) as made:
        yield made
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def settings(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    urls = cluster.urls()
    server = Server(urls.owner_url, urls.app_url, urls.superuser_url, "none")
    made = replace(server.settings("amtsweg", tmp_path_factory.mktemp("data")), pool_size=3)
    migrate.upgrade(made)
    return made


@pytest.fixture(scope="module")
def app(settings: Settings) -> Iterator[Flask]:
    made = with_toys(create_app(settings, ()), settings)
    made.test_client_class = CheckedClient
    yield made
    with made.app_context():
        db.engine.dispose()


def start_again(cluster: Cluster) -> None:
    cluster._launch()  # start() would take another port, and an outage does not move the server


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    made = app.test_client()
    made.may_fail = True  # type: ignore[attr-defined]
    return made


def make(client: FlaskClient, key: str | None = None, name: str = "a") -> Any:
    return client.post(TOYS, json={"name": name}, headers={"Idempotency-Key": key or secrets.token_hex(8)})


def count(client: FlaskClient) -> int:
    return int(client.get(TOYS).json["total"])


def test_a_restart_is_not_noticed(client: FlaskClient, cluster: Cluster) -> None:
    before = count(client)
    for _ in range(2):
        assert make(client).status_code == 201
        cluster.stop("immediate")
        start_again(cluster)
        assert make(client).status_code == 201
    cluster.stop("immediate")
    start_again(cluster)
    assert count(client) == before + 4


def test_while_it_is_down_the_answer_is_try_again(client: FlaskClient, cluster: Cluster) -> None:
    cluster.stop("fast")
    try:
        for answer in (make(client), client.get(TOYS), client.get("/health/ready")):
            assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
            assert int(answer.headers["Retry-After"]) > 0
        assert client.get("/health/live").status_code == 200
    finally:
        start_again(cluster)
    assert make(client).status_code == 201


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(app: Flask, client: FlaskClient, cluster: Cluster) -> None:
    before = count(client)
    stop = threading.Event()
    acknowledged: list[str] = []

    def book() -> None:
        mine = app.test_client()
        mine.may_fail = True  # type: ignore[attr-defined]
        while not stop.is_set():
            key = secrets.token_hex(8)
            while make(mine, key).status_code != 201:
                time.sleep(0.05)
            acknowledged.append(key)

    with ThreadPoolExecutor(3) as pool:
        workers = [pool.submit(book) for _ in range(3)]
        for _ in range(3):
            time.sleep(0.4)
            cluster.stop("immediate")
            start_again(cluster)
        time.sleep(0.2)
        stop.set()
        for worker in workers:
            worker.result(timeout=30)
    assert len(acknowledged) > 10
    assert count(client) == before + len(acknowledged)


def test_no_connection_left(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        held = [db.engine.connect() for _ in range(3)]
        try:
            began = time.monotonic()
            answer = client.get(TOYS)
            assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
            assert time.monotonic() - began < 4
        finally:
            for connection in held:
                connection.close()
    assert client.get(TOYS).status_code == 200


def test_a_statement_may_not_take_for_ever(client: FlaskClient) -> None:
    began = time.monotonic()
    answer = client.get(f"{TOYS}/wait")
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    assert 4 < time.monotonic() - began < 8


def test_a_lock_is_waited_for_only_shortly(app: Flask, settings: Settings) -> None:
    address = settings.database_owner_url.replace("+psycopg", "")
    tries: list[int] = []

    def unit() -> None:
        tries.append(1)
        db.session.execute(text("INSERT INTO toy (name) VALUES ('late')"))
        db.session.commit()

    with psycopg.connect(address) as other, app.app_context():
        other.execute("LOCK TABLE toy IN ACCESS EXCLUSIVE MODE")
        threading.Timer(2.5, other.rollback).start()
        transaction.run(unit, repeatable=False)
    assert len(tries) == 2


class TroubleError(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        super().__init__()
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "repeatable", "tries"),
    [
        *(("40001", False, 4), ("40P01", False, 4), ("55P03", False, 4), ("57P01", True, 4), (None, True, 4)),
        *(("57P01", False, 1), (None, False, 1), ("23505", True, 1), ("57014", True, 1)),
    ],
)
def test_what_is_repeated(app: Flask, sqlstate: str | None, repeatable: bool, tries: int) -> None:
    attempts: list[int] = []

    def unit() -> None:
        attempts.append(1)
        raise OperationalError("statement", {}, TroubleError(sqlstate))

    with app.app_context(), pytest.raises(OperationalError):
        transaction.run(unit, repeatable=repeatable)
    assert len(attempts) == tries


def test_the_roles_settings(app: Flask) -> None:
    wanted = {
        "statement_timeout": "5s",
        "lock_timeout": "2s",
        "idle_in_transaction_session_timeout": "10s",
        "synchronous_commit": "on",
        "TimeZone": "UTC",
        "log_parameter_max_length_on_error": "0",
        "transaction_isolation": "read committed",
    }
    with app.app_context():
        assert {name: db.session.scalar(text(f"SHOW {name}")) for name in wanted} == wanted


def test_the_web_role_may_not_change_tables(app: Flask) -> None:
    with app.app_context(), pytest.raises(Exception, match="permission denied"):
        db.session.execute(text("CREATE TABLE mine (id int)"))


def test_not_migrated_is_not_ready(cluster: Cluster, settings: Settings, make_empty: Callable[[], Settings]) -> None:
    made = create_app(make_empty(), ())
    answer = made.test_client().get("/health/ready")
    assert answer.status_code == 503
    assert (answer.json or {})["code"] == "not_migrated"
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def make_empty(cluster: Cluster, tmp_path: Path) -> Callable[[], Settings]:
    def make_one() -> Settings:
        urls = cluster.urls()
        server = Server(urls.owner_url, urls.app_url, urls.superuser_url, "none")
        server.create("empty")
        return server.settings("empty", tmp_path)

    return make_one


def test_pools_do_not_overflow(settings: Settings) -> None:
    options = engine_options(settings)
    assert (options["pool_size"], options["max_overflow"], options["pool_timeout"]) == (3, 0, 2)
    assert options["hide_parameters"]
