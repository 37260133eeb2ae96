"""The worker's share: the read model follows the calendar without anybody asking."""

from __future__ import annotations

from sqlalchemy import text

from backend.capacity import service
from backend.core.db import db
from backend.core.jobs import sweeper

_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtext('capacity extend'))")


@sweeper
def extend_read_model() -> None:
    """Once a day, by one worker: make the lane days that came into the booking horizon since."""
    session = db.session()
    if session.execute(_ALONE).scalar_one() and (due := service.offices_behind(session)):
        service.extend(session, due)
