"""JSON shapes of receipts, and of the question whether a document is genuine."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.applications.schemas import LONGEST_REFERENCE, LangSchema, OptionalLangSchema
from backend.core.schemas import LocalizedTextSchema, ResponseSchema


class VerifyRequestSchema(LangSchema):
    """The code that is printed on a document."""

    code = fields.String(required=True, validate=validate.Length(1, LONGEST_REFERENCE))


class VerifiedSchema(ResponseSchema):
    """Whether a document with this code came from here; of which service and day, and nothing about anybody."""

    genuine = fields.Boolean()
    kind = fields.String(allow_none=True, validate=validate.OneOf(["receipt", "letter"]))
    service = fields.Nested(LocalizedTextSchema, allow_none=True)
    date = fields.Date(allow_none=True)


class ReceiptQuerySchema(OptionalLangSchema):
    """Query: as PDF (with German beside another language) or as JSON."""

    format = fields.String(load_default="pdf", validate=validate.OneOf(["pdf", "json"]))


class PaperRowSchema(ResponseSchema):
    """A question and its answer in words; `ltr`: Latin letters or digits, whatever direction the page has."""

    label = fields.String()
    value = fields.String()
    ltr = fields.Boolean()


class PaperSectionSchema(ResponseSchema):
    """A part of the form under its heading."""

    heading = fields.String()
    rows = fields.List(fields.Nested(PaperRowSchema))


class ReceiptPartSchema(ResponseSchema):
    """The receipt in one language, in words."""

    lang = fields.String()
    dir = fields.String(validate=validate.OneOf(["ltr", "rtl"]))
    title = fields.String()
    lead = fields.String()
    german = fields.String()
    demo = fields.String()
    verify = fields.String()
    code_label = fields.String()
    qr_label = fields.String()
    facts = fields.List(fields.Nested(PaperRowSchema))
    sections = fields.List(fields.Nested(PaperSectionSchema))


class QrCodeSchema(ResponseSchema):
    """The address at which a document is verified, with its code: `size` modules wide, the dark ones as an SVG path."""

    size = fields.Integer()
    path = fields.String()


class ReceiptSchema(ResponseSchema):
    """The receipt as data: in the person's language, then in German; anybody can verify it by its code."""

    reference = fields.String()
    service = fields.String()
    version = fields.Integer()
    content_hash = fields.String()
    verify_code = fields.String()
    verify_url = fields.String()
    qr = fields.Nested(QrCodeSchema)
    parts = fields.List(fields.Nested(ReceiptPartSchema))
