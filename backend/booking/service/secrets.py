"""Secrets of an appointment: which purpose opens what, how codes and the first manage secret come about.

Link secrets are random and kept as SHA-256. The code of six symbols is a keyed function of the reference, so nothing
that could be guessed offline is stored (docs/adr/0004-appointment-codes.md).
"""

from __future__ import annotations

import base64
import hmac
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Interval, LargeBinary, Text, Uuid, bindparam, text
from sqlalchemy.orm import Session

from backend.core.security import CODE_LENGTH, derived_key, hash_secret, new_secret, spell

_ADD = text(
    """
    INSERT INTO appointment_secret (secret_hash, appointment_id, purpose, expires_at)
    VALUES (:secret, :appointment, :purpose, clock_timestamp() + :lifetime)
    ON CONFLICT DO NOTHING
    """
).bindparams(
    bindparam("secret", type_=LargeBinary),
    bindparam("appointment", type_=Uuid),
    bindparam("purpose", type_=Text),
    bindparam("lifetime", type_=Interval),
)

_REVOKE_FIRST = text(
    """
    UPDATE appointment SET manage_hash = CASE WHEN :purpose = 'manage' THEN NULL ELSE manage_hash END,
        confirm_hash = CASE WHEN :purpose = 'confirm' THEN NULL ELSE confirm_hash END
    WHERE id = :appointment
    """
).bindparams(bindparam("appointment", type_=Uuid), bindparam("purpose", type_=Text))
_REVOKE = text("DELETE FROM appointment_secret WHERE appointment_id = :appointment AND purpose = :purpose").bindparams(
    bindparam("appointment", type_=Uuid), bindparam("purpose", type_=Text)
)


def code_of(reference: str) -> str:
    """The code of an appointment: six symbols that only this deployment can calculate from the number.

    64 bits of HMAC-SHA-256 modulo 24^6 (1.9e8): the unevenness is below 1e-11.
    """
    value = int.from_bytes(hmac.digest(derived_key("appointment-code"), reference.encode(), "sha256")[:8], "big")
    return spell(value, CODE_LENGTH)


def right_code(reference: str, code: str | None) -> bool:
    """Compare a typed code with the number's in constant time; the work is the same for numbers nobody has."""
    return hmac.compare_digest(code_of(reference), code or "")


def manage_secret_of(secret: str, object_id: UUID) -> str:
    """The secret of an appointment's page, drawn from the 256 random bits of a hold's or confirmation's secret.

    So the same booking or confirmation repeated gets the same answer, and no answer has to be kept.
    """
    made = hmac.digest(secret.encode(), b"manage:" + object_id.bytes, "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def add_secret(session: Session, appointment_id: UUID, purpose: str, lifetime: timedelta | None = None) -> str:
    """A fresh secret for one purpose, by default valid as long as the appointment is open; only its hash is stored."""
    secret = new_secret()
    keep_secret(session, appointment_id, purpose, secret, lifetime)
    return secret


def keep_secret(
    session: Session, appointment_id: UUID, purpose: str, secret: str, lifetime: timedelta | None = None
) -> None:
    """Let a secret open the appointment for one purpose."""
    values = {"secret": hash_secret(secret), "appointment": appointment_id, "purpose": purpose, "lifetime": lifetime}
    session.execute(_ADD, values)


def revoke(session: Session, appointment_id: UUID, purpose: str) -> None:
    """Make all secrets of a purpose worthless."""
    values = {"appointment": appointment_id, "purpose": purpose}
    session.execute(_REVOKE_FIRST, values)
    session.execute(_REVOKE, values)
