"""Tables of booking: claims (the truth of the stock), holds, appointments, their services and one-purpose secrets.

Offices and services are named by slug, resources by the id of capacity. No secret is kept in the clear: links are
kept as SHA-256, appointment codes are not kept at all (docs/adr/0004-appointment-codes.md).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    TIMESTAMP,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base

INSTANT = TIMESTAMP(timezone=True)
ENDLESS_STATES = ("booked", "blocked")
CLAIM_STATES = ("held", "unconfirmed", *ENDLESS_STATES, "released", "moved", "cancelled")
APPOINTMENT_STATES = ("unconfirmed", "booked", "cancelled")
SECRET_PURPOSES = ("confirm", "manage", "session", "calendar")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Claim(Base):
    """A resource is wanted `during` a period; the claim counts while `live`. Two that count at once never overlap.

    `live` of a hold ends when it expires, of an unconfirmed appointment when its confirmation is due, of a booking not,
    of a cancelled or moved one at its release. An expired claim is out of the way at that microsecond, without any job.
    """

    __tablename__ = "claim"
    __table_args__ = (
        ExcludeConstraint(
            ("resource", "="), ("during", "&&"), ("live", "&&"), using="gist", name="ex_claim_resource_during_live"
        ),
        CheckConstraint(_one_of("state", CLAIM_STATES), "state"),
        # empty and open ranges never collide, so they would be doors into the stock
        CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during) AND isfinite(lower(during))"
            " AND isfinite(upper(during)) AND lower_inc(during) AND NOT upper_inc(during)",
            "during_finite",
        ),
        CheckConstraint(
            "NOT isempty(live) AND NOT lower_inf(live) AND isfinite(lower(live)) AND lower_inc(live)"
            " AND (upper_inf(live) OR (isfinite(upper(live)) AND NOT upper_inc(live)))",
            "live_starts",
        ),
        CheckConstraint(f"({_one_of('state', ENDLESS_STATES)}) = upper_inf(live)", "endless_iff_booked"),
        CheckConstraint("state = 'blocked' OR hold_id IS NOT NULL OR appointment_id IS NOT NULL", "belongs_to_someone"),
        # search overlays the few claims with an end over the read model of the endless ones
        Index("ix_claim_finite_until", text("upper(live)"), postgresql_where=text("NOT upper_inf(live)")),
        Index("ix_claim_hold_id", "hold_id", postgresql_where=text("hold_id IS NOT NULL")),
        Index("ix_claim_appointment_id", "appointment_id", postgresql_where=text("appointment_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    resource: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    live: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    state: Mapped[str] = mapped_column(Text)
    hold_id: Mapped[UUID | None] = mapped_column(Uuid)
    appointment_id: Mapped[UUID | None] = mapped_column(Uuid)


class ClaimArchive(Base):
    """Ended claims of past days, without any link to a person: hygiene for the index of the living ones."""

    __tablename__ = "claim_archive"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    resource: Mapped[int] = mapped_column(BigInteger)
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    live: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    state: Mapped[str] = mapped_column(Text)


class Hold(Base):
    """A time kept for somebody who is typing; says nothing about the person. `open` until booked or released."""

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", "ends_after_start"),
        CheckConstraint("octet_length(secret_hash) = 32", "secret_hashed"),
        CheckConstraint("extensions >= 0", "extensions"),
        Index("ix_hold_range_key", "range_key", "expires_at"),  # not by `open`: closing a hold touches no index
        Index("ix_hold_expires_at", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary)
    office: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime] = mapped_column(INSTANT)
    ends_at: Mapped[datetime] = mapped_column(INSTANT)
    services: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    language: Mapped[str] = mapped_column(Text)
    range_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    extensions: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    expires_at: Mapped[datetime] = mapped_column(INSTANT)
    open: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime] = mapped_column(INSTANT, server_default=func.clock_timestamp())


class Appointment(Base):
    """An appointment of a person; an unconfirmed one ends at `confirm_by` by itself. Names are erased later.

    `manage_hash` and `confirm_hash` are the SHA-256 of the two secrets it was made with; later ones are rows.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint(_one_of("state", APPOINTMENT_STATES), "state"),
        CheckConstraint("ends_at > starts_at", "ends_after_start"),
        CheckConstraint("sequence >= 0 AND extensions >= 0", "counters"),
        CheckConstraint("(state = 'unconfirmed') = (confirm_by IS NOT NULL)", "confirm_by_while_unconfirmed"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", "cancelled_at_when_cancelled"),
        CheckConstraint("state <> 'booked' OR confirmed_at IS NOT NULL", "confirmed_at_when_booked"),
        CheckConstraint(
            "erased_at IS NOT NULL OR (family_name IS NOT NULL AND num_nonnulls(email, mobile) > 0)", "reachable"
        ),
        CheckConstraint(
            "erased_at IS NULL OR num_nonnulls(given_name, family_name, name_search, email, mobile, contact_key) = 0",
            "erased",
        ),
        Index("ix_appointment_contact_open", "contact_key", postgresql_where=text("state = 'booked'")),
        Index("ix_appointment_starts_at", "starts_at", postgresql_where=text("erased_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True)
    hold_id: Mapped[UUID] = mapped_column(Uuid, unique=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    manage_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    confirm_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime] = mapped_column(INSTANT)
    ends_at: Mapped[datetime] = mapped_column(INSTANT)
    language: Mapped[str] = mapped_column(Text)
    given_name: Mapped[str | None] = mapped_column(Text)
    family_name: Mapped[str | None] = mapped_column(Text)
    name_search: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    mobile: Mapped[str | None] = mapped_column(Text)
    contact_key: Mapped[str | None] = mapped_column(Text)
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    confirm_by: Mapped[datetime | None] = mapped_column(INSTANT)
    extensions: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    sequence: Mapped[int] = mapped_column(Integer, server_default="0")
    mails: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime] = mapped_column(INSTANT, server_default=func.clock_timestamp())
    updated_at: Mapped[datetime] = mapped_column(INSTANT, server_default=func.clock_timestamp())
    confirmed_at: Mapped[datetime | None] = mapped_column(INSTANT)
    cancelled_at: Mapped[datetime | None] = mapped_column(INSTANT)
    erased_at: Mapped[datetime | None] = mapped_column(INSTANT)


class BookingOrigin(Base):
    """The opaque word of another room for a hold that it asked for; outlives the hold as its appointment's."""

    __tablename__ = "booking_origin"

    hold_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    origin: Mapped[str] = mapped_column(Text, index=True)


class AppointmentService(Base):
    """One service of an appointment and for how many persons, in the order asked."""

    __tablename__ = "appointment_service"
    __table_args__ = (CheckConstraint("quantity > 0", "quantity"),)

    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    service: Mapped[str] = mapped_column(Text)
    quantity: Mapped[int] = mapped_column(SmallInteger)


class AppointmentSecret(Base):
    """The SHA-256 of a link's secret and its one purpose; `expires_at` empty = as long as the appointment is open."""

    __tablename__ = "appointment_secret"
    __table_args__ = (
        CheckConstraint(_one_of("purpose", SECRET_PURPOSES), "purpose"),
        CheckConstraint("octet_length(secret_hash) = 32", "secret_hashed"),
        Index("ix_appointment_secret_appointment_id", "appointment_id"),
    )

    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime | None] = mapped_column(INSTANT)
