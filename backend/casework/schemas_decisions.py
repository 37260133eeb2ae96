"""JSON shapes of decisions: what a clerk enters, how it would be sent, text blocks."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.applications.schemas import LONGEST_MESSAGE
from backend.applications.types import DECISIONS
from backend.casework.types import ProposalState
from backend.core.fields import Instant
from backend.core.i18n import LANGUAGES
from backend.core.schemas import RequestSchema, ResponseSchema

MOST_BLOCKS = 10
HIGHEST_FEE = 10_000_000
TEXT = validate.Length(1, LONGEST_MESSAGE)
OUTCOMES = validate.OneOf(list(DECISIONS))
BLOCK_KINDS = validate.OneOf(["request", "decision", "message"])
SECONDS = validate.OneOf(["always", "on_refusal", "above_fee", "random"])


class TranslationSchema(RequestSchema):
    """A translation of the German free text into the citizen's language, confirmed by who enters it."""

    text = fields.String(required=True, validate=TEXT, metadata={"multiline": True})
    confirmed = fields.Boolean(required=True, validate=validate.Equal(True))


class DecisionSchema(RequestSchema):
    """How it is decided; what is not granted in full needs a reason or a block.

    `closed`: ended without a decision. `fee_cents` only where the rules do not know the fee.
    """

    outcome = fields.String(required=True, validate=OUTCOMES)
    reason = fields.String(load_default=None, allow_none=True, validate=TEXT, metadata={"multiline": True})
    blocks = fields.List(
        fields.String(validate=validate.Length(1, 120)), load_default=list, validate=validate.Length(max=MOST_BLOCKS)
    )
    translation = fields.Nested(TranslationSchema, load_default=None, allow_none=True)
    fee_cents = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, HIGHEST_FEE))


class PreviewBodySchema(ResponseSchema):
    """The paragraphs: German (binding) and in the citizen's language; `translated` False: part of it stays German."""

    de = fields.List(fields.String())
    own = fields.List(fields.String(), allow_none=True)
    translated = fields.Boolean()


class PreviewRemedySchema(ResponseSchema):
    """The legal remedy; `last_day` by our calculation if it left now; `note` unchecked: nobody checked the rule."""

    text_de = fields.String()
    text = fields.String()
    court_or_office = fields.String(allow_none=True)
    last_day = fields.Date(allow_none=True)
    note = fields.String(allow_none=True, validate=validate.OneOf(["unchecked"]))


class PreviewSecondSchema(ResponseSchema):
    """Whether a second person has to approve; `random` with `needed` False: it may be drawn."""

    needed = fields.Boolean()
    why = fields.String(allow_none=True, validate=SECONDS)


class PreviewSchema(ResponseSchema):
    """A decision as it would be sent; `summary` is the plain block in the citizen's language."""

    language = fields.String(validate=validate.OneOf(LANGUAGES))
    subject = fields.String()
    summary = fields.List(fields.String())
    body = fields.Nested(PreviewBodySchema)
    fee_cents = fields.Integer(allow_none=True)
    remedy = fields.Nested(PreviewRemedySchema, allow_none=True)
    delivery = fields.String(validate=validate.OneOf(["electronic", "post"]))
    second = fields.Nested(PreviewSecondSchema)
    leaves_after_minutes = fields.Integer()


class BlockQuerySchema(RequestSchema):
    """Query: blocks of one service (its own and the general ones), of one kind."""

    service = fields.String(load_default=None, validate=validate.Regexp(r"^[a-z0-9][a-z0-9-]{0,79}\Z"))
    kind = fields.String(load_default=None, validate=BLOCK_KINDS)


class BlockTextsSchema(ResponseSchema):
    """A text in every language."""

    de = fields.String()
    de_simple = fields.String(data_key="de-simple", attribute="de-simple")
    en = fields.String()
    tr = fields.String()
    ar = fields.String()
    uk = fields.String()


class BlockSchema(ResponseSchema):
    """A text block; `outcome` null: fits every decision."""

    id = fields.String()
    kind = fields.String(validate=BLOCK_KINDS)
    outcome = fields.String(allow_none=True, validate=OUTCOMES)
    title = fields.String()
    texts = fields.Nested(BlockTextsSchema)


class BlocksSchema(ResponseSchema):
    """Text blocks, those of the service first."""

    items = fields.List(fields.Nested(BlockSchema))


class TroubleSchema(ResponseSchema):
    """What could not be made or sent so far and is tried again: the letter, or the notice by mail."""

    kind = fields.String(validate=validate.OneOf(["letter", "mail"]))
    since = Instant()
    tries = fields.Integer()


class CaseLetterSchema(ResponseSchema):
    """A letter and the dates of its delivery; `to_print`: it goes by post and nobody printed it yet."""

    id = fields.UUID()
    kind = fields.String()
    electronic = fields.Boolean()
    provided_at = Instant()
    first_retrieved_at = Instant(allow_none=True)
    deemed_announced_on = fields.Date(allow_none=True)
    to_print = fields.Boolean()
    printed_at = Instant(allow_none=True)


class ProposalSchema(ResponseSchema):
    """The newest proposed decision, `preview` exactly as it will be sent; `leaves_at`: until then it can be undone.

    `proposer` null: the rules proposed to grant it, and a person checks it.
    """

    id = fields.UUID()
    outcome = fields.String(validate=OUTCOMES)
    state = fields.String(validate=validate.OneOf([str(each) for each in ProposalState]))
    needs_second = fields.Boolean()
    second_why = fields.String(allow_none=True, validate=SECONDS)
    reason = fields.String(allow_none=True)
    blocks = fields.List(fields.String())
    translation = fields.String(allow_none=True)
    preview = fields.Nested(PreviewSchema, allow_none=True)
    proposer = fields.UUID(allow_none=True)
    proposer_name = fields.String(allow_none=True)
    proposed_at = Instant()
    approver = fields.UUID(allow_none=True)
    approver_name = fields.String(allow_none=True)
    approved_at = Instant(allow_none=True)
    leaves_at = Instant(allow_none=True)
    returned_because = fields.String(allow_none=True)


class OfficeLetterSchema(CaseLetterSchema):
    """A letter of the office with the case that it belongs to."""

    reference = fields.String()
    service = fields.String()


class OfficeLettersSchema(ResponseSchema):
    """Letters of the actor's offices, newest first."""

    items = fields.List(fields.Nested(OfficeLetterSchema))
    next = fields.String(allow_none=True)
