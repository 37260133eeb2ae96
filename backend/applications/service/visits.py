"""The visit of an application: booking tells when it was booked, moved or cancelled; `app.py` connects the two."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications import codes, life, queries
from backend.applications.types import By, Happening


def told(
    session: Session, word: str, what: Literal["booked", "moved", "cancelled"], reference: str, starts_at: datetime
) -> None:
    """Write down what booking says about the visit; a word that is not ours or no longer anybody's is passed over.

    Of several appointments the newest counts, so the end of an older one changes nothing.
    """
    application_id = codes.application_of(word)
    row = None if application_id is None else queries.by_id_unchecked(session, application_id, lock=True)
    if row is None or (what == "cancelled" and booked(session, row.id)["reference"] != reference):
        return
    state = "cancelled" if what == "cancelled" else "booked"
    data = {"state": state, "reference": reference, "starts_at": starts_at.isoformat()}
    life.record(session, row, Happening.APPOINTMENT, By.SYSTEM, data)
    session.flush()


def booked(session: Session, application_id: UUID) -> dict[str, Any]:
    """Number and time of the appointment, from the newest event about it; both None when there was none."""
    newest = next(
        (
            event.data
            for event in reversed(queries.events_of(session, application_id))
            if event.type is Happening.APPOINTMENT
        ),
        {},
    )
    return {"reference": newest.get("reference"), "starts_at": newest.get("starts_at")}
