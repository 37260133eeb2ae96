"""What the worker does for casework each minute: decisions leave, promises are watched, the law grants."""

from __future__ import annotations

from uuid import UUID

import structlog
from sqlalchemy.exc import TimeoutError as PoolTimeout

from backend.casework import jobs_reading, queries  # noqa: F401 - jobs of the same room
from backend.casework.service import batch, deciding, escalation
from backend.core.db import db
from backend.core.jobs import defer, sweeper, task
from backend.core.pdf import Unprintable
from backend.core.transaction import is_disconnect

LEAVE = "casework.leave"
DEEM = "casework.deem"
BATCH = 100
TWICE = 2
log = structlog.get_logger("amtsweg.casework")


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


@sweeper
def promises_watched() -> None:
    """Tell offices of promises that are about to break."""
    escalation.warn(db.session())


@task(batch.CARRY)
def carry_batch(row_id: str) -> None:
    """Go on with a batch, a second at a time; where it stumbles it goes case by case and names the one in the way.

    What passes names nobody: a case is named that fails twice running, and a lost database is raised, so that the job
    is repeated.
    """
    session, batch_id, seconds, stumbled, more = db.session(), UUID(row_id), batch.STEP, 0, True
    while more:
        try:
            more = batch.carry_on(session, batch_id, seconds)
            stumbled = 0
        except Exception as error:  # one broken case must not keep the others from being done
            session.rollback()
            if is_disconnect(error) or isinstance(error, PoolTimeout):
                raise
            log.error("batch_stumbled", row_id=row_id, exc_info=error)
            seconds, stumbled = 0.0, stumbled + 1
            if stumbled == TWICE:
                batch.give_up_on_first(session, batch_id)
                seconds, stumbled = batch.STEP, 0
        session.commit()


@sweeper
def batches_go_on() -> None:
    """Queue a job for every batch that a killed worker left, and forget those that nobody can undo any more."""
    for batch_id in batch.resting(db.session()):
        defer(db.session(), batch.CARRY, batch_id)
    batch.forget_old(db.session())


@task(DEEM)
def deem(row_id: str) -> None:
    """The time for a decision is over and the law grants it: event, letter and message in one transaction."""
    escalation.grant_deemed(db.session(), UUID(row_id))
    db.session.commit()


@sweeper
def deemed_approvals() -> None:
    """Queue a job for every case that counts as granted by now."""
    for application_id in escalation.deemed(db.session()):
        defer(db.session(), DEEM, application_id)
