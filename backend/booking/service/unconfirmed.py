"""While an appointment waits for its confirmation: send the link again, correct the contact, sixty more minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Interval, Row, SmallInteger, Text, Uuid, bindparam, text
from sqlalchemy.orm import Session

from backend.booking import rules
from backend.booking.errors import AlreadyConfirmed, AppointmentCancelled, NoExtensionsLeft, told_by_constraints
from backend.booking.service import secrets
from backend.booking.service.confirm import expired
from backend.booking.service.entry import admit
from backend.booking.service.messages import send
from backend.booking.service.people import reachable_contact
from backend.booking.service.view import view
from backend.booking.types import AppointmentView
from backend.core.settings import get_settings
from backend.notifications.types import MessageKind

_NEXT_MAIL = text(
    "UPDATE appointment SET mails = mails + 1 WHERE id = :appointment RETURNING *, clock_timestamp() AS now"
).bindparams(bindparam("appointment", type_=Uuid))

_CORRECT = text(
    """
    UPDATE appointment SET email = :email, mobile = :mobile, contact_key = :contact, mails = mails + 1,
        updated_at = clock_timestamp()
    WHERE id = :appointment RETURNING *, clock_timestamp() AS now
    """
).bindparams(
    bindparam("appointment", type_=Uuid), *(bindparam(name, type_=Text) for name in ("email", "mobile", "contact"))
)

_EXTEND = text(
    """
    WITH kept AS (
        UPDATE claim SET live = tstzrange(lower(live), greatest(upper(live), least(t + :kept, lower(during))))
        FROM clock_timestamp() AS t
        WHERE appointment_id = :appointment AND state = 'unconfirmed' AND upper(live) > t
        RETURNING upper(live) AS until
    )
    UPDATE appointment SET confirm_by = all_kept.until, extensions = extensions + 1, updated_at = clock_timestamp()
    FROM (SELECT min(until) AS until FROM kept HAVING count(*) = :claims) AS all_kept
    WHERE id = :appointment
    RETURNING appointment.*, clock_timestamp() AS now
    """
).bindparams(
    bindparam("appointment", type_=Uuid), bindparam("kept", type_=Interval), bindparam("claims", type_=SmallInteger)
)


def resend_confirmation(session: Session, reference: str, secret: str | None) -> AppointmentView:
    """Send the confirmation link again, with a fresh secret; older links stay good. Capped silently per contact."""
    row = _waiting(session, reference, secret)
    row = session.execute(_NEXT_MAIL, {"appointment": row.id}).one()
    _ask(session, row)
    return view(session, row)


def correct_contact(
    session: Session, reference: str, secret: str | None, contact: Mapping[str, Any]
) -> AppointmentView:
    """Send the link to another contact instead; links that went to the wrong one are worthless, the time is kept."""
    row = _waiting(session, reference, secret)
    right = reachable_contact(contact, get_settings())
    if (right.email, right.mobile) == (row.email, row.mobile):
        return view(session, row)
    secrets.revoke(session, row.id, "confirm")
    values = {"appointment": row.id, "email": right.email, "mobile": right.mobile, "contact": right.key}
    row = session.execute(_CORRECT, values).one()
    _ask(session, row)
    return view(session, row)


def extend_confirmation(session: Session, reference: str, secret: str | None) -> AppointmentView:
    """Keep the time for another full period, at most ten times and never beyond its own start."""
    row = _waiting(session, reference, secret)
    if row.extensions >= rules.EXTENSIONS:
        raise NoExtensionsLeft
    kept = timedelta(minutes=get_settings().confirm_minutes)
    values = {"appointment": row.id, "kept": kept, "claims": 1 + len(row.needs)}
    with told_by_constraints():
        extended = session.execute(_EXTEND, values).first()
    if extended is None:
        raise expired(session, row)
    return view(session, extended)


def _waiting(session: Session, reference: str, secret: str | None) -> Row[Any]:
    row = admit(session, reference, secret)
    state = rules.state_at(row.state, row.confirm_by, row.now)
    if state == "booked":
        raise AlreadyConfirmed
    if state == "cancelled":
        raise AppointmentCancelled
    if state == "expired":
        raise expired(session, row)
    return row


def _ask(session: Session, row: Row[Any]) -> None:
    confirm = secrets.add_secret(session, row.id, "confirm")
    send(session, row, MessageKind.CONFIRM_REQUEST, {"confirm": confirm})
