"""What the worker does for booking each minute."""

from __future__ import annotations

from backend.booking.service import retention
from backend.core.db import db
from backend.core.jobs import sweeper


@sweeper
def forget_appointments() -> None:
    """Erase names, contacts, holds and links whose time is over."""
    retention.forget(db.session())
