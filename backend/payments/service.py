"""The room's door: have a fee paid, see what became of it, give it back, waive it, print its receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy.orm import Session

from backend.audit import service as audit
from backend.core.access import SYSTEM, Actor
from backend.core.clock import AnySession, db_now
from backend.core.errors import FieldError, Invalid, NotFound
from backend.payments import book, gateway, listeners, queries, rules
from backend.payments.errors import NothingToPay
from backend.payments.listeners import on_change
from backend.payments.models import PaymentIntent
from backend.payments.types import LIVE, SURPLUS_REFUNDED, Intent, PaymentState, Receipt, Way

__all__ = [
    "create_intent", "of_application", "on_change", "receipt", "refresh", "refund_done", "settle", "start",
    "take_back", "waive",
]  # fmt: skip


def create_intent(
    session: AnySession,
    *,
    application_id: UUID,
    cents: int,
    purpose: str,
    lines: Sequence[Mapping[str, Any]],
    provider: Way = "online",
    end_point: str | None = None,
) -> Intent:
    """Ask for a fee in the caller's transaction; nothing leaves the house yet.

    `lines`: {rule, cents, quantity?}, adding up to `cents`. The same fee again gives the same intent; another amount
    ends the old attempt (money that still comes for it goes back). `end_point`: key of the authority at the payment
    service when it is not the usual one. Raises ValueError when the lines do not add up.
    """
    own = _plain(session)
    checked = rules.lines_of(lines, cents)
    kept = [{"rule": line.rule, "cents": line.cents, "quantity": line.quantity} for line in checked]
    last = queries.newest(own, application_id, lock=True)
    if last is not None and last.cents == cents and last.refund_due_at is None:
        living = last.state in LIVE and (last.provider, last.lines) == (provider, kept)
        if living or last.state in {PaymentState.BOOKED, PaymentState.WAIVED}:
            return view(last)
    if last is not None:
        _give_up(own, application_id, "fee_changed")
    made = book.new_attempt(
        own, application_id, last.attempt + 1 if last else 1,
        cents=cents, purpose=purpose, lines=kept, provider=provider, end_point=end_point,
    )  # fmt: skip
    return view(made)


def of_application(session: AnySession, application_id: UUID) -> Intent | None:
    """The newest attempt for an application."""
    row = queries.newest(_plain(session), application_id)
    return view(row) if row else None


def start(session: AnySession, intent: Intent, way: Way, return_to: str) -> tuple[Intent, str | None]:
    """Begin to pay in a way; the intent to go on with (a new one when the way changed) and the page to open, if any.

    Ends the caller's transaction without keeping anything of it. Raises NothingToPay, PaymentUnavailable,
    PaymentRefused.
    """
    found, location = gateway.start(session, intent.application_id, way, return_to)
    return _shown(session, found), location


def refresh(session: AnySession, intent: Intent) -> Intent:
    """The intent after asking the provider itself; a redirect back proves nothing.

    Ends the caller's transaction without keeping anything of it.
    """
    gateway.refresh(session, intent.id)
    return _shown(session, intent.id)


def take_back(session: AnySession, intent: Intent, reason: str) -> Intent:
    """End a fee that nobody wants any more; the caller knows, so listeners are not told.

    What was paid is to be given back, what was not is cancelled, and what comes late goes back as well.
    """
    own = _plain(session)
    _give_up(own, intent.application_id, "withdrawn", reason)
    return view(_locked(own, intent))


def waive(session: AnySession, intent: Intent, reason: str, *, actor: Actor = SYSTEM) -> Intent:
    """Let a person off the fee. Raises Invalid without a reason, NothingToPay when it is paid or waived."""
    if not reason.strip():
        raise Invalid(errors=[FieldError("/reason", "required")])
    own = _plain(session)
    row = _locked(own, intent)
    if row.booked_at is not None or row.state == PaymentState.WAIVED:
        raise NothingToPay
    row.state, row.reason, row.failure, row.due_on = PaymentState.WAIVED, reason.strip(), None, None
    _audit(own, actor, "payment.waived", row, row.reason)
    listeners.tell(own, row.application_id, PaymentState.WAIVED)
    return view(row)


def settle(
    session: AnySession, intent: Intent, *, method: str, reference: str | None = None, actor: Actor = SYSTEM
) -> Intent:
    """A person of the office books what came in at the counter or by bank. Raises NothingToPay when nothing is open."""
    own = _plain(session)
    row = _locked(own, intent)
    if row.state not in LIVE or row.provider == "online":
        raise NothingToPay
    row.method, row.reference = method, reference
    book.pay(own, row, db_now(own))
    own.flush()
    _audit(own, actor, "payment.settled", row)
    return view(row)


def refund_done(session: AnySession, intent_id: UUID, *, actor: Actor = SYSTEM) -> Intent:
    """A person of the office has given the money back (XBezahldienste 1.0 has no call for it). Raises NothingToPay."""
    own = _plain(session)
    seen = queries.by_id(own, intent_id)
    if seen is None:
        raise NothingToPay
    listeners.lock_above(own, seen.application_id)
    row = queries.by_id(own, intent_id, lock=True)
    if row is None or row.refund_due_at is None or row.refunded_at is not None:
        raise NothingToPay
    row.state, row.refunded_at, row.refunded_by = PaymentState.REFUNDED, db_now(own), actor.account_id
    own.flush()
    _audit(own, actor, "payment.refunded", row)
    newest = queries.newest(own, row.application_id)
    if row.surplus:
        listeners.tell(own, row.application_id, SURPLUS_REFUNDED)
    elif newest is not None and newest.id == row.id:
        listeners.tell(own, row.application_id, PaymentState.REFUNDED)
    return view(row)


def receipt(session: AnySession, intent: Intent) -> Receipt:
    """What a person can print. Raises NotFound when nothing was paid."""
    row = queries.by_id(_plain(session), intent.id)
    if row is None or row.receipt_number is None or row.booked_at is None:
        raise NotFound
    return Receipt(
        number=row.receipt_number,
        cents=row.cents,
        currency="EUR",
        lines=row.lines,
        purpose=row.purpose,
        provider=cast(Way, row.provider),
        method=row.method,
        reference=row.reference,
        booked_at=row.booked_at,
        refunded_at=row.refunded_at,
    )


def view(row: PaymentIntent) -> Intent:
    """A row as others see it."""
    refund = None if row.refund_due_at is None else ("due" if row.refunded_at is None else "done")
    return Intent(
        id=row.id,
        application_id=row.application_id,
        attempt=row.attempt,
        state=PaymentState(row.state),
        cents=row.cents,
        lines=row.lines,
        purpose=row.purpose,
        provider=cast(Way, row.provider),
        due_on=row.due_on,
        failure=row.failure,
        refund=refund,
        surplus=row.surplus,
        receipt_number=row.receipt_number,
        can_retry=row.state in {*LIVE, PaymentState.FAILED, PaymentState.CANCELLED}
        and row.failure not in book.UNWANTED,
    )


def _give_up(session: Session, application_id: UUID, failure: str, reason: str | None = None) -> None:
    """End every attempt: paid ones go back, living ones end, and money that comes late for any of them goes back."""
    now = db_now(session)
    for row in queries.all_of(session, application_id):
        if row.state == PaymentState.BOOKED and row.refund_due_at is None:
            row.refund_due_at, row.reason = now, reason or failure
        elif row.state in {*LIVE, PaymentState.FAILED, PaymentState.CANCELLED}:
            row.state = PaymentState.CANCELLED if row.state in LIVE else row.state
            row.failure, row.reason = failure, reason
    session.flush()


def _audit(session: Session, actor: Actor, action: str, row: PaymentIntent, reason: str | None = None) -> None:
    """Who moved money by hand."""
    payload = {"cents": row.cents, "receipt": row.receipt_number, "application": str(row.application_id)}
    audit.record(
        session, actor=actor, action=action, object_type="payment", object_id=row.id, reason=reason, payload=payload
    )


def _locked(session: Session, intent: Intent) -> PaymentIntent:
    row = queries.by_id(session, intent.id, lock=True)
    if row is None:
        raise NotFound
    return row


def _shown(session: AnySession, intent_id: UUID) -> Intent:
    row = queries.by_id(_plain(session), intent_id)
    if row is None:
        raise NotFound
    return view(row)


def _plain(session: AnySession) -> Session:
    return session if isinstance(session, Session) else session()
