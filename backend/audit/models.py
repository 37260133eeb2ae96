"""The audit trail: entries that nobody changes, and the seals that chain them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Text,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.clock import NOW
from backend.core.db import Base

INSTANT = TIMESTAMP(timezone=True)
XID = text("(pg_current_xact_id()::text)::bigint")


class AuditEntry(Base):
    """Who did or saw what, when; written in the transaction of the deed.

    `about` is the account of the person whose data it concerns. `content` is SHA-256 over salt, reason and payload, so
    that these three can be erased later and the chain still holds. `xid` is the number of the transaction.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint("actor_kind IN ('citizen', 'guest', 'nobody', 'staff', 'system')", "actor_kind"),
        CheckConstraint("octet_length(content) = 32", "content"),
        Index(
            "ix_audit_entry_object",
            "object_type",
            "object_id",
            "at",
            "id",
            postgresql_include=["action", "actor_account", "actor_kind"],
        ),
        Index("ix_audit_entry_about", "about", "at", postgresql_where=text("about IS NOT NULL")),
        Index("ix_audit_entry_action", "action", "object_type", "at", "id"),
        Index("ix_audit_entry_at", "at"),
        Index(
            "ix_audit_entry_staff",
            "actor_account",
            "action",
            "object_type",
            "at",
            "id",
            postgresql_where=text("actor_kind = 'staff'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
    xid: Mapped[int] = mapped_column(BigInteger, server_default=XID)
    actor_kind: Mapped[str] = mapped_column(Text)
    actor_account: Mapped[UUID | None] = mapped_column(Uuid)
    actor_session: Mapped[UUID | None] = mapped_column(Uuid)
    actor_level: Mapped[str | None] = mapped_column(Text)
    actor_roles: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    object_type: Mapped[str] = mapped_column(Text)
    object_id: Mapped[str] = mapped_column(Text)
    about: Mapped[UUID | None] = mapped_column(Uuid)
    reason: Mapped[str | None] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class AuditSeal(Base):
    """One block of the chain: its hash covers the previous one and the digests of its entries in their order."""

    __tablename__ = "audit_seal"
    __table_args__ = (
        CheckConstraint("octet_length(hash) = 32 AND octet_length(previous) = 32", "hashes"),
        CheckConstraint("number > 0 AND entries > 0", "numbers"),
    )

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    previous: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    entries: Mapped[int] = mapped_column(BigInteger)
    sealed_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)


class AuditSealed(Base):
    """That an entry is in a seal, at which place and with which digest: names the entry that was changed later."""

    __tablename__ = "audit_sealed"
    __table_args__ = (Index("ix_audit_sealed_seal_place", "seal", "place", unique=True),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), primary_key=True)
    seal: Mapped[int] = mapped_column(ForeignKey("audit_seal.number"))
    place: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
