"""Payment intents: one row for each attempt, written and committed before anything outside hears of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    TIMESTAMP,
    Boolean,
    CheckConstraint,
    Date,
    Index,
    Integer,
    Sequence,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.clock import NOW
from backend.core.db import Base
from backend.payments.types import PaymentState

INSTANT = TIMESTAMP(timezone=True)
MOST_CENTS = 99_999_900  # XBezahldienste takes up to 999,999 euros
STATES = ", ".join(repr(str(state)) for state in sorted(PaymentState))
RECEIPT_NUMBERS = Sequence("payment_receipt_number", metadata=Base.metadata)


class PaymentIntent(Base):
    """One attempt to have a fee paid. The id is the request id at the payment service.

    `transaction_id` and `reference` are the service's; `location` is its page for this payment. `next_check_at` is when
    the worker asks the service again. `end_point` is the service's key of the authority, if not the usual one.
    """

    __tablename__ = "payment_intent"
    __table_args__ = (
        UniqueConstraint("application_id", "attempt"),
        UniqueConstraint("receipt_number"),
        CheckConstraint(f"state IN ({STATES})", "state"),
        CheckConstraint("provider IN ('counter', 'invoice', 'online')", "provider"),
        CheckConstraint(f"cents > 0 AND cents <= {MOST_CENTS}", "cents"),
        CheckConstraint("attempt > 0", "attempt"),
        CheckConstraint(
            "(state IN ('booked', 'refunded')) = (receipt_number IS NOT NULL AND booked_at IS NOT NULL)", "receipt"
        ),
        CheckConstraint("state <> 'waived' OR length(reason) > 0", "waiver_reason"),
        CheckConstraint("(state = 'refunded') = (refunded_at IS NOT NULL)", "refunded"),
        CheckConstraint("refund_due_at IS NULL OR receipt_number IS NOT NULL", "refund_of_paid"),
        CheckConstraint("refunded_by IS NULL OR refunded_at IS NOT NULL", "refunded_by"),
        Index(
            "uq_payment_intent_live",
            "application_id",
            unique=True,
            postgresql_where=text("state IN ('open', 'started')"),
        ),
        Index(
            "uq_payment_intent_paid",
            "application_id",
            unique=True,
            postgresql_where=text("state = 'booked' AND NOT surplus AND refund_due_at IS NULL"),
        ),
        Index("ix_payment_intent_next_check_at", "next_check_at", postgresql_where=text("next_check_at IS NOT NULL")),
        Index("ix_payment_intent_refund_due_at", "refund_due_at", postgresql_where=text("refund_due_at IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(Uuid)
    attempt: Mapped[int] = mapped_column(SmallInteger)
    cents: Mapped[int] = mapped_column(Integer)
    purpose: Mapped[str] = mapped_column(Text)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    provider: Mapped[str] = mapped_column(Text)
    end_point: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default="open")
    failure: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    transaction_id: Mapped[str | None] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(Text)
    location: Mapped[str | None] = mapped_column(Text)
    method: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    receipt_number: Mapped[str | None] = mapped_column(Text)
    surplus: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
    started_at: Mapped[datetime | None] = mapped_column(INSTANT)
    checked_at: Mapped[datetime | None] = mapped_column(INSTANT)
    next_check_at: Mapped[datetime | None] = mapped_column(INSTANT)
    booked_at: Mapped[datetime | None] = mapped_column(INSTANT)
    refund_due_at: Mapped[datetime | None] = mapped_column(INSTANT)
    refunded_at: Mapped[datetime | None] = mapped_column(INSTANT)
    refunded_by: Mapped[UUID | None] = mapped_column(Uuid)
