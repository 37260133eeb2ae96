"""Writes what happens to an application: one event, the state folded from all of them, a new revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from backend.applications import queries, rules
from backend.applications.errors import NotNow
from backend.applications.models import Application, ApplicationEvent
from backend.applications.types import By, Event, Happening, Standing
from backend.core.clock import db_now

Listener = Callable[[Session, Application, Event], None]
_LISTENERS = "amtsweg-application-listeners"


def listen(app: Flask, listener: Listener) -> None:
    """Call `listener(session, row, event)` after each event, in its transaction; the row shows where it led."""
    app.extensions.setdefault(_LISTENERS, []).append(listener)


def standing_of(session: Session, row: Application) -> Standing:
    """Where an application stands, from its events."""
    return rules.fold(queries.events_of(session, row.id))


def record(
    session: Session,
    row: Application,
    happening: Happening,
    by: By,
    data: Mapping[str, Any] | None = None,
    *,
    undo_until: datetime | None = None,
) -> Standing:
    """Write one event and what follows from it for the row (locked by the caller); raises NotNow.

    `data` holds codes, numbers and ids only; `undo_until` is given when it is sent. The row's `revision` rises by one.
    """
    now = db_now(session)
    event = Event(type=happening, by=by, at=now, data=dict(data or {}))
    try:
        standing = rules.after(standing_of(session, row), event)
    except rules.NotNowError as error:
        raise NotNow(extra={"state": row.state}) from error
    session.add(ApplicationEvent(application_id=row.id, type=happening, by=by, at=now, data=dict(event.data)))
    row.state, row.payment, row.handover = standing.state, standing.payment, standing.handover
    row.appointment, row.waiting_for = standing.appointment, standing.waiting_for
    row.submitted_at, row.received_at, row.decided_at = standing.submitted_at, standing.received_at, standing.decided_at
    row.undo_until = (undo_until or row.undo_until) if standing.state == rules.S.SUBMITTED else None
    row.revision += 1
    if by is not By.SYSTEM:
        row.touched_at = now
    for listener in current_app.extensions.get(_LISTENERS, ()):
        listener(session, row, event)
    return standing


def touch(session: Session, row: Application) -> None:
    """A change without an event (a page was saved): a new revision, and the draft lives on."""
    row.revision += 1
    row.touched_at = db_now(session)
    row.warned_at = row.erase_after = None
