"""Shapes of the form routes."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.core.schemas import LangQuerySchema, LocalizedTextSchema, ResponseSchema

TRUST_LEVELS = ("none", "basic", "substantial", "high")


class FormQuerySchema(LangQuerySchema):
    """Query of one form."""

    version = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, 9999),
        metadata={"description": "A published version; the newest one unless given"},
    )


class FormSummarySchema(ResponseSchema):
    """A service that can be applied for online."""

    slug = fields.String(metadata={"description": "Name of the form, used in addresses"})
    service = fields.String(allow_none=True, metadata={"description": "Slug of the service in the catalogue"})
    version = fields.Integer()
    content_hash = fields.String(metadata={"description": "SHA-256 (hex) of everything this version asks and says"})
    trust_level = fields.String(validate=validate.OneOf(TRUST_LEVELS))
    authorities = fields.List(fields.String())
    title = fields.Nested(LocalizedTextSchema)
    lead = fields.Nested(LocalizedTextSchema)


class FormsSchema(ResponseSchema):
    """All services that can be applied for online."""

    items = fields.List(fields.Nested(FormSummarySchema))


class FormSchema(ResponseSchema):
    """One form with everything that is needed to show it and to check answers."""

    slug = fields.String()
    version = fields.Integer()
    content_hash = fields.String(metadata={"description": "SHA-256 (hex) of everything this version asks and says"})
    lang = fields.String(metadata={"description": "The language that was asked for"})
    facts = fields.Dict(metadata={"description": "service.json: office, trust level, payment, promise, retention"})
    schema = fields.Dict(metadata={"description": "JSON Schema 2020-12 of the answers, with x-type for each field"})
    pages = fields.List(fields.Dict(), metadata={"description": "Pages in order with fields and conditions"})
    texts = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(LocalizedTextSchema),
        metadata={"description": "Simple ICU messages by key; German where the language has none"},
    )
    checks = fields.Dict(metadata={"description": "Patterns and lists that browser and server judge by"})
