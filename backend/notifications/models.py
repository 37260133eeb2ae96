"""The outbox: one row per message, written in its cause's transaction, carried out by the worker."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import TIMESTAMP, CheckConstraint, Index, Integer, LargeBinary, SmallInteger, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.clock import NOW
from backend.core.db import Base
from backend.notifications.types import FINAL, MessageState

INSTANT = TIMESTAMP(timezone=True)


def _in(states: frozenset[MessageState]) -> str:
    return f"state IN ({', '.join(repr(str(state)) for state in sorted(states))})"


class Message(Base):
    """One message to one contact; the row is the truth about it, the job only a nudge.

    `object_id` is the appointment (empty when several are told of at once), `sequence` its version the message speaks
    of. `sealed` holds link secrets encrypted, only until the message is final. `uncertain` counts tries of which
    nobody knows whether the gateway took them. `nudged_at` is when a job was last queued for the row.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(_in(frozenset(MessageState)), "state"),
        CheckConstraint("(state = 'sending') = (lease_until IS NOT NULL)", "lease_while_sending"),
        CheckConstraint(f"NOT ({_in(FINAL)} AND sealed IS NOT NULL)", "secrets_erased"),
        CheckConstraint(f"recipient IS NOT NULL OR {_in(FINAL)}", "recipient_until_final"),
        CheckConstraint("attempts >= 0 AND uncertain >= 0", "counters"),
        Index("ix_message_due_at", "due_at", postgresql_where=text("state IN ('queued', 'failed')")),
        Index("ix_message_lease_until", "lease_until", postgresql_where=text("state = 'sending'")),
        Index("ix_message_contact_key", "contact_key", "due_at"),
        Index("ix_message_object_id", "object_id"),
        Index("ix_message_created_at", "created_at", postgresql_using="brin"),
        Index("ix_message_lost", "finished_at", postgresql_where=text("state IN ('dead', 'unknown')")),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    business_key: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    object_id: Mapped[UUID | None] = mapped_column(Uuid)
    sequence: Mapped[int | None] = mapped_column(Integer)
    recipient: Mapped[str | None] = mapped_column(Text)
    contact_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    uncertain: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    due_at: Mapped[datetime] = mapped_column(INSTANT)
    give_up_at: Mapped[datetime] = mapped_column(INSTANT)
    lease_until: Mapped[datetime | None] = mapped_column(INSTANT)
    handed_over_at: Mapped[datetime | None] = mapped_column(INSTANT)
    nudged_at: Mapped[datetime | None] = mapped_column(INSTANT)
    finished_at: Mapped[datetime | None] = mapped_column(INSTANT)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
