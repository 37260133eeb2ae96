"""Tables of applications: one row from draft to erasure, and an append-only event for all that happens to it.

What a person wrote is sealed with the row's own key (`core.keyring`); deleting the key erases it. What is in the clear
are states, dates, references and ids. Accounts and sessions are named by id without a foreign key, because an
application outlives both.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    TIMESTAMP,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.applications.types import By, Happening, State
from backend.core.clock import NOW
from backend.core.db import Base

INSTANT = TIMESTAMP(timezone=True)


def _one_of(column: str, values: object) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"  # type: ignore[attr-defined]  # an enum's class is iterable


class Application(Base):
    """A draft that becomes an application; `state` and the facets are the fold of its events, kept for lists.

    `revision` counts every change and is the ETag. `document` is sealed for `document_revision`. The owner is an
    account, or (level none) whoever holds a guest session of `application_guest`. `filed_level` is the level at which
    it was sent, of a draft the one at which it was prefilled; below it nothing is shown. An erased row is a tombstone.
    """

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(_one_of("state", State), "state"),
        CheckConstraint("revision > 0 AND document_revision > 0", "counters"),
        CheckConstraint("(erased_at IS NULL) = (key_id IS NOT NULL)", "key_until_erased"),
        CheckConstraint(
            "erased_at IS NULL OR num_nonnulls(document, owner_account, helper_account) = 0", "erased_is_empty"
        ),
        CheckConstraint("state = 'draft' OR reference IS NOT NULL OR erased_at IS NOT NULL", "sent_has_reference"),
        CheckConstraint("(state = 'submitted') = (undo_until IS NOT NULL)", "undo_while_submitted"),
        Index("ix_application_owner_account", "owner_account", postgresql_where=text("owner_account IS NOT NULL")),
        Index("ix_application_helper_account", "helper_account", postgresql_where=text("helper_account IS NOT NULL")),
        Index("ix_application_undo_until", "undo_until", postgresql_where=text("undo_until IS NOT NULL")),
        Index("ix_application_erase_after", "erase_after", postgresql_where=text("erased_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    reference: Mapped[str | None] = mapped_column(Text, unique=True)
    service: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    content_hash: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    owner_account: Mapped[UUID | None] = mapped_column(Uuid)
    helper_account: Mapped[UUID | None] = mapped_column(Uuid)
    power_id: Mapped[UUID | None] = mapped_column(ForeignKey("power_of_attorney.id"))
    filed_level: Mapped[str | None] = mapped_column(Text)
    filed_method: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    payment: Mapped[str | None] = mapped_column(Text)
    handover: Mapped[str | None] = mapped_column(Text)
    appointment: Mapped[str | None] = mapped_column(Text)
    waiting_for: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer)
    key_id: Mapped[UUID | None] = mapped_column(Uuid)
    document: Mapped[bytes | None] = mapped_column(LargeBinary)
    document_revision: Mapped[int] = mapped_column(Integer)
    fee_cents: Mapped[int | None] = mapped_column(Integer)
    electronic_delivery: Mapped[bool | None]
    office: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime | None] = mapped_column(INSTANT)
    undo_until: Mapped[datetime | None] = mapped_column(INSTANT)
    received_at: Mapped[datetime | None] = mapped_column(INSTANT)
    decided_at: Mapped[datetime | None] = mapped_column(INSTANT)
    touched_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
    warned_at: Mapped[datetime | None] = mapped_column(INSTANT)
    erase_after: Mapped[datetime | None] = mapped_column(INSTANT)
    erased_at: Mapped[datetime | None] = mapped_column(INSTANT)
    created_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)


class ApplicationEvent(Base):
    """One thing that happened; the application role may only add and read. `data` holds codes, numbers and ids."""

    __tablename__ = "application_event"
    __table_args__ = (
        CheckConstraint(_one_of("type", Happening), "type"),
        CheckConstraint(_one_of("by", By), "by"),
        Index("ix_application_event_application_id", "application_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"))
    type: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(INSTANT)
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ApplicationGuest(Base):
    """A guest session that may open an application of level none (more than one: every device that resumed it)."""

    __tablename__ = "application_guest"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), primary_key=True)
    session_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, index=True)


class ResumeLink(Base):
    """The SHA-256 of a link's secret that lets a draft go on elsewhere; exchanged once, within the hour."""

    __tablename__ = "resume_link"
    __table_args__ = (CheckConstraint("octet_length(secret_hash) = 32", "secret_hashed"),)

    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(INSTANT)
    used_at: Mapped[datetime | None] = mapped_column(INSTANT)


class AnswerHistory(Base):
    """The document as it was before somebody (`replaced_by`) changed it, sealed like the living one."""

    __tablename__ = "application_answer_history"
    __table_args__ = (CheckConstraint("replaced_by IN ('citizen', 'office')", "replaced_by"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), index=True)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    replaced_by: Mapped[str] = mapped_column(Text, server_default="citizen")
    replaced_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)


class Request(Base):
    """The office asks for corrections: exactly these fields and file slots are open again until it is answered."""

    __tablename__ = "application_request"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'answered', 'cancelled')", "state"),
        CheckConstraint("extensions >= 0", "extensions"),
        Index("ix_application_request_due_on", "due_on", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), index=True)
    fields: Mapped[list[str]] = mapped_column(ARRAY(Text))
    files: Mapped[list[str]] = mapped_column(ARRAY(Text))
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date] = mapped_column(Date)
    extensions: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    reminded_at: Mapped[datetime | None] = mapped_column(INSTANT)
    grace_until: Mapped[date | None] = mapped_column(Date)
    opened_at: Mapped[datetime] = mapped_column(INSTANT)
    ended_at: Mapped[datetime | None] = mapped_column(INSTANT)


class Note(Base):
    """A message of the dialogue between the person and the office, sealed."""

    __tablename__ = "application_message"
    __table_args__ = (CheckConstraint(_one_of("by", (By.PERSON, By.HELPER, By.OFFICE)), "by"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), index=True)
    by: Mapped[str] = mapped_column(Text)
    text: Mapped[bytes | None] = mapped_column(LargeBinary)
    attachments: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    written_at: Mapped[datetime] = mapped_column(INSTANT)


class Letter(Base):
    """A decision as a letter: what it says is sealed; the four dates are those of OZG § 9, `printed_at` is for post."""

    __tablename__ = "application_letter"
    __table_args__ = (
        Index("ix_application_letter_provided_at", "provided_at", "id"),
        Index(
            "ix_application_letter_to_print",
            "provided_at",
            "id",
            postgresql_where=text("NOT electronic AND printed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    electronic: Mapped[bool]
    provided_at: Mapped[datetime] = mapped_column(INSTANT)
    notified_at: Mapped[datetime | None] = mapped_column(INSTANT)
    first_retrieved_at: Mapped[datetime | None] = mapped_column(INSTANT)
    deemed_announced_on: Mapped[date | None] = mapped_column(Date)
    printed_at: Mapped[datetime | None] = mapped_column(INSTANT)


class IssuedDocument(Base):
    """A receipt or letter that anybody can verify by its code: which service, which day, nothing about the person.

    The code is a keyed function of the row's id and is not kept; what is looked up is its keyed hash.
    """

    __tablename__ = "issued_document"
    __table_args__ = (CheckConstraint("octet_length(code_hash) = 32", "code_hashed"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    service: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary)
    issued_at: Mapped[datetime] = mapped_column(INSTANT)
    void_at: Mapped[datetime | None] = mapped_column(INSTANT)


class PowerOfAttorney(Base):
    """A person lets a helper fill applications for her; the helper takes it up with a code, the person still sends."""

    __tablename__ = "power_of_attorney"
    __table_args__ = (
        CheckConstraint("octet_length(code_hash) = 32", "code_hashed"),
        CheckConstraint("(helper IS NULL) = (accepted_at IS NULL)", "accepted_by_somebody"),
        CheckConstraint("helper IS NULL OR helper <> grantor", "not_oneself"),
        Index("ix_power_of_attorney_helper", "helper", postgresql_where=text("helper IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    grantor: Mapped[UUID] = mapped_column(Uuid, index=True)
    helper: Mapped[UUID | None] = mapped_column(Uuid)
    services: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    valid_until: Mapped[date] = mapped_column(Date)
    granted_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
    accepted_at: Mapped[datetime | None] = mapped_column(INSTANT)
    revoked_at: Mapped[datetime | None] = mapped_column(INSTANT)
