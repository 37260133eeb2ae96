"""Money that has to go back: which payments of one's offices, and the word of a person that it did.

XBezahldienste 1.0 has no call for it, so a person gives it back in the cashier's system and says so here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.audit import service as audit
from backend.casework import cursor, policy
from backend.casework.service import workers
from backend.catalogue import service as catalogue
from backend.core.access import TRAINING, Actor
from backend.core.errors import NotFound
from backend.core.i18n import DEFAULT
from backend.core.security import format_reference
from backend.forms import service as forms
from backend.payments import service as payments
from backend.payments.errors import NothingToPay
from backend.payments.models import PaymentIntent

PAGE = 50
Scope = Literal["open", "done"]
Found = Row[PaymentIntent, Application]


def listed(session: Session, actor: Actor, *, scope: Scope, after: str | None) -> dict[str, Any]:
    """Refunds of the actor's offices: open ones that wait longest first, done ones newest first.

    Raises Invalid for a place that is none.
    """
    place = cursor.read(after, moments=True)
    by = PaymentIntent.refund_due_at if scope == "open" else PaymentIntent.refunded_at
    chosen = _of(actor).where(PaymentIntent.refund_due_at.is_not(None))
    if scope == "open":
        chosen = chosen.where(PaymentIntent.refunded_at.is_(None)).order_by(by, PaymentIntent.id)
    else:
        chosen = chosen.where(by.is_not(None)).order_by(by.desc(), PaymentIntent.id.desc())
    if place is not None:
        here = tuple_(by, PaymentIntent.id)
        chosen = chosen.where(here > place if scope == "open" else here < place)
    rows = session.execute(chosen.limit(PAGE + 1)).all()
    ends_at = getattr(rows[PAGE - 1][0], by.key) if len(rows) > PAGE else None
    return {
        "items": _shown(session, rows[:PAGE]),
        "next": None if ends_at is None else cursor.written(ends_at, rows[PAGE - 1][0].id),
    }


def mark(session: Session, actor: Actor, payment_id: UUID) -> dict[str, Any]:
    """Write down that the money went back; a second time changes nothing. Raises NotFound, NothingToPay."""
    _one(session, actor, payment_id)
    try:
        payments.refund_done(session, payment_id, actor=actor)
    except NothingToPay:
        if _one(session, actor, payment_id)[0].refunded_at is None:
            raise
    return _shown(session, [_one(session, actor, payment_id)])[0]


def _of(actor: Actor) -> Select[PaymentIntent, Application]:
    """Payments with their applications (also those that were taken back into a draft), of the actor's offices."""
    real = Application.office.is_(None) | ~Application.office.startswith(TRAINING)
    mine = real if policy.manages_everywhere(actor) else Application.office.in_(sorted(actor.offices))
    chosen = select(PaymentIntent, Application).join(Application, Application.id == PaymentIntent.application_id)
    return chosen.where(mine).execution_options(populate_existing=True)


def _one(session: Session, actor: Actor, payment_id: UUID) -> Found:
    found = session.execute(_of(actor).where(PaymentIntent.id == payment_id)).first()
    if found is None and session.get(PaymentIntent, payment_id) is not None:
        raise audit.foreign(session, actor=actor, object_type="payment", object_id=payment_id)
    if found is None:
        raise NotFound
    return found


def _shown(session: Session, rows: Sequence[Found]) -> list[dict[str, Any]]:
    offices = catalogue.office_summaries(session, {row.office for _, row in rows if row.office})
    names = workers.names(session, [payment.refunded_by for payment, _ in rows])
    return [
        {
            **{name: getattr(payment, name) for name in ("id", "cents", "receipt_number", "provider", "method")},
            "reference": format_reference(row.reference) if row.reference else None,
            "service": row.service,
            "title": forms.text(forms.get(row.service, row.version), "service.title", DEFAULT),
            "office": row.office,
            "office_name": offices.get(row.office or "", {}).get("name"),
            "reason": payment.reason,
            "due_at": payment.refund_due_at,
            "refunded_at": payment.refunded_at,
            "refunded_by_name": names.get(payment.refunded_by) if payment.refunded_by else None,
        }
        for payment, row in rows
    ]
