"""One PostgreSQL per run, one migrated template, one database per test module, a client that checks every answer."""

from __future__ import annotations

import contextvars
import os
import secrets
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from psycopg import sql
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.orm import Session, scoped_session
from werkzeug.test import TestResponse

from backend.app import DOMAINS, create_app
from backend.cli import main
from backend.core import i18n, migrate
from backend.core.db import db
from backend.core.settings import Settings
from backend.local.postgres import Cluster

LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}  # noqa: S104 - names of this machine
SECRET_KEY = b"only-for-tests-" * 3


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server: addresses of owner and app (of any database) and of the role that makes databases."""

    owner_url: str
    app_url: str
    admin_url: str
    template: str

    def run(self, statement: sql.Composed) -> None:
        """Carry out one statement as the role that makes databases."""
        address = make_url(self.admin_url).set(drivername="postgresql", database="postgres")
        with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(statement)

    def create(self, name: str, *, template: str | None = None) -> None:
        """Make a database owned by the owner, empty or as a copy of the template."""
        words = [sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(self.owner))]
        if template is not None:
            words.append(sql.SQL("TEMPLATE {} STRATEGY wal_log").format(sql.Identifier(template)))
        self.run(sql.SQL(" ").join(words))

    def drop(self, name: str) -> None:
        """Remove a database even when something still holds it."""
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @property
    def owner(self) -> str:
        """The owner's role."""
        return str(make_url(self.owner_url).username)

    def settings(self, database: str, data_dir: Path) -> Settings:
        """Settings of the program under test on one database of this server."""
        owner, app = (
            make_url(url).set(database=database).render_as_string(hide_password=False)
            for url in (self.owner_url, self.app_url)
        )
        return Settings(
            env="test",
            database_url=app,
            database_owner_url=owner,
            public_url="http://localhost",
            smtp_url="smtp://127.0.0.1:1",
            secret_key=SECRET_KEY,
            data_dir=data_dir,
            demo=False,
            limits="observe_loopback",
            release_delay_max=timedelta(0),
            master_keys={b"test\0\0\0\0": b"only-for-tests-only-for-tests-32"},
        )


class Started:
    """The server of this run: an outside one (DATABASE_URL), else the embedded one; template migrated once."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="amtsweg-tests-"))
        self._folder.chmod(0o755)
        self._cluster: Cluster | None = None
        outside = os.environ.get("DATABASE_URL")
        template = f"amtsweg_template_{secrets.token_hex(4)}"
        if outside:
            owner = os.environ.get("DATABASE_OWNER_URL", outside)
            urls = tuple(make_url(url).set(drivername="postgresql+psycopg") for url in (owner, outside, owner))
            self.server = Server(*(url.render_as_string(hide_password=False) for url in urls), template)
        else:
            self._cluster = Cluster(self._folder, settings={"fsync": "off", "max_connections": "300"})
            made = self._cluster.start()
            self.server = Server(made.owner_url, made.app_url, made.superuser_url, template)
        self.server.create(template)
        migrate.upgrade(self.server.settings(template, self._folder))

    def stop(self) -> None:
        """Leave nothing behind."""
        if self._cluster is not None:
            self._cluster.stop("immediate")
        else:
            self.server.drop(self.server.template)
        shutil.rmtree(self._folder, ignore_errors=True)


_started: list[Started] = []


def pytest_configure_node(node: Any) -> None:
    """The controller of a parallel run starts the server once and tells every worker where it is."""
    if not _started:
        _started.append(Started())
    server = _started[0].server
    node.workerinput["server"] = (server.owner_url, server.app_url, server.admin_url, server.template)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first and small files last, so that at the end no worker waits long for the other."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in slow, -sizes[item.path]))


def pytest_unconfigure() -> None:
    """Stop what this process started."""
    while _started:
        _started.pop().stop()


@pytest.fixture(scope="session", autouse=True)
def _only_loopback() -> None:
    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(args[1], tuple) and args[1][0] not in LOOPBACK:
            raise PermissionError(f"tests may not connect to {args[1][0]}")

    sys.addaudithook(watch)


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Server:
    """The PostgreSQL server of this run."""
    told = getattr(request.config, "workerinput", {}).get("server")
    if told:
        return Server(*told)
    if not _started:
        _started.append(Started())
    return _started[0].server


@pytest.fixture(scope="session")
def catalogue_template(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database with the real catalogue, imported once in a process as the operator imports it."""
    name = f"test_{secrets.token_hex(6)}"
    server.create(name, template=server.template)
    for app in _running(server.settings(name, tmp_path_factory.mktemp("data")), DOMAINS):
        command: Any = main
        result = CliRunner().invoke(command.get_command(None, "catalogue"), ["import"], obj=lambda made=app: made)
        assert result.exit_code == 0, result.output
    yield name
    server.drop(name)


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """The database that the modules' databases are copies of: migrated and empty; a domain's tests may override it."""
    return server.template


@pytest.fixture(scope="module")
def settings(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings on a database of this test module, a copy of the template."""
    name = f"test_{secrets.token_hex(6)}"
    server.create(name, template=template)
    yield server.settings(name, tmp_path_factory.mktemp("data"))
    server.drop(name)


@pytest.fixture(scope="module")
def domains() -> tuple[str, ...]:
    """The domains to mount; a domain's tests may override it to do without their neighbours."""
    return DOMAINS


@pytest.fixture(scope="module")
def app(settings: Settings, domains: tuple[str, ...]) -> Iterator[Flask]:
    """The application on this module's database."""
    yield from _running(settings, domains)


def _running(settings: Settings, domains: tuple[str, ...]) -> Iterator[Flask]:
    made = create_app(settings, domains)
    made.test_client_class = CheckedClient
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def make_app(
    server: Server, tmp_path: Path, domains: tuple[str, ...], request: pytest.FixtureRequest
) -> Callable[..., Flask]:
    """Makes an application with changed settings, on a database of its own unless one is given."""

    def make(**changes: Any) -> Flask:
        name = f"test_{secrets.token_hex(6)}"
        server.create(name, template=server.template)
        running = _running(replace(server.settings(name, tmp_path), **changes), domains)
        made = next(running)
        request.addfinalizer(lambda: server.drop(name))
        request.addfinalizer(lambda: next(running, None))
        return made

    return make


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client whose every answer is checked for what holds on all pages."""
    return app.test_client()


@pytest.fixture
def db_session(app: Flask) -> Iterator[scoped_session[Session]]:
    """The application's session for service tests; what is not committed is rolled back."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture(scope="module")
def engine(settings: Settings) -> Iterator[Engine]:
    """A plain engine with the application role on this module's database, for a second look from outside."""
    made = create_engine(settings.database_url)
    yield made
    made.dispose()


class CheckedClient(FlaskClient):
    """Checks what must hold for every answer; each request runs in a context of its own, as on a server."""

    may_fail = False

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and check its answer."""
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        check_answer(answer, may_fail=self.may_fail)
        return answer


def check_answer(answer: TestResponse, *, may_fail: bool = False) -> None:
    """No fault of ours, problem documents, strict headers, no CORS."""
    assert may_fail or answer.status_code < 500, answer.get_data(as_text=True)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in answer.headers
    assert "Cache-Control" in answer.headers
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
    if answer.status_code >= 400 and answer.request.path.startswith(("/api", "/health")):
        assert answer.content_type == "application/problem+json"
        assert answer.json is None or {"type", "title", "status", "code", "instance", "errors"} <= answer.json.keys()


@pytest.fixture
def formats() -> Iterator[None]:
    """A context in which dates can be written without the whole application."""
    app = Flask("formats")
    i18n.init_app(app)
    with app.app_context():
        yield
