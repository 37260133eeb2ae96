"""Work after the commit: jobs carry a row id only, are deferred in the caller's transaction, and rows are the truth."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

import procrastinate
import structlog
from flask import Flask
from sqlalchemy import bindparam, text
from sqlalchemy.engine import make_url

from backend.core.clock import AnySession
from backend.core.db import db, engine_options
from backend.core.settings import Settings

SWEEP_SECONDS = 60
WORKER_POOL = 4
DEFAULT_QUEUE = "default"
log = structlog.get_logger("amtsweg.jobs")

tasks = procrastinate.Blueprint()
_sweepers: list[Callable[[], None]] = []
_app: list[Flask] = []

_DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(:queue, :task, 0, NULL, NULL, CAST(:args AS jsonb), NULL)"
    "::procrastinate_job_to_defer_v1])"
).bindparams(bindparam("queue"), bindparam("task"), bindparam("args"))


def task(name: str, *, queue: str = DEFAULT_QUEUE) -> Callable[[Callable[[str], None]], Callable[[str], None]]:
    """Register a task `f(row_id)`; the worker runs it in an application context with a session of its own."""

    def register(function: Callable[[str], None]) -> Callable[[str], None]:
        @wraps(function)
        def run(row_id: str) -> None:
            with _app[0].app_context():
                function(row_id)

        tasks.task(name=name, queue=queue)(run)
        return function

    return register


def sweeper(function: Callable[[], None]) -> Callable[[], None]:
    """Register a function that every worker calls each minute: find due rows (SKIP LOCKED) and defer them again."""
    _sweepers.append(function)
    return function


def defer(session: AnySession, task_name: str, row_id: object, *, queue: str = DEFAULT_QUEUE) -> None:
    """Queue a task for a row in the session's own transaction: it exists exactly if the row does."""
    args = json.dumps({"row_id": str(row_id)})
    session.execute(_DEFER, {"queue": queue, "task": task_name, "args": args})


def sweep(app: Flask) -> None:
    """Call every sweeper once; one that fails is logged and does not stop the others."""
    for function in _sweepers:
        with app.app_context():
            try:
                function()
                db.session.commit()
            except Exception as error:  # the loop must live on
                db.session.rollback()
                log.error("sweeper_failed", task=function.__name__, exc_info=error)


def run_worker(app: Flask, settings: Settings) -> None:
    """Work until SIGINT or SIGTERM; a running job is finished first."""
    _app[:] = [app]
    stop = threading.Event()
    loop = threading.Thread(target=_sweep_until, args=(app, stop), name="sweeper", daemon=True)
    loop.start()
    worker = procrastinate.App(connector=_connector(settings))
    worker.add_tasks_from(tasks, namespace="")
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        with worker.open():
            worker.run_worker(concurrency=WORKER_POOL, install_signal_handlers=True)
    finally:
        stop.set()
        loop.join(timeout=5)


def _sweep_until(app: Flask, stop: threading.Event) -> None:
    while not stop.wait(0 if stop.is_set() else SWEEP_SECONDS):
        sweep(app)


def _connector(settings: Settings) -> Any:
    url = make_url(settings.database_url).set(drivername="postgresql")
    options = engine_options(settings)["connect_args"]
    return procrastinate.PsycopgConnector(
        conninfo=url.render_as_string(hide_password=False),
        kwargs={"options": options["options"], "connect_timeout": options["connect_timeout"]},
        max_size=WORKER_POOL,
    )
