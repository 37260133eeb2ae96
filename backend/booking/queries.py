"""Reads of booking. Each takes the secret or key that entitles to it, or is named `…_unchecked`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, LargeBinary, Row, Text, and_, bindparam, exists, func, literal, or_, select, text
from sqlalchemy.orm import Session

from backend.booking import rules
from backend.booking.models import Appointment, AppointmentSecret, AppointmentService
from backend.core.clock import NOW
from backend.core.security import hash_secret
from backend.core.sql import Statement

_A = Appointment.__table__
_S = AppointmentSecret.__table__

_HOLD = Statement(
    """
    SELECT id, services, needs, language, open, expires_at <= clock_timestamp() AS expired,
        EXISTS (SELECT FROM appointment WHERE hold_id = hold.id) AS booked
    FROM hold WHERE id = %(hold)s::uuid AND secret_hash = %(secret)s::bytea
    """
)

_BY_HOLD = select(_A.c.reference, _A.c.request_hash).where(_A.c.hold_id == bindparam("b_hold"))

_SECRET = bindparam("b_secret", type_=LargeBinary)
_WANTED = func.any(bindparam("b_purposes", type_=ARRAY(Text)))
_BY_SECRET = select(_A, NOW.label("now")).where(
    _A.c.reference == bindparam("b_reference"),
    or_(
        and_(_A.c.manage_hash == _SECRET, literal("manage") == _WANTED),
        and_(_A.c.confirm_hash == _SECRET, literal("confirm") == _WANTED),
        exists().where(
            _S.c.appointment_id == _A.c.id,
            _S.c.secret_hash == _SECRET,
            _S.c.purpose == _WANTED,
            or_(_S.c.expires_at.is_(None), _S.c.expires_at > NOW),
        ),
    ),
    _A.c.erased_at.is_(None),
    _A.c.ends_at + rules.LINKS_AFTER_END > NOW,
    or_(_A.c.cancelled_at.is_(None), _A.c.cancelled_at + rules.LINKS_AFTER_END > NOW),
)
_BY_SECRET_LOCKED = _BY_SECRET.with_for_update(of=_A, key_share=True)

_BY_REFERENCE = select(_A, NOW.label("now")).where(
    _A.c.reference == bindparam("b_reference"),
    _A.c.erased_at.is_(None),
    _A.c.ends_at + rules.LINKS_AFTER_END > NOW,
    or_(_A.c.cancelled_at.is_(None), _A.c.cancelled_at + rules.LINKS_AFTER_END > NOW),
)

_OPEN_OF_CONTACT = Statement(
    """
    SELECT appointment.id, service FROM appointment JOIN appointment_service ON appointment_id = appointment.id
    WHERE contact_key = %(contact)s::text AND state = 'booked' AND ends_at > clock_timestamp()
    AND appointment.id <> %(besides)s::uuid
    ORDER BY starts_at, appointment.id
    """
)

_SERVICES = (
    select(AppointmentService.service, AppointmentService.quantity)
    .where(AppointmentService.appointment_id == bindparam("b_appointment"))
    .order_by(AppointmentService.position)
)

_USE_LINK = text(
    """
    DELETE FROM appointment_secret WHERE secret_hash = :secret AND purpose = 'calendar'
    AND expires_at > clock_timestamp() RETURNING appointment_id
    """
).bindparams(bindparam("secret", type_=LargeBinary))

_LOOK_AT_LINK = select(_S.c.appointment_id).where(
    _S.c.secret_hash == bindparam("secret"), _S.c.purpose == "calendar", _S.c.expires_at > NOW
)

NOBODY = UUID(int=0)


def hold_with_secret(session: Session, hold_id: UUID, secret: str) -> Any:
    """The hold whose secret this is, else None; beside its columns `expired` and `booked`."""
    return _HOLD.first(session, {"hold": hold_id, "secret": hash_secret(secret)})


def booked_from_hold_unchecked(session: Session, hold_id: UUID) -> Any:
    """Reference and request hash of the appointment that a hold became; None when it became none."""
    return session.execute(_BY_HOLD, {"b_hold": hold_id}).first()


def appointment_with_secret(
    session: Session, reference: str, secret: str, purposes: Sequence[str], *, lock: bool
) -> Row[Any] | None:
    """The appointment (with the database's `now`) that a secret of one of these purposes opens.

    `lock`: also lock its row, so that changes of one appointment stand in line.
    """
    values = {"b_reference": reference, "b_secret": hash_secret(secret), "b_purposes": list(purposes)}
    return session.execute(_BY_SECRET_LOCKED if lock else _BY_SECRET, values).first()


def appointment_by_reference_unchecked(session: Session, reference: str) -> Row[Any] | None:
    """The appointment of a number; the caller compares the code."""
    return session.execute(_BY_REFERENCE, {"b_reference": reference}).first()


def appointment_by_id_unchecked(session: Session, appointment_id: UUID) -> Row[Any] | None:
    """An appointment by its id, for messages and checks inside the house."""
    return session.execute(select(_A, NOW.label("now")).where(_A.c.id == appointment_id)).first()


def open_of_contact(session: Session, contact_key: str, besides: UUID = NOBODY) -> dict[UUID, list[str]]:
    """The confirmed appointments ahead of a contact, earliest first, each with its services."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in _OPEN_OF_CONTACT.all(session, {"contact": contact_key, "besides": besides}):
        found[row.id].append(row.service)
    return dict(found)


def services_of(session: Session, appointment_id: UUID) -> list[tuple[str, int]]:
    """(service, quantity) of an appointment in the order asked."""
    rows = session.execute(_SERVICES, {"b_appointment": appointment_id})
    return [(row.service, row.quantity) for row in rows]


def appointment_of_calendar_link(session: Session, token: str, *, use: bool) -> UUID | None:
    """The id of the appointment that a calendar link leads to, in time; `use`: it works no second time."""
    return session.execute(_USE_LINK if use else _LOOK_AT_LINK, {"secret": hash_secret(token)}).scalar()
