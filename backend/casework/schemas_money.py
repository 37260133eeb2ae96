"""JSON shapes of money that goes back."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.casework.schemas import CURSOR
from backend.core.fields import Instant
from backend.core.schemas import LocalizedTextSchema, RequestSchema, ResponseSchema


class RefundsQuerySchema(RequestSchema):
    """Query of refunds: open or done ones, and the place to go on from."""

    scope = fields.String(load_default="open", validate=validate.OneOf(["open", "done"]))
    after = fields.String(load_default=None, validate=CURSOR)


class RefundSchema(ResponseSchema):
    """A payment whose money goes back since `due_at`; `reason` is a code (withdrawn, undone, surplus …)."""

    id = fields.UUID()
    reference = fields.String(allow_none=True)
    service = fields.String()
    title = fields.Nested(LocalizedTextSchema)
    office = fields.String(allow_none=True)
    office_name = fields.String(allow_none=True)
    cents = fields.Integer()
    receipt_number = fields.String()
    reason = fields.String(allow_none=True)
    provider = fields.String(validate=validate.OneOf(["online", "invoice", "counter"]))
    method = fields.String(allow_none=True)
    due_at = Instant()
    refunded_at = Instant(allow_none=True)
    refunded_by_name = fields.String(allow_none=True)


class RefundsSchema(ResponseSchema):
    """Refunds of one's offices."""

    items = fields.List(fields.Nested(RefundSchema))
    next = fields.String(allow_none=True)
