"""The way to a provider and back: commit, call without a connection, take the answer in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import cast
from uuid import UUID

import structlog
from flask import current_app
from sqlalchemy.orm import Session

from backend.core.clock import AnySession, db_now
from backend.core.db import db
from backend.core.settings import get_settings
from backend.payments import book, listeners, queries, rules
from backend.payments.errors import NothingToPay, PaymentRefused, PaymentUnavailable
from backend.payments.models import PaymentIntent
from backend.payments.providers.invoice import Counter, Invoice
from backend.payments.providers.types import Provider, ProviderDownError, ProviderRefusedError
from backend.payments.providers.xbezahldienste import XBezahldienste
from backend.payments.types import SETTLED, Answer, Order, PaymentState, Way

ASKED_AGAIN_AFTER = timedelta(seconds=1)
RETURN_TO_LENGTH = 2_082
_KEY = "payments-provider"
log = structlog.get_logger("amtsweg.payments")


def start(session: AnySession, application_id: UUID, way: Way, return_to: str) -> tuple[UUID, str | None]:
    """Begin or go on to pay; the attempt and the provider's page, if there is one to open.

    Raises NothingToPay, PaymentUnavailable, PaymentRefused.
    """
    leave(session)
    provider = provider_of(way)
    if provider is None or len(return_to) > RETURN_TO_LENGTH:
        raise PaymentUnavailable
    row = _prepare(application_id, way)
    if row.state == PaymentState.STARTED:
        asked = _ask(row)
        if asked is not None and asked.state != PaymentState.STARTED:
            if asked.state in SETTLED:
                raise NothingToPay
            row = _prepare(application_id, way)
        else:
            return row.id, row.location
    written = _begin(provider, row, return_to)
    if written.state not in {PaymentState.OPEN, PaymentState.STARTED}:
        raise NothingToPay
    return written.id, written.location


def refresh(session: AnySession, intent_id: UUID) -> None:
    """Ask the provider what became of a payment and write it down; what does not answer changes nothing."""
    leave(session)
    with unit() as own:
        row = queries.by_id(own, intent_id, lock=True)
        if row is None or not _worth_asking(own, row):
            return
    _ask(row)


def leave(session: AnySession) -> None:
    """End the caller's transaction and give its connection back: nothing is held while a provider is called."""
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a payment is started with nothing half-written in the session")
    session.rollback()


@contextmanager
def unit() -> Iterator[Session]:
    """A transaction of its own, committed when it ends well."""
    with Session(db.engine, expire_on_commit=False) as session, session.begin():
        yield session


def provider_of(way: Way) -> Provider | None:
    """How to talk to the provider of a way; None when online payment is not configured here."""
    settings = get_settings()
    if way == "invoice":
        return Invoice(settings.payee)
    if way == "counter":
        return Counter()
    if settings.cashier is None:
        return None
    made = current_app.extensions.get(_KEY)
    if not isinstance(made, XBezahldienste) or made.cashier != settings.cashier:
        made = current_app.extensions[_KEY] = XBezahldienste(settings.cashier)
    return made


def order_of(row: PaymentIntent, return_to: str) -> Order:
    """What the provider is told about an attempt."""
    return Order(
        request_id=str(row.id),
        made_at=row.created_at,
        cents=row.cents,
        purpose=row.purpose,
        lines=rules.lines_of(row.lines, row.cents),
        return_to=return_to,
        transaction_id=row.transaction_id,
        end_point=row.end_point,
    )


def _prepare(application_id: UUID, way: Way) -> PaymentIntent:
    """The attempt to go on with, committed before anything outside hears of it."""
    with unit() as session:
        listeners.lock_above(session, application_id)
        row = queries.newest(session, application_id, lock=True)
        if row is None or row.state in SETTLED:
            raise NothingToPay
        row = book.replaced(session, row, way)
        session.flush()
        session.refresh(row)
    return row


def _begin(provider: Provider, row: PaymentIntent, return_to: str) -> PaymentIntent:
    """Make an attempt known to its provider, under the same request id however often this is repeated."""
    try:
        answer = provider.begin(order_of(row, return_to))
    except ProviderRefusedError as error:
        code = error.code
        log.error("payment_refused", row_id=str(row.id), code=code)
        _write(row.id, lambda session, found: book.end(session, found, PaymentState.FAILED, code.lower()))
        raise PaymentRefused from error
    except ProviderDownError as error:
        log.warning("payment_service_down", row_id=str(row.id), code=error.code)
        raise PaymentUnavailable(headers={"Retry-After": "30"}) from error
    return _write(row.id, lambda session, found: _begun(session, found, answer))


def _ask(row: PaymentIntent) -> PaymentIntent | None:
    """Ask and write down; None when the provider did not answer."""
    provider = provider_of(cast(Way, row.provider))
    if provider is None:
        return None
    try:
        answer = provider.ask(order_of(row, ""))
    except (ProviderDownError, ProviderRefusedError) as error:
        log.warning("payment_status_unknown", row_id=str(row.id), code=error.code)
        return None
    return _write(row.id, lambda session, found: book.take_answer(session, found, answer))


def _write(intent_id: UUID, change: Callable[[Session, PaymentIntent], None]) -> PaymentIntent:
    with unit() as session:
        known = queries.by_id(session, intent_id)
        if known is None:
            raise NothingToPay
        listeners.lock_above(session, known.application_id)
        row = queries.by_id(session, intent_id, lock=True)
        if row is None:
            raise NothingToPay
        change(session, row)
        session.flush()
    return row


def _begun(session: Session, row: PaymentIntent, answer: Answer) -> None:
    row.due_on = answer.due_on
    book.take_answer(session, row, answer)
    row.checked_at = None  # who comes back at once is not made to wait


def _worth_asking(session: Session, row: PaymentIntent) -> bool:
    """Whether the service may know something new; nobody asks any more after a week."""
    if row.provider != "online" or row.started_at is None or row.booked_at is not None:
        return False
    now = db_now(session)
    if rules.next_check(row.started_at, now) is None:
        row.next_check_at = None  # the service had a week to answer
        return False
    return row.checked_at is None or now - row.checked_at >= ASKED_AGAIN_AFTER
