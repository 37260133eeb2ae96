"""Writing down what became of a payment: booked once, what is too much goes back, others are told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import structlog
from sqlalchemy.orm import Session

from backend.core.clock import BERLIN, db_now
from backend.payments import listeners, queries, rules
from backend.payments.models import RECEIPT_NUMBERS, PaymentIntent
from backend.payments.types import LIVE, SURPLUS, Answer, Outcome, PaymentState, Way

UNWANTED = frozenset({"withdrawn", "fee_changed"})  # nobody wants this money any more: it goes back
log = structlog.get_logger("amtsweg.payments")


def take_answer(session: Session, row: PaymentIntent, answer: Answer) -> None:
    """Write a provider's answer to a locked row; a late "paid" counts, one that does not fit never does."""
    now = db_now(session)
    row.checked_at = now
    row.transaction_id = row.transaction_id or answer.transaction_id
    row.reference = answer.reference or row.reference
    row.method = answer.method or row.method
    row.location = answer.location or row.location
    if row.state == PaymentState.OPEN:
        row.started_at = row.started_at or now
    fitting = rules.fits(answer, cents=row.cents, request_id=str(row.id))
    too_old = row.started_at is not None and rules.abandoned(row.started_at, now)
    state, failure = rules.after(PaymentState(row.state), answer, fitting=fitting, too_old=too_old)
    if failure == "amount_mismatch":
        log.error("payment_mismatch", row_id=str(row.id))
        row.failure, row.next_check_at = failure, None
        return
    row.next_check_at = _next_check(row, answer, now)
    if state is PaymentState.BOOKED and row.state not in {PaymentState.BOOKED, PaymentState.REFUNDED}:
        pay(session, row, now)
    elif state != row.state:
        end(session, row, state, failure) if state not in LIVE else _start(row)


def pay(session: Session, row: PaymentIntent, now: datetime) -> None:
    """Book a payment: it gets its receipt; a second one for the same fee, or an unwanted one, is to be given back."""
    others = [other for other in queries.all_of(session, row.application_id) if other.id != row.id]
    row.surplus = (
        row.state == PaymentState.WAIVED
        or row.failure in UNWANTED
        or any(
            other.state == PaymentState.WAIVED or (other.state == PaymentState.BOOKED and other.refund_due_at is None)
            for other in others
        )
    )
    for other in others:
        if other.state in LIVE and not row.surplus:
            other.state, other.failure = PaymentState.CANCELLED, "paid_elsewhere"
    session.flush()
    number = session.execute(RECEIPT_NUMBERS.next_value()).scalar_one()
    row.receipt_number = rules.receipt_number(now.astimezone(BERLIN).year, number)
    row.state, row.booked_at, row.next_check_at, row.due_on = PaymentState.BOOKED, now, None, None
    row.failure = None
    if row.surplus:
        log.error("payment_surplus", row_id=str(row.id))
        row.refund_due_at, row.reason = now, "surplus"
        listeners.tell(session, row.application_id, SURPLUS)
    else:
        listeners.tell(session, row.application_id, PaymentState.BOOKED)


def end(session: Session, row: PaymentIntent, state: PaymentState, failure: str | None) -> None:
    """An attempt ended without money; others are told when it was the newest."""
    row.state, row.failure = state, failure
    newest = queries.newest(session, row.application_id)
    if newest is not None and newest.id == row.id:
        listeners.tell(session, row.application_id, state)


def new_attempt(
    session: Session,
    application_id: UUID,
    attempt: int,
    like: PaymentIntent | None = None,
    **values: object,
) -> PaymentIntent:
    """One more attempt, with the amount and texts of an earlier one unless others are given."""
    kept = (
        {name: getattr(like, name) for name in ("cents", "purpose", "lines", "provider", "end_point")} if like else {}
    )
    row = PaymentIntent(
        id=uuid4(), application_id=application_id, attempt=attempt, state=PaymentState.OPEN, surplus=False,
        **{**kept, **values},
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def replaced(session: Session, row: PaymentIntent, way: Way) -> PaymentIntent:
    """The attempt to go on with when a person wants to pay in a way: this one if it fits, else a new one."""
    if row.state in LIVE and row.provider == way:
        return row
    if row.state in LIVE:
        row.state, row.failure = PaymentState.CANCELLED, "switched"
        session.flush()
    return new_attempt(session, row.application_id, row.attempt + 1, row, provider=way)


def _start(row: PaymentIntent) -> None:
    if row.provider == "online":
        row.state = PaymentState.STARTED


def _next_check(row: PaymentIntent, answer: Answer, now: datetime) -> datetime | None:
    final = answer.outcome in {Outcome.FAILED, Outcome.CANCELLED, Outcome.UNKNOWN}
    if row.provider != "online" or row.started_at is None or final:
        return None
    return rules.next_check(row.started_at, now)
