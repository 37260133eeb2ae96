"""Cancel, and take the cancellation back within five minutes if the time is still free."""

from __future__ import annotations

import secrets as random
from datetime import timedelta

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.orm import Session

from backend.booking import queries, rules
from backend.booking.errors import AppointmentOver, UndoOver
from backend.booking.service import contact_limit, origin, secrets, stock
from backend.booking.service.entry import admit
from backend.booking.service.messages import send
from backend.booking.service.view import view
from backend.booking.service.visit import lock_and_take, same_visit, slot_taken
from backend.booking.types import AppointmentView, Contact
from backend.capacity import service as capacity
from backend.core.settings import get_settings
from backend.notifications.types import MessageKind

_CANCEL = text(
    """
    UPDATE appointment SET state = 'cancelled', cancelled_at = clock_timestamp(), confirm_by = NULL,
        sequence = sequence + 1, updated_at = clock_timestamp()
    WHERE id = :appointment RETURNING *, clock_timestamp() AS now
    """
).bindparams(bindparam("appointment", type_=Uuid))

_UNDO = text(
    """
    UPDATE appointment SET state = 'booked', cancelled_at = NULL, sequence = sequence + 1,
        updated_at = clock_timestamp()
    WHERE id = :appointment RETURNING *, clock_timestamp() AS now
    """
).bindparams(bindparam("appointment", type_=Uuid))


def release_delay() -> timedelta:
    """How long a freed time stays hidden: random, so that nobody can wait for the moment at which times come back."""
    longest = get_settings().release_delay_max
    return timedelta(milliseconds=random.randbelow(int(longest.total_seconds() * 1000) + 1))


def cancel_appointment(session: Session, reference: str, secret: str | None) -> AppointmentView:
    """Cancel; a second time gives the same answer. Raises NotFound, AppointmentOver."""
    row = admit(session, reference, secret)
    if row.state == "cancelled":
        return view(session, row)
    if row.starts_at <= row.now or rules.state_at(row.state, row.confirm_by, row.now) == "expired":
        raise AppointmentOver
    if row.state == "unconfirmed":
        stock.close(session, row.id, ["unconfirmed"], "cancelled", timedelta())
        return view(session, session.execute(_CANCEL, {"appointment": row.id}).one())
    periods = stock.claims_of(session, row.id, "booked")
    lanes = capacity.lock_periods(session, periods)
    stock.close(session, row.id, ["booked"], "cancelled", release_delay())
    for period in periods:
        lanes.vacate(*period)
    cancelled = session.execute(_CANCEL, {"appointment": row.id}).one()
    send(session, cancelled, MessageKind.CANCELLED, {})
    origin.tell(session, cancelled, "cancelled")
    return view(session, cancelled)


def undo_cancellation(session: Session, reference: str, secret: str | None) -> AppointmentView:
    """Take the cancellation back within five minutes; a second time gives the same answer.

    Raises NotFound, UndoOver, SlotTaken with alternatives when somebody else has the time, ContactLimit.
    """
    row = admit(session, reference, secret)
    if row.state == "booked":
        return view(session, row)
    until = rules.undo_until(row.cancelled_at, was_confirmed=row.confirmed_at is not None)
    if row.state != "cancelled":
        raise UndoOver
    if until is None or until <= row.now or row.starts_at <= row.now:
        raise UndoOver
    services = queries.services_of(session, row.id)
    contact = Contact(row.email, row.mobile)
    contact_limit.stand_in_line(session, contact)
    contact_limit.enforce(session, contact, [service for service, _ in services], row.language)
    visit = same_visit(session, services, row.office, row.needs, (row.starts_at, row.ends_at))
    if lock_and_take(session, visit, row.id) is None:
        raise slot_taken(session, visit)
    booked = session.execute(_UNDO, {"appointment": row.id}).one()
    manage = secrets.add_secret(session, row.id, "manage")
    send(session, booked, MessageKind.CONFIRMED, {"manage": manage, "code": secrets.code_of(row.reference)})
    origin.tell(session, booked, "booked")
    return view(session, booked)
