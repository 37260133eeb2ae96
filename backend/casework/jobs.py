"""What the worker does for casework each minute: decisions leave when their time for undoing is over."""

from __future__ import annotations

from uuid import UUID

from backend.casework import jobs_reading, queries  # noqa: F401 - jobs of the same room
from backend.casework.service import deciding
from backend.core.db import db
from backend.core.jobs import defer, sweeper, task
from backend.core.pdf import Unprintable

LEAVE = "casework.leave"
BATCH = 100


@task(LEAVE)
def leave(row_id: str) -> None:
    """One decision leaves: event, letter and message in one transaction, so nothing is half sent."""
    session = db.session()
    try:
        deciding.leave(session, UUID(row_id))
    except Unprintable:
        session.rollback()
        deciding.failed(session, UUID(row_id))
    session.commit()


@sweeper
def decisions_leave() -> None:
    """Queue a job for every decision whose time has come; one that failed is tried again."""
    for proposal_id in queries.leaving_unchecked(db.session(), BATCH):
        defer(db.session(), LEAVE, proposal_id)
