"""The fee of an application: its intent, the way to the payment provider and back, and what a change means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications import life, policy, queries, sealed
from backend.applications.errors import NotNow
from backend.applications.models import Application
from backend.applications.service import access, automatic, mail
from backend.applications.types import PAID, By, Happening, State
from backend.core.access import Actor
from backend.core.clock import AnySession
from backend.core.security import format_reference
from backend.core.settings import get_settings
from backend.forms import service as forms
from backend.notifications.types import MessageKind
from backend.payments import service as payments
from backend.payments.types import SURPLUS, SURPLUS_REFUNDED, Intent, Way


def ask(session: Session, row: Application, lines: Sequence[Mapping[str, Any]]) -> Intent:
    """Ask for the fee of an application, which these lines {rule, cents, quantity} add up to."""
    return payments.create_intent(
        session,
        application_id=row.id,
        cents=row.fee_cents or 0,
        purpose=format_reference(row.reference or ""),
        lines=lines,
    )


def ask_with_decision(session: Session, row: Application) -> None:
    """A service that takes its fee with the decision asks for it now, unless it is free or was asked for before."""
    when = forms.get(row.service, row.version).facts["payment"]["when"]
    if when != "with_decision" or not row.fee_cents or row.payment is not None:
        return
    life.record(session, row, Happening.PAYMENT, By.SYSTEM, {"state": "open"})
    evaluation = sealed.document_of(session, row).evaluation or {}
    ask(session, row, evaluation["fee"]["lines"])


def start(session: Session, actor: Actor, reference: str, way: Way) -> tuple[Intent, str | None]:
    """Begin to pay, or say that it is paid by invoice or at the counter; the location is the provider's page.

    Ends the transaction. Raises NotFound, LevelTooLow, NotNow (nothing is due), NothingToPay, PaymentUnavailable.
    """
    row = access.application(session, actor, reference, lock=True)
    intent = payments.of_application(session, row.id)
    if intent is None or not policy.may_pay(row):
        raise NotNow(extra={"state": row.state, "payment": row.payment})
    if way == "counter" and not forms.get(row.service, row.version).facts["payment"]["counter"]:
        raise NotNow(extra={"state": row.state, "reason": "no_counter"})
    return_to = f"{get_settings().public_url}/{row.language}/antraege/{format_reference(row.reference or '')}/bezahlt"
    return payments.start(session, intent, way, return_to)


def show(session: Session, actor: Actor, reference: str) -> Intent:
    """The payment as the provider knows it now; only its own answer counts. Raises NotFound, LevelTooLow, NotNow."""
    row = access.application(session, actor, reference)
    intent = payments.of_application(session, row.id)
    if intent is None:
        raise NotNow(extra={"state": row.state, "payment": row.payment})
    return payments.refresh(session, intent)


def take_back(session: Session, row: Application, reason: str) -> None:
    """What was undone or withdrawn costs nothing: what was paid goes back, what was not is ended."""
    intent = payments.of_application(session, row.id)
    if intent is not None and row.payment is not None:
        payments.take_back(session, intent, reason)


def end(session: Session, row: Application, reason: str, *, refund: bool) -> None:
    """What ended without a decision costs nothing more: an open fee is cancelled, a paid one goes back if `refund`."""
    if row.payment is None or (row.payment in PAID and not refund):
        return
    take_back(session, row, reason)
    if row.payment not in (*PAID, "refunded"):
        life.record(session, row, Happening.PAYMENT, By.SYSTEM, {"state": "cancelled"})


def lock(session: AnySession, application_id: UUID) -> None:
    """Lock the application before its payment, so that both sides wait in the same order."""
    queries.lock(session, application_id)


def changed(session: Session, application_id: UUID, state: str) -> None:
    """What payments tells: write it down; a fee that was waited for lets the work begin."""
    row = queries.by_id_unchecked(session, application_id, lock=True)
    if row is None or row.state == State.DRAFT:
        return  # undone meanwhile: the refund is on its way
    if state in (SURPLUS, SURPLUS_REFUNDED):
        _came_too_late(session, row, state)
        return
    if row.payment == state:
        return
    life.record(session, row, Happening.PAYMENT, By.SYSTEM, {"state": state})
    session.flush()
    if state == "booked":
        mail.tell(session, row, MessageKind.APPLICATION_PAID)
    automatic.begin(session, row)


def _came_too_late(session: Session, row: Application, state: str) -> None:
    """Money that came after a fee was cancelled is shown until it went back; a second payment of a fee is no news."""
    if state == SURPLUS and row.payment == "cancelled" and not policy.may_pay(row):
        life.record(session, row, Happening.PAYMENT, By.SYSTEM, {"state": "booked", "refund": True})
    elif state == SURPLUS_REFUNDED and row.payment == "booked" and life.standing_of(session, row).refund:
        life.record(session, row, Happening.PAYMENT, By.SYSTEM, {"state": "refunded"})
