"""JSON shapes of reading a case beside its answers: versions, the person's other cases, who is here, pages of files."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.applications.files.schemas import AttachmentSchema
from backend.core.fields import Instant
from backend.core.schemas import RequestSchema, ResponseSchema

SMALLEST, WIDEST, USUAL = 160, 2_400, 1_200


class CaseAttachmentSchema(AttachmentSchema):
    """A file of a case; `has_text`: its text can be read instead of its picture (`readCaseFileText`)."""

    has_text = fields.Boolean()


class AnswerChangeSchema(ResponseSchema):
    """An answer that became another one, before and after in German lines; null: there was, or is, no such answer."""

    pointer = fields.String()
    label = fields.String()
    before = fields.List(fields.String(), allow_none=True)
    after = fields.List(fields.String(), allow_none=True)


class AnswersVersionSchema(ResponseSchema):
    """A version of the answers, made by the citizen or by the office; the first one is what was sent."""

    version = fields.Integer()
    at = Instant()
    by = fields.String(validate=validate.OneOf(["citizen", "office"]))
    changes = fields.List(fields.Nested(AnswerChangeSchema))


class RelatedAppointmentSchema(ResponseSchema):
    """An appointment that the person booked for one of these applications."""

    reference = fields.String()
    service = fields.String()
    office = fields.String()
    starts_at = Instant()
    state = fields.String(validate=validate.OneOf(["unconfirmed", "booked", "cancelled"]))


class PresentSchema(ResponseSchema):
    """Somebody else who has the case open now."""

    account = fields.UUID()
    name = fields.String(allow_none=True)
    since = Instant()


class PresenceSchema(ResponseSchema):
    """Who else is here, and the revision that is true now: a page that shows an older one reads the case anew."""

    present = fields.List(fields.Nested(PresentSchema))
    revision = fields.Integer()


class FilePageQuerySchema(RequestSchema):
    """How wide the picture of a page is wanted, in pixels."""

    width = fields.Integer(load_default=USUAL, validate=validate.Range(SMALLEST, WIDEST))


class TrainSchema(RequestSchema):
    """Whether one trains in this session from now on."""

    on = fields.Boolean(required=True)


class TrainingSchema(ResponseSchema):
    """Whether one trains."""

    training = fields.Boolean()


class FileTextSchema(ResponseSchema):
    """The text of each page; empty where a page is only a picture."""

    pages = fields.List(fields.String())
