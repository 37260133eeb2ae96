"""The migrations are one line, lead to the models, and lead back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import create_engine, inspect, text

from backend.core import health, migrate
from backend.core.db import Base
from backend.core.settings import Settings
from tests.conftest import Server


def test_there_is_one_line() -> None:
    assert len(health.expected_versions()) == 1


def test_the_tables_are_those_of_the_models(app: Flask, settings: Settings) -> None:
    engine = create_engine(settings.database_owner_url)
    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": _ours}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    engine.dispose()
    assert differences == []


def _ours(_object: object, name: str | None, kind: str, _reflected: bool, _compare: object) -> bool:
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


@pytest.fixture
def empty(server: Server, tmp_path: Path) -> Iterator[Settings]:
    name = f"test_{secrets.token_hex(6)}"
    server.create(name)
    yield server.settings(name, tmp_path)
    server.drop(name)


def tables(settings: Settings) -> set[str]:
    engine = create_engine(settings.database_owner_url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found - {"alembic_version"}


def test_up_down_and_up_again(empty: Settings) -> None:
    migrate.upgrade(empty)
    first = tables(empty)
    command.downgrade(migrate.config(empty), "base")
    assert tables(empty) == set()
    migrate.upgrade(empty)
    assert tables(empty) == first


def test_the_web_role_uses_but_does_not_own(settings: Settings) -> None:
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        owned = connection.scalar(text("SELECT count(*) FROM pg_tables WHERE tableowner = current_user"))
        asked = text("SELECT has_table_privilege('idempotency', :right)")
        rights = {right: connection.scalar(asked, {"right": right}) for right in ("INSERT", "DELETE", "TRUNCATE")}
        assert (owned, rights) == (0, {"INSERT": True, "DELETE": True, "TRUNCATE": False})
    engine.dispose()
