"""What the worker does for applications each minute; the rows are the truth, a lost minute is made up for."""

from __future__ import annotations

from uuid import UUID

from backend.applications.files import jobs as files_jobs  # noqa: F401 - registers its own
from backend.applications.service import keeping, resume
from backend.core.db import db
from backend.core.jobs import defer, sweeper, task

RECEIVE = "applications.receive"


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
    keeping.remind_requests(db.session())
    keeping.give_grace(db.session())
    keeping.warn_drafts(db.session())


@sweeper
def forget_applications() -> None:
    """Tell people what will be erased, erase what has come to its day, and links that nobody needs."""
    keeping.set_ends(db.session())
    keeping.announce_erasures(db.session())
    keeping.purge_decided(db.session())
    keeping.erase_ended(db.session())
    resume.forget_old(db.session())
