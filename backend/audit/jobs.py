"""What the worker does for the trail: seal it every minute, verify it every night, erase what is too old."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import structlog
from sqlalchemy import text

from backend.audit import chain, queries, service
from backend.core.access import SYSTEM
from backend.core.clock import BERLIN, db_now
from backend.core.db import db
from backend.core.jobs import defer, sweeper, task

VERIFY_TASK = "audit.verify"
BEGUN, DONE = "audit.verification_begun", "audit.verified"
NIGHT = time(2, 0)
KEPT = timedelta(days=3 * 366)  # assumption: how long reasons and payloads are kept; the chain itself stays
_FORGET = text("SELECT audit_forget(clock_timestamp() - make_interval(days => :days))")
log = structlog.get_logger("amtsweg.audit")


@sweeper
def seal_trail() -> None:
    """Chain what was written; an entry that waits too long (a transaction that never ends) is an alarm."""
    chain.seal(db.session())
    waiting = queries.late(db.session(), chain.LATE_SECONDS, everywhere=False)
    if waiting:
        log.error("audit_not_sealed", count=waiting)


@sweeper
def begin_nightly_verification() -> None:
    """Once a night, by whichever worker comes first."""
    session = db.session()
    if not chain.alone(session):
        return
    began = last_night(db_now(session).astimezone(BERLIN))
    if queries.since(session, BEGUN, began):
        return
    day: date = began.date()
    service.record(session, actor=SYSTEM, action=BEGUN, object_type="audit", object_id=day)
    defer(session, VERIFY_TASK, day)


@task(VERIFY_TASK)
def verify_trail(day: str) -> None:
    """Verify the whole chain, write the result into the trail, and into the log, which leaves the machine."""
    session = db.session()
    report = chain.verify(session)
    payload = {"head": str(report.head), "entries": report.entries, "faults": chain.as_payload(report.faults)}
    service.record(session, actor=SYSTEM, action=DONE, object_type="audit", object_id=day, payload=payload)
    session.execute(_FORGET, {"days": KEPT.days})
    session.commit()
    (log.error if report.faults else log.info)("audit_verified", count=len(report.faults), row_id=str(report.head))


def last_night(now: datetime) -> datetime:
    """The newest two o'clock in Berlin that is over."""
    tonight = datetime.combine(now.date(), NIGHT, BERLIN)
    return tonight if tonight <= now else datetime.combine(now.date() - timedelta(days=1), NIGHT, BERLIN)
