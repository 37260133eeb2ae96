"""Hygiene of core's own tables; nothing is correct only because of it."""

from __future__ import annotations

from sqlalchemy import text

from backend.core import erasures, limits, proof
from backend.core.db import db
from backend.core.jobs import sweeper
from backend.core.settings import get_settings

_KEYS = text("DELETE FROM idempotency WHERE created_at < clock_timestamp() - interval '24 hours'")
_LEFT_JOBS = text(
    "DELETE FROM procrastinate_jobs j WHERE status <> 'todo' AND NOT EXISTS (SELECT FROM procrastinate_events e"
    " WHERE e.job_id = j.id AND e.at > clock_timestamp() - interval '7 days')"
)
_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtext('amtsweg housekeeping'))")


@sweeper
def forget_what_is_over() -> None:
    """Delete expired keys, old ranges, used challenges and jobs that ended a week ago; one worker at a time."""
    if not db.session.scalar(_ALONE):
        return
    limits.forget_old()
    proof.forget_old()
    db.session.execute(_KEYS)
    db.session.execute(_LEFT_JOBS)


@sweeper
def write_ledger() -> None:
    """Tell the ledger beside the backups what was erased."""
    erasures.write(db.session, get_settings().data_dir / erasures.NAME)
