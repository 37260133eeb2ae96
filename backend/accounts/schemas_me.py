"""JSON shapes of My data."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.accounts.schemas import language
from backend.core.access import LEVELS
from backend.core.schemas import LangQuerySchema, RequestSchema, ResponseSchema

FORMATS = ("json", "pdf")


class ClaimSchema(ResponseSchema):
    """One value that an issuer said about the person."""

    name = fields.String(metadata={"description": "Name of the claim, e.g. birthdate"})
    value = fields.Raw(metadata={"description": "Text, list of texts or object of texts"})
    source = fields.String(metadata={"description": "service_account"})
    asserted_at = fields.AwareDateTime()


class DeliverySchema(ResponseSchema):
    """Whether decisions may be announced in the portal."""

    allowed = fields.Boolean()
    since = fields.AwareDateTime(allow_none=True, metadata={"description": "null: the person never said"})


class ItemSchema(ResponseSchema):
    """One stored value, for people (`label`, `shown`) and for machines (`key`, `value`)."""

    key = fields.String()
    label = fields.String()
    value = fields.Raw(allow_none=True)
    shown = fields.String()
    source = fields.String(metadata={"description": "you, service_account, office or portal"})
    at = fields.AwareDateTime(allow_none=True)


class SectionSchema(ResponseSchema):
    """What one part of the portal stores."""

    name = fields.String()
    title = fields.String()
    items = fields.List(fields.Nested(ItemSchema))


class LookSchema(ResponseSchema):
    """Somebody else saw or changed something of the person's."""

    at = fields.AwareDateTime()
    actor_kind = fields.String()
    roles = fields.List(fields.String())
    action = fields.String(metadata={"description": "e.g. application.read"})
    object_type = fields.String()
    name = fields.String(allow_none=True, metadata={"description": "Service and number of what was looked at"})
    reason = fields.String(allow_none=True)


class ConsequenceSchema(ResponseSchema):
    """What deleting the account means; `blocks`: it must end before."""

    code = fields.String()
    count = fields.Integer()
    blocks = fields.Boolean()


class AccountSchema(ResponseSchema):
    """The account itself."""

    issuer = fields.String(metadata={"description": "Host of the service account"})
    level = fields.String(validate=validate.OneOf(LEVELS), metadata={"description": "Of the last sign-in"})
    held_back = fields.Boolean(metadata={"description": "Claims are shown in a session of `level` only"})
    created_at = fields.AwareDateTime()
    last_seen_at = fields.AwareDateTime()


class MyDataSchema(ResponseSchema):
    """All that is stored about the person."""

    account = fields.Nested(AccountSchema)
    claims = fields.List(fields.Nested(ClaimSchema))
    electronic_delivery = fields.Nested(DeliverySchema)
    sections = fields.List(fields.Nested(SectionSchema))
    looks = fields.List(fields.Nested(LookSchema))
    consequences = fields.List(fields.Nested(ConsequenceSchema))


class ExportQuerySchema(LangQuerySchema):
    """In which form and language."""

    format = fields.String(load_default="json", validate=validate.OneOf(FORMATS))


class DeleteAccountSchema(RequestSchema):
    """The person means it."""

    confirm = fields.Boolean(required=True, validate=validate.Equal(True))
    language = language()


class DeliveryRequestSchema(RequestSchema):
    """Whether decisions may be announced in the portal."""

    allowed = fields.Boolean(required=True)
