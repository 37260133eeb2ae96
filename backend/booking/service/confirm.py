"""The contact says yes: an unconfirmed appointment becomes a booked one and enters the read model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Uuid, bindparam, text
from sqlalchemy.orm import Session

from backend.booking import policy, queries
from backend.booking.errors import AppointmentCancelled, ConfirmationExpired, told_by_constraints
from backend.booking.rules import state_at
from backend.booking.service import contact_limit, origin, secrets, stock
from backend.booking.service.entry import admit
from backend.booking.service.messages import send
from backend.booking.service.view import view
from backend.booking.service.visit import alternatives
from backend.booking.types import AppointmentView, Contact
from backend.booking.wish import resolve_wish
from backend.capacity import service as capacity
from backend.core.errors import DomainError
from backend.notifications.types import MessageKind

_BOOKED = text(
    """
    UPDATE appointment SET state = 'booked', confirm_by = NULL, confirmed_at = clock_timestamp(),
        updated_at = clock_timestamp()
    WHERE id = :appointment RETURNING *, clock_timestamp() AS now
    """
).bindparams(bindparam("appointment", type_=Uuid))


def confirm_appointment(session: Session, reference: str, secret: str | None) -> AppointmentView:
    """Confirm with the secret of the message; a second click gets the same answer, with the secret of the page.

    Raises NotFound (also for the manage secret), ConfirmationExpired with alternatives, AppointmentCancelled,
    ContactLimit.
    """
    row = admit(session, reference, secret, policy.CONFIRM)
    state = state_at(row.state, row.confirm_by, row.now)
    manage = secrets.manage_secret_of(secret or "", row.id)
    if state == "booked":
        secrets.keep_secret(session, row.id, "manage", manage)
        return replace(view(session, row), secret=manage)
    if state == "cancelled":
        raise AppointmentCancelled
    if state == "expired":
        raise expired(session, row)
    services = [service for service, _ in queries.services_of(session, row.id)]
    contact = Contact(row.email, row.mobile)
    contact_limit.stand_in_line(session, contact)
    contact_limit.enforce(session, contact, services, row.language, besides=row.id)
    return replace(view(session, _book(session, row, manage)), secret=manage)


def _book(session: Session, row: Row[Any], manage: str) -> Row[Any]:
    periods = stock.claims_of(session, row.id, "unconfirmed")
    lanes = capacity.lock_periods(session, periods)
    with told_by_constraints():
        kept = stock.make_endless(session, row.id)
    if not kept == len(periods) == 1 + len(row.needs):
        raise expired(session, row)
    for period in periods:
        lanes.occupy(*period)
    booked = session.execute(_BOOKED, {"appointment": row.id}).one()
    secrets.keep_secret(session, row.id, "manage", manage)
    send(session, booked, MessageKind.CONFIRMED, {"manage": manage, "code": secrets.code_of(row.reference)})
    origin.tell(session, booked, "booked")
    return booked


def expired(session: Session, row: Row[Any]) -> ConfirmationExpired:
    """The refusal of a late confirmation, with the nearest free times at the same office."""
    try:
        wish = resolve_wish(session, queries.services_of(session, row.id), [row.office], row.needs)
    except DomainError:  # the service is no longer offered there
        return ConfirmationExpired()
    return ConfirmationExpired(alternatives(session, wish, row.starts_at))
