"""What the worker does for files: check a complete one, look for forgotten ones, clear what nobody finished."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from backend.applications.files import checking, queries, service
from backend.applications.files.intake import CHECK_TASK
from backend.applications.files.stores import store_of
from backend.core.db import db
from backend.core.jobs import defer, sweeper, task
from backend.core.settings import get_settings

UNFINISHED_KEPT = timedelta(hours=24)


@task(CHECK_TASK)
def check_attachment(row_id: str) -> None:
    """Check one file."""
    checking.check(db.session(), get_settings(), UUID(row_id))


@task(service.SHRED_TASK)
def shred_attachment(row_id: str) -> None:
    """Remove the bytes of a file whose row is gone."""
    store_of(get_settings()).remove(str(UUID(row_id)))


@sweeper
def nudge_checks() -> None:
    """Queue a job for every file that is due or was left by a killed worker."""
    for attachment_id in queries.due(db.session()):
        defer(db.session(), CHECK_TASK, attachment_id)


@sweeper
def clear_unfinished() -> None:
    """Remove uploads that nobody went on with for a day."""
    service.discard(db.session(), queries.abandoned(db.session(), UNFINISHED_KEPT))
