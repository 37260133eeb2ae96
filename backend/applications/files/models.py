"""One row per attachment; its bytes lie in the file store, sealed with the application's key."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.applications.files.types import FileState
from backend.core.clock import NOW
from backend.core.db import Base

INSTANT = TIMESTAMP(timezone=True)
DUE = "state = 'pending' OR (state = 'failed' AND due_at IS NOT NULL)"


class Attachment(Base):
    """A file that belongs to a slot of an application, to a request or to a message.

    `name` is sealed. `received` counts the bytes that are safely stored. `due_at` is when it is checked next, empty
    when its state is final; `lease_until` while a worker has it. `digest` is the SHA-256 of the clean bytes;
    `has_text`: its pages carry letters and not only pixels (unknown of files that were checked earlier).
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(str(state)) for state in FileState)})", "state"),
        CheckConstraint("purpose IN ('draft', 'request', 'message')", "purpose"),
        CheckConstraint("size > 0 AND received BETWEEN 0 AND size", "received_within_size"),
        CheckConstraint("(state = 'receiving') = (received < size)", "receiving_until_complete"),
        CheckConstraint("(state = 'clean') = (digest IS NOT NULL)", "clean_has_digest"),
        CheckConstraint("state <> 'pending' OR due_at IS NOT NULL", "pending_is_due"),
        Index("ix_attachment_application_id", "application_id", "created_at"),
        Index("ix_attachment_account_id", "account_id", "created_at", postgresql_where=text("account_id IS NOT NULL")),
        Index("ix_attachment_due_at", "due_at", postgresql_where=text(DUE)),
        Index("ix_attachment_receiving", "touched_at", postgresql_where=text("state = 'receiving'")),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    account_id: Mapped[UUID | None] = mapped_column(Uuid)
    key_id: Mapped[UUID] = mapped_column(Uuid)
    purpose: Mapped[str] = mapped_column(Text)
    slot: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[UUID | None] = mapped_column(Uuid)  # the request or message it belongs to
    name: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, server_default="0")
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    stored_bytes: Mapped[int | None] = mapped_column(BigInteger)
    pages: Mapped[int | None] = mapped_column(Integer)
    has_text: Mapped[bool | None]
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    due_at: Mapped[datetime | None] = mapped_column(INSTANT)
    lease_until: Mapped[datetime | None] = mapped_column(INSTANT)
    frozen_at: Mapped[datetime | None] = mapped_column(INSTANT)
    touched_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
    created_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
