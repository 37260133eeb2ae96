"""A job exists exactly if its row does; a real worker carries it out, stops cleanly and survives a lost database."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text

from backend.core import jobs
from backend.core.db import db
from backend.core.settings import Settings

WORKER = """
import sys, time
from pathlib import Path
from backend.app import create_app
from backend.core import jobs
from backend.core.db import db
from sqlalchemy import text
from tests.core.test_jobs import settings_from_environment

@jobs.task("test.work")
def work(row_id):
    if row_id == "slow":
        Path(sys.argv[1], "slow-began").touch()
        time.sleep(1.5)
    if row_id == "bad":
        raise RuntimeError("Schmetterling")
    db.session.execute(text("INSERT INTO done (row_id) VALUES (:row)"), {"row": row_id})
    db.session.commit()

@jobs.sweeper
def swept():
    db.session.execute(text("INSERT INTO done (row_id) VALUES ('swept')"))

settings = settings_from_environment()
jobs.run_worker(create_app(settings, ()), settings)
Path(sys.argv[1], "ended").touch()
"""


def settings_from_environment() -> Settings:
    return Settings(
        env="test",
        database_url=os.environ["TEST_DATABASE"],
        database_owner_url=os.environ["TEST_DATABASE"],
        public_url="http://localhost",
        smtp_url="smtp://127.0.0.1:1",
        secret_key=b"x" * 32,
        data_dir=Path(),
        demo=False,
        limits="off",
    )


@pytest.fixture(scope="module", autouse=True)
def _table(settings: Settings) -> None:
    engine = create_engine(settings.database_owner_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE done (row_id text)"))
    engine.dispose()


@pytest.fixture
def worker(settings: Settings, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    environ = {**os.environ, "TEST_DATABASE": settings.database_url, "PYTHONPATH": str(Path(__file__).parents[2])}
    script = tmp_path / "worker.py"
    script.write_text(WORKER)
    process = subprocess.Popen([sys.executable, str(script), str(tmp_path)], env=environ, stderr=subprocess.PIPE)
    yield process
    process.kill()
    process.communicate()


def wait_for(engine: Engine, row: str, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with engine.connect() as connection:
            if connection.scalar(text("SELECT count(*) FROM done WHERE row_id = :row"), {"row": row}):
                return
        time.sleep(0.05)
    raise AssertionError(f"{row} was not done")


def queue(app: Flask, row: str, *, commit: bool = True) -> str:
    with app.app_context():
        jobs.defer(db.session, "test.work", row)
        if commit:
            db.session.commit()
        else:
            db.session.rollback()
    return row


def queued(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT args->>'row_id' FROM procrastinate_jobs WHERE status = 'todo'")))


def test_a_job_lives_and_dies_with_its_transaction(app: Flask, engine: Engine) -> None:
    kept, gone = queue(app, secrets.token_hex(4)), queue(app, secrets.token_hex(4), commit=False)
    assert kept in queued(engine)
    assert gone not in queued(engine)


def test_a_worker_carries_out_and_sweeps(app: Flask, engine: Engine, worker: subprocess.Popen[bytes]) -> None:
    wait_for(engine, queue(app, "early"))
    wait_for(engine, "swept")
    queue(app, "bad")
    wait_for(engine, queue(app, "later"))
    worker.send_signal(signal.SIGTERM)
    _, written = worker.communicate(timeout=15)
    assert worker.returncode == 0
    assert b"Schmetterling" not in written


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_running_job_is_finished_before_the_end(
    app: Flask, engine: Engine, worker: subprocess.Popen[bytes], tmp_path: Path, ending: signal.Signals
) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM done"))
    queue(app, "slow")
    while not (tmp_path / "slow-began").exists():
        time.sleep(0.05)
    worker.send_signal(ending)
    worker.communicate(timeout=20)
    assert (tmp_path / "ended").exists()
    wait_for(engine, "slow", 0.1)


def test_the_database_going_away_does_not_end_the_worker(
    app: Flask, settings: Settings, engine: Engine, worker: subprocess.Popen[bytes]
) -> None:
    wait_for(engine, queue(app, "before"))
    drop = text("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid()")  # fmt: skip
    with app.app_context():
        db.engine.dispose()
    with engine.connect() as connection:
        assert connection.scalar(drop) >= 1
    wait_for(engine, queue(app, "after"), 30)
    assert worker.poll() is None


def test_a_new_job_is_found_within_two_seconds(app: Flask, engine: Engine, worker: subprocess.Popen[bytes]) -> None:
    with engine.connect() as connection:
        waking = text(
            "SELECT tgenabled FROM pg_trigger WHERE tgrelid = 'procrastinate_jobs'::regclass AND tgname LIKE '%insert%'"
        )
        assert set(connection.scalars(waking)) == {"D"}
    wait_for(engine, queue(app, secrets.token_hex(4)))
    time.sleep(0.3)  # the worker is idle again
    wait_for(engine, queue(app, secrets.token_hex(4)), 2)


def test_what_is_over_is_forgotten(app: Flask, engine: Engine) -> None:
    from backend.core.housekeeping import forget_what_is_over

    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO idempotency (scope, key_hash, request_hash, created_at)"
                " VALUES ('s', 'old', 'r', now() - interval '25 hours'), ('s', 'new', 'r', now())"
            )
        )
    with app.app_context():
        forget_what_is_over()
        db.session.commit()
    with engine.connect() as connection:
        assert list(connection.scalars(text("SELECT convert_from(key_hash, 'UTF8') FROM idempotency"))) == ["new"]


def test_a_job_is_what_the_library_makes_of_it(app: Flask, engine: Engine) -> None:
    columns = "queue_name, task_name, priority, lock, queueing_lock, args, status, scheduled_at, attempts"
    theirs = text(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'same', 0, NULL, NULL, '{\"row_id\": \"7\"}', NULL)"
        "::procrastinate_job_to_defer_v1])"
    )
    with app.app_context():
        jobs.defer(db.session, "same", 7)
        db.session.execute(theirs)
        db.session.commit()
    with engine.begin() as connection:
        made = connection.execute(
            text(f"DELETE FROM procrastinate_jobs WHERE task_name = 'same' RETURNING {columns}")  # noqa: S608 - constants
        ).all()
    assert len(made) == 2
    assert made[0] == made[1]
