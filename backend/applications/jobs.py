"""What the worker does for applications each minute; the rows are the truth, a lost minute is made up for."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from backend.applications.files import jobs as files_jobs  # noqa: F401 - registers its own
from backend.applications.service import keeping, resume
from backend.core.db import db
from backend.core.jobs import defer, sweeper, task

RECEIVE = "applications.receive"
log = structlog.get_logger("amtsweg.applications")


@task(RECEIVE)
def receive(row_id: str) -> None:
    """The time for undoing is over: the office's part begins."""
    keeping.receive(db.session(), UUID(row_id))
    db.session.commit()


@sweeper
def end_undo() -> None:
    """Queue a job for every application whose time for undoing is over."""
    for application_id in keeping.undo_ends(db.session()):
        defer(db.session(), RECEIVE, application_id)


@sweeper
def remind() -> None:
    """Remind of open requests and of drafts that will be erased."""
    _each(keeping.remind_requests, keeping.give_grace, keeping.warn_drafts)


@sweeper
def forget_applications() -> None:
    """Tell people what will be erased, erase what has come to its day, and links that nobody needs."""
    _each(
        keeping.set_ends,
        keeping.announce_erasures,
        keeping.purge_decided,
        keeping.erase_ended,
        resume.forget_old,
    )


def _each(*steps: Callable[[Session], object]) -> None:
    """Take each step in a transaction of its own; one that fails keeps no other from its work and is raised last."""
    failed: list[Exception] = []
    for step in steps:
        session = db.session()
        try:
            step(session)
            session.commit()
        except Exception as error:  # what stands in the way of one step must not keep the others from erasing
            session.rollback()
            log.error("step_failed", step=step.__name__, exc_info=error)
            failed.append(error)
    if failed:
        raise ExceptionGroup("steps failed", failed)
