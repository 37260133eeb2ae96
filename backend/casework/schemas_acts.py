"""JSON shapes of acts that change the course of a case: corrections, reopening, hand-over, opinions."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.applications.schemas import LONGEST_MESSAGE, LONGEST_REFERENCE
from backend.casework.schemas import CURSOR, SLUG
from backend.casework.schemas_case import CaseAnswersSchema
from backend.core.fields import Instant
from backend.core.schemas import LocalizedTextSchema, RequestSchema, ResponseSchema

MULTILINE = {"multiline": True}
FILLED = validate.Length(1, LONGEST_MESSAGE)
OPINION_STATES = validate.OneOf(["open", "answered", "withdrawn"])


class CorrectSchema(RequestSchema):
    """Which answer (its pointer as the case shows it), what it is now (null: none), and why, for the citizen."""

    pointer = fields.String(required=True, validate=validate.Regexp(r"^(/[a-z0-9_]{1,80}){1,5}\Z"))
    value = fields.Raw(required=True, allow_none=True)
    reason = fields.String(required=True, validate=FILLED, metadata=MULTILINE)


class ReopenSchema(RequestSchema):
    """Why a case is reviewed again; the citizen reads it."""

    reason = fields.String(required=True, validate=FILLED, metadata=MULTILINE)


class HandOverSchema(RequestSchema):
    """To which office a case goes, and a private note for the colleagues there."""

    office = fields.String(required=True, validate=SLUG)
    note = fields.String(required=True, validate=FILLED, metadata=MULTILINE)


class AskOpinionSchema(RequestSchema):
    """Which office is asked what, until when, and which pages of the form it may see."""

    office = fields.String(required=True, validate=SLUG)
    question = fields.String(required=True, validate=FILLED, metadata=MULTILINE)
    due_on = fields.Date(required=True)
    pages = fields.List(
        fields.String(validate=validate.Length(1, 80)), load_default=list, validate=validate.Length(max=50)
    )


class AnswerOpinionSchema(RequestSchema):
    """What one's office says."""

    answer = fields.String(required=True, validate=FILLED, metadata=MULTILINE)


class OpinionsQuerySchema(RequestSchema):
    """Query of questions to one's offices: open or ended ones, and the place to go on from."""

    scope = fields.String(load_default="open", validate=validate.OneOf(["open", "ended"]))
    after = fields.String(load_default=None, validate=CURSOR)


class OpinionSchema(ResponseSchema):
    """A question to one's office; `office` asks; `pages` are closed again when it is ended."""

    id = fields.UUID()
    reference = fields.String()
    service = fields.String()
    title = fields.Nested(LocalizedTextSchema)
    office = fields.String()
    office_name = fields.String(allow_none=True)
    question = fields.String(allow_none=True)
    due_on = fields.Date()
    asked_at = Instant()
    state = fields.String(validate=OPINION_STATES)
    answer = fields.String(allow_none=True)
    pages = fields.List(fields.Nested(CaseAnswersSchema))


class OpinionsSchema(ResponseSchema):
    """Questions to one's offices."""

    items = fields.List(fields.Nested(OpinionSchema))
    next = fields.String(allow_none=True)


class AskStatusSchema(RequestSchema):
    """Two facts that a caller knows; in the body, so that neither stands in an address."""

    reference = fields.String(required=True, validate=validate.Length(1, LONGEST_REFERENCE))
    birth_date = fields.Date(required=True)


class NextStepSchema(ResponseSchema):
    """What happens next, as the id of a text."""

    key = fields.String()
    params = fields.Dict(keys=fields.String())


class CaseStatusSchema(ResponseSchema):
    """What is told on the phone: the same words as the citizen's own status, nothing of the content."""

    reference = fields.String()
    title = fields.Nested(LocalizedTextSchema)
    state = fields.String()
    waiting_for = fields.String(allow_none=True)
    next = fields.Nested(NextStepSchema)
    promise_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
