"""Selects over payment intents; owners are checked by the callers, who know the applications."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from backend.core.clock import NOW
from backend.payments.models import PaymentIntent
from backend.payments.types import PaymentState

NUDGE_SECONDS = 20
# asked again at the earliest after this, whoever wants it, so that a killed worker's question is not lost
_DUE = text(
    "UPDATE payment_intent SET next_check_at = clock_timestamp() + interval '2 minutes' WHERE id IN ("
    " SELECT id FROM payment_intent WHERE next_check_at <= clock_timestamp() ORDER BY next_check_at, id"
    " LIMIT 200 FOR UPDATE SKIP LOCKED) RETURNING id"
)


def newest(session: Session, application_id: UUID, *, lock: bool = False) -> PaymentIntent | None:
    """The newest attempt for an application."""
    chosen = select(PaymentIntent).where(PaymentIntent.application_id == application_id)
    chosen = chosen.order_by(PaymentIntent.attempt.desc()).limit(1)
    return session.scalars(chosen.with_for_update() if lock else chosen, execution_options=FRESH).first()


def by_id(session: Session, intent_id: UUID, *, lock: bool = False) -> PaymentIntent | None:
    """One attempt."""
    chosen = select(PaymentIntent).where(PaymentIntent.id == intent_id)
    return session.scalars(chosen.with_for_update() if lock else chosen, execution_options=FRESH).first()


def all_of(session: Session, application_id: UUID) -> Sequence[PaymentIntent]:
    """All attempts for an application, locked, oldest first."""
    chosen = select(PaymentIntent).where(PaymentIntent.application_id == application_id)
    return session.scalars(chosen.order_by(PaymentIntent.attempt).with_for_update(), execution_options=FRESH).all()


def due(session: Session) -> list[UUID]:
    """Payments that the service has to be asked about now; each is given out once."""
    return [row.id for row in session.execute(_DUE)]


def needing_a_person(session: Session) -> Sequence[PaymentIntent]:
    """Refunds that are due, amounts that do not fit, invoices that are over their date."""
    overdue = (PaymentIntent.state == PaymentState.OPEN) & (PaymentIntent.due_on < NOW)
    refunds = PaymentIntent.refund_due_at.is_not(None) & PaymentIntent.refunded_at.is_(None)
    wanted = or_(refunds, PaymentIntent.failure == "amount_mismatch", overdue)
    return session.scalars(
        select(PaymentIntent).where(wanted).order_by(PaymentIntent.created_at, PaymentIntent.id)
    ).all()


FRESH = {"populate_existing": True}
