"""HTTP of money that goes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.casework.policy import allowed
from backend.casework.schemas_money import RefundSchema, RefundsQuerySchema, RefundsSchema
from backend.casework.service import refunds
from backend.casework.types import Action
from backend.core import access as who
from backend.core.api import Blueprint
from backend.core.db import db
from backend.core.errors import Invalid, NotFound
from backend.payments.errors import NothingToPay

Body = Mapping[str, Any]

blueprint = Blueprint("refunds", __name__, url_prefix="/api/v1/staff/refunds", description="Casework: refunds")


@blueprint.route("")
@blueprint.raises(Invalid)
@blueprint.arguments(RefundsQuerySchema, location="query")
@blueprint.response(200, RefundsSchema)
@allowed(Action.REFUND)
def list_refunds(query: Body) -> Any:
    """Payments of one's offices whose money has to go back, or went back."""
    return refunds.listed(db.session(), who.actor(), scope=query["scope"], after=query["after"])


@blueprint.route("/<uuid:payment_id>/done", methods=["POST"])
@blueprint.raises(NotFound, NothingToPay)
@blueprint.response(200, RefundSchema)
@allowed(Action.REFUND)
def mark_refunded(payment_id: UUID) -> Any:
    """Say that the money of a payment was given back; once more changes nothing."""
    return refunds.mark(db.session(), who.actor(), payment_id)
