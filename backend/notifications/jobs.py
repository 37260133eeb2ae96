"""What the worker does for notifications: send a row, look for forgotten rows, erase old contacts."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from backend.core.db import db
from backend.core.jobs import defer, sweeper, task
from backend.core.settings import get_settings
from backend.notifications import delivery, queries
from backend.notifications.service import SEND_TASK

CONTACT_KEPT = timedelta(days=90)
STATE_KEPT = timedelta(days=365)


@task(SEND_TASK)
def send(row_id: str) -> None:
    """Try one message once."""
    delivery.deliver(db.session(), get_settings(), UUID(row_id))


@sweeper
def nudge_messages() -> None:
    """Queue a job for every message that is due or was left by a killed worker."""
    for message_id in queries.nudge_due(db.session()):
        defer(db.session(), SEND_TASK, message_id)


@sweeper
def forget_contacts() -> None:
    """Erase the contacts of messages that ended long ago, later the rest of them."""
    queries.forget_recipients(db.session(), CONTACT_KEPT)
    queries.forget_messages(db.session(), STATE_KEPT)
