"""The appointment as a calendar file, by secret or by a link that works once."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from backend.booking import queries, rules
from backend.booking.service import secrets
from backend.booking.service.entry import admit
from backend.booking.service.letter import message_of
from backend.core.errors import NotFound
from backend.core.settings import get_settings
from backend.notifications import service as notifications

LINK = "/api/v1/calendar/"


def appointment_calendar(session: Session, reference: str, secret: str | None) -> bytes:
    """The calendar file of a booked or cancelled appointment; raises NotFound (also while it is not confirmed)."""
    row = admit(session, reference, secret, lock=False)
    return _file(session, row.id)


def create_calendar_link(session: Session, reference: str, secret: str | None) -> str:
    """An address of this portal that gives the file once, within 60 seconds: for devices that want a plain link."""
    row = admit(session, reference, secret)
    if row.state == "unconfirmed":
        raise NotFound
    return get_settings().public_url + LINK + secrets.add_secret(session, row.id, "calendar", rules.CALENDAR_LINK)


def calendar_by_link(session: Session, token: str, *, use: bool = True) -> bytes:
    """The file of a link, which is used up by it unless somebody only looks; raises NotFound."""
    found = queries.appointment_of_calendar_link(session, token, use=use)
    if found is None:
        raise NotFound
    return _file(session, found)


def _file(session: Session, appointment_id: UUID) -> bytes:
    row = queries.appointment_by_id_unchecked(session, appointment_id)
    if row is None or row.erased_at is not None or row.state == "unconfirmed":
        raise NotFound
    return notifications.calendar_file(message_of(session, row, row.language), row.language)
