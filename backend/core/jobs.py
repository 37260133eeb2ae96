"""Work after the commit: jobs carry a row id only, are deferred in the caller's transaction, and rows are the truth."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import procrastinate
import psycopg
import structlog
from flask import Flask
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from backend.core.clock import AnySession
from backend.core.db import db, engine_options
from backend.core.settings import Settings
from backend.core.sql import Statement

SWEEP_SECONDS = 60
PAUSE_SECONDS = 2
LOOK_SECONDS = 1  # a new job wakes nobody, because NOTIFY lets every commit with a job wait for the others
WORKER_POOL = 4
DEFAULT_QUEUE = "default"
LOST_DATABASE = procrastinate.RetryStrategy(max_attempts=5, wait=1, linear_wait=2, retry_exceptions={DBAPIError})
log = structlog.get_logger("amtsweg.jobs")

_tasks: dict[str, tuple[Callable[[str], None], str]] = {}
_sweepers: list[Callable[[], None]] = []

# What the library's procrastinate_defer_jobs_v1() does for one job, a third cheaper; a test holds it against that. For
# statements that write a row and its job at once: append "FROM <the row>"; its values: `job()`.
DEFER = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)"
    " SELECT %(queue)s::text, %(task)s::text, 0, %(args)s::jsonb"
)
_DEFER = Statement(DEFER)


def task(name: str, *, queue: str = DEFAULT_QUEUE) -> Callable[[Callable[[str], None]], Callable[[str], None]]:
    """Register a task `f(row_id)`; the worker runs it in an application context with a session of its own.

    The row is the truth and the job only a nudge: what fails is tried again by the row's sweeper; only a lost database
    is tried again at once.
    """

    def register(function: Callable[[str], None]) -> Callable[[str], None]:
        _tasks[name] = (function, queue)
        return function

    return register


def sweeper(function: Callable[[], None]) -> Callable[[], None]:
    """Register a function that every worker calls each minute: find due rows (SKIP LOCKED) and defer them again."""
    _sweepers.append(function)
    return function


def defer(session: AnySession, task_name: str, row_id: object, *, queue: str = DEFAULT_QUEUE) -> None:
    """Queue a task for a row in the session's own transaction: it exists exactly if the row does."""
    _DEFER.ask(session, job(task_name, row_id, queue=queue))


def job(task_name: str, row_id: object, *, queue: str = DEFAULT_QUEUE) -> dict[str, str]:
    """The values of `DEFER`."""
    return {"queue": queue, "task": task_name, "args": json.dumps({"row_id": str(row_id)})}


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
    """Work until SIGINT or SIGTERM; a running job is finished first, a lost database is waited for."""
    stop = threading.Event()
    loop = threading.Thread(target=_sweep_until, args=(app, stop), name="sweeper", daemon=True)
    loop.start()
    try:
        while True:
            try:
                _worker(app, settings).run_worker(
                    concurrency=WORKER_POOL,
                    delete_jobs="successful",
                    fetch_job_polling_interval=LOOK_SECONDS,
                    listen_notify=False,
                )
            except (ConnectorException, psycopg.Error, PoolTimeout) as error:
                log.warning("worker_waits", exc_info=error)
                time.sleep(PAUSE_SECONDS)
            else:
                return
    finally:
        stop.set()
        loop.join(timeout=5)


def _worker(app: Flask, settings: Settings) -> procrastinate.App:
    """The library's application with all registered tasks."""
    made = procrastinate.App(connector=_connector(settings))
    for name, (function, queue) in _tasks.items():
        made.task(name=name, queue=queue, retry=LOST_DATABASE)(_in_context(app, function))
    return made


def _in_context(app: Flask, function: Callable[[str], None]) -> Callable[[str], None]:
    @wraps(function)
    def run(row_id: str) -> None:
        with app.app_context():
            function(row_id)

    return run


def _sweep_until(app: Flask, stop: threading.Event) -> None:
    """Sweep at start (rows that a killed worker left) and then every minute."""
    while True:
        sweep(app)
        if stop.wait(SWEEP_SECONDS):
            return


def _connector(settings: Settings) -> Any:
    url = make_url(settings.database_url).set(drivername="postgresql")
    options = engine_options(settings)["connect_args"]
    return procrastinate.PsycopgConnector(
        conninfo=url.render_as_string(hide_password=False),
        kwargs={"options": options["options"], "connect_timeout": options["connect_timeout"]},
        max_size=WORKER_POOL,
    )
