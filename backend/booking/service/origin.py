"""Where an appointment comes from, as an opaque word of another room: kept with its hold, told back on every change.

Booking does not know what the word means. It lies in a table of its own, so that a booking without one costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import Row
from sqlalchemy.orm import Session

from backend.core.security import format_reference
from backend.core.sql import Statement

What = Literal["booked", "moved", "cancelled"]
Listener = Callable[[Session, str, What, str, datetime], None]
_LISTENERS = "amtsweg-booking-listeners"

_KEEP = Statement("INSERT INTO booking_origin (hold_id, origin) VALUES (%(hold)s::uuid, %(origin)s::text)")
_ASK = Statement("SELECT origin FROM booking_origin WHERE hold_id = %(hold)s::uuid")
_VISITS = Statement(
    "SELECT a.reference, a.office, a.starts_at, a.state, o.origin FROM booking_origin o JOIN appointment a"
    " ON a.hold_id = o.hold_id WHERE o.origin = ANY(%(origins)s::text[]) ORDER BY a.starts_at DESC, a.id"
    " LIMIT %(most)s::int"
)
_FORGET = Statement(
    "DELETE FROM booking_origin o WHERE NOT EXISTS (SELECT FROM hold WHERE id = o.hold_id) AND NOT EXISTS"
    " (SELECT FROM appointment a WHERE a.hold_id = o.hold_id AND a.erased_at IS NULL)"
)


def listen(app: Flask, listener: Listener) -> None:
    """Call `listener(session, origin, what, reference, starts_at)` in the transaction of a change."""
    app.extensions.setdefault(_LISTENERS, []).append(listener)


def keep(session: Session, hold_id: UUID, origin: str | None) -> None:
    """Remember where a hold comes from, if its maker said so."""
    if origin is not None:
        _KEEP.execute(session, {"hold": hold_id, "origin": origin})


def tell(session: Session, row: Row[Any], what: What) -> None:
    """Tell whoever listens that the appointment of this row was booked, moved or cancelled."""
    listeners: list[Listener] = current_app.extensions.get(_LISTENERS, [])
    found = _ASK.first(session, {"hold": row.hold_id}) if listeners else None
    if found is not None:
        for listener in listeners:
            listener(session, found.origin, what, format_reference(row.reference), row.starts_at)


def visits_unchecked(session: Session, origins: Sequence[str], most: int) -> list[Any]:
    """Appointments that came from these words, newest first: reference, office, starts_at, state, origin."""
    return _VISITS.all(session, {"origins": list(origins), "most": most})


def forget(session: Session) -> None:
    """Drop the origins of holds that led to nothing and of erased appointments."""
    _FORGET.execute(session, {})
