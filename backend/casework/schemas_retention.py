"""JSON shapes of what will be erased."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.applications.types import State
from backend.casework.schemas import CURSOR, SLUG
from backend.core.schemas import LocalizedTextSchema, RequestSchema, ResponseSchema

MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])\Z"


class RetentionMonthSchema(ResponseSchema):
    """How many applications of a service are erased in a month, and of how many the persons were told."""

    month = fields.String()
    service = fields.String()
    title = fields.Nested(LocalizedTextSchema)
    cases = fields.Integer()
    announced = fields.Integer()


class RetentionSchema(ResponseSchema):
    """What will be erased, by month and service, the oldest month first."""

    items = fields.List(fields.Nested(RetentionMonthSchema))
    total = fields.Integer()


class RetentionQuerySchema(RequestSchema):
    """Query of what is erased in one month, of one service or all, and the place to go on from."""

    month = fields.String(required=True, validate=validate.Regexp(MONTH))
    service = fields.String(load_default=None, validate=SLUG)
    after = fields.String(load_default=None, validate=CURSOR)


class RetainedSchema(ResponseSchema):
    """One application that will be erased; `announced_on`: when its person was told."""

    reference = fields.String()
    service = fields.String()
    office = fields.String(allow_none=True)
    state = fields.String(validate=validate.OneOf([str(each) for each in State]))
    erase_on = fields.Date()
    announced_on = fields.Date(allow_none=True)


class RetainedPageSchema(ResponseSchema):
    """Applications that will be erased, soonest first."""

    items = fields.List(fields.Nested(RetainedSchema))
    next = fields.String(allow_none=True)
