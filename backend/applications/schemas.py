"""JSON shapes of what was sent: status, application, dialogue, receipts; see `schemas_draft` for drafts."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.applications.files.schemas import AttachmentSchema
from backend.applications.types import By, Happening, State
from backend.catalogue.schemas import OfficeSummarySchema
from backend.core.fields import Instant, Ready
from backend.core.i18n import DEFAULT, LANGUAGES
from backend.core.schemas import LocalizedTextSchema, RequestSchema, ResponseSchema

LONGEST_MESSAGE = 5000
LONGEST_REFERENCE = 40
STATES = validate.OneOf([str(state) for state in State])
BY = validate.OneOf([str(by) for by in By])
PAYMENTS = validate.OneOf(["open", "started", "booked", "failed", "cancelled", "refunded", "waived"])


class OptionalLangSchema(RequestSchema):
    """Query: the language of the texts; without it that of the draft or application."""

    lang = fields.String(load_default=None, validate=validate.OneOf(LANGUAGES))


class LangSchema(RequestSchema):
    """Query: the language of the texts."""

    lang = fields.String(load_default=DEFAULT, validate=validate.OneOf(LANGUAGES))


class FeeLineSchema(ResponseSchema):
    """One line of a fee; `cents` null: not known."""

    rule = fields.String()
    text = fields.Nested(LocalizedTextSchema)
    cents = fields.Integer(allow_none=True)
    quantity = fields.Integer(allow_none=True)


class ApplicationFeeSchema(ResponseSchema):
    """What it costs in cents; `unknown`: the office tells the fee before anybody pays."""

    cents = fields.Integer(allow_none=True)
    not_known = fields.Boolean(data_key="unknown", attribute="unknown")
    lines = fields.List(fields.Nested(FeeLineSchema))
    unknown_text = fields.Nested(LocalizedTextSchema, allow_none=True)


class VisitSchema(ResponseSchema):
    """What booking opens with."""

    service = fields.String()
    office = fields.String(allow_none=True)
    minutes = fields.Integer(allow_none=True)
    origin = fields.String(metadata={"description": "To be given to createHold"})
    documents = fields.List(fields.Nested(LocalizedTextSchema))


class PromiseSchema(ResponseSchema):
    """Until when the office has promised to decide; null while the clock stands still or nothing was promised."""

    date = fields.Date(allow_none=True)
    clock = fields.String(validate=validate.OneOf(["running", "stopped", "ended"]))
    stopped_since = Instant(allow_none=True)
    source = fields.String(allow_none=True)


class TimelineSchema(ResponseSchema):
    """One thing that happened; `key` is the id of its text, `params` its values."""

    at = Instant()
    type = fields.String(validate=validate.OneOf([str(each) for each in Happening]))
    by = fields.String(validate=BY)
    key = fields.String()
    params = fields.Dict(keys=fields.String())


class NextSchema(ResponseSchema):
    """What happens next, as the id of a text."""

    key = fields.String()
    params = fields.Dict(keys=fields.String())


class StatusSchema(ResponseSchema):
    """Where an application stands, without anything personal; `erase_on`: once it has ended, when it is erased."""

    reference = fields.String()
    service = fields.String()
    title = fields.Nested(LocalizedTextSchema)
    state = fields.String(validate=STATES)
    submitted_at = Instant(allow_none=True)
    undo_until = Instant(allow_none=True)
    payment = fields.String(allow_none=True, validate=PAYMENTS)
    waiting_for = fields.String(allow_none=True, validate=validate.OneOf(["citizen", "payment"]))
    responsible = Ready(OfficeSummarySchema, allow_none=True)
    promise = fields.Nested(PromiseSchema)
    timeline = fields.List(fields.Nested(TimelineSchema))
    next = fields.Nested(NextSchema)
    erase_on = fields.Date(allow_none=True)


class OpenStatusSchema(StatusSchema):
    """The status by number and code; `way_in`: how its person opens the rest, by account, by a mailed link, or not."""

    way_in = fields.String(validate=validate.OneOf(["account", "link", "none"]))


class StatusListSchema(ResponseSchema):
    """The applications of a person, newest change first."""

    items = fields.List(fields.Nested(StatusSchema))


class RequestViewSchema(ResponseSchema):
    """These fields and slots are open again until `due_on`, or the last day of grace; `parts` are the whole reason."""

    id = fields.UUID()
    reason = fields.String()
    parts = fields.List(fields.Nested(LocalizedTextSchema))
    asked = fields.List(fields.String(), data_key="fields")
    files = fields.List(fields.String())
    due_on = fields.Date()
    grace_until = fields.Date(allow_none=True)
    state = fields.String(validate=validate.OneOf(["open", "answered", "cancelled"]))
    opened_at = Instant()
    extensions_left = fields.Integer()


class MessageViewSchema(ResponseSchema):
    """One message of the dialogue."""

    id = fields.UUID()
    by = fields.String(validate=BY)
    at = Instant()
    text = fields.String()
    attachments = fields.List(fields.UUID())


class RemedySchema(ResponseSchema):
    """What can be done against a decision; `last_day` by our calculation, null without a known announcement."""

    kind = fields.String(validate=validate.OneOf(["widerspruch", "klage"]))
    last_day = fields.Date(allow_none=True)


class LetterViewSchema(ResponseSchema):
    """A letter that is ready; the dates are those of OZG § 9. `remedy` null: no rule is known, the office tells it."""

    id = fields.UUID()
    kind = fields.String(validate=validate.OneOf(["granted", "partly", "refused", "closed"]))
    electronic = fields.Boolean()
    provided_at = Instant()
    first_retrieved_at = Instant(allow_none=True)
    deemed_announced_on = fields.Date(allow_none=True)
    remedy = fields.Nested(RemedySchema, allow_none=True)


class VisitStateSchema(ResponseSchema):
    """The visit that the rules ask for: `needed`, `booked` or `cancelled`, and what to book."""

    state = fields.String()
    visit = fields.Nested(VisitSchema)
    reference = fields.String(allow_none=True)
    starts_at = fields.String(allow_none=True)


class ApplicationCanSchema(ResponseSchema):
    """What this person can do now."""

    undo = fields.Boolean()
    send_now = fields.Boolean()
    withdraw = fields.Boolean()
    message = fields.Boolean()
    pay = fields.Boolean()
    answer_request = fields.Boolean()
    ask_person = fields.Boolean()
    book = fields.Boolean()


class ApplicationSchema(StatusSchema):
    """An application as its person sees it; the ETag is its revision. `code` only in the answer to sending."""

    revision = fields.Integer()
    draft_id = fields.UUID(allow_none=True)
    code = fields.String(allow_none=True)
    language = fields.String(validate=validate.OneOf(LANGUAGES))
    level = fields.String(allow_none=True)
    method = fields.String(allow_none=True)
    version = fields.Integer()
    electronic_delivery = fields.Boolean(allow_none=True)
    handover = fields.String(allow_none=True)
    fee = fields.Nested(ApplicationFeeSchema)
    requests = fields.List(fields.Nested(RequestViewSchema))
    messages = fields.List(fields.Nested(MessageViewSchema))
    letters = fields.List(fields.Nested(LetterViewSchema))
    appointment = fields.Nested(VisitStateSchema, allow_none=True)
    attachments = fields.List(fields.Nested(AttachmentSchema))
    answers = fields.Dict(keys=fields.String())
    refund_on_withdrawal = fields.Boolean()
    actor = fields.String(validate=BY)
    can = fields.Nested(ApplicationCanSchema)


class StatusRequestSchema(LangSchema):
    """Number and code, as they are printed on the receipt."""

    reference = fields.String(required=True, validate=validate.Length(1, LONGEST_REFERENCE))
    code = fields.String(required=True, validate=validate.Length(1, LONGEST_REFERENCE))


class MessageRequestSchema(RequestSchema):
    """A message to the office."""

    text = fields.String(required=True, validate=validate.Length(1, LONGEST_MESSAGE), metadata={"multiline": True})
    attachments = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=5))


class AnswerRequestSchema(RequestSchema):
    """The corrected answers, by field id; files were uploaded to the request's slots before."""

    answers = fields.Dict(keys=fields.String(), load_default=dict, validate=validate.Length(max=200))


class PaymentRequestSchema(RequestSchema):
    """How to pay: online, by invoice, or at the counter of the office."""

    way = fields.String(load_default="online", validate=validate.OneOf(["online", "invoice", "counter"]))


class PaymentSchema(ResponseSchema):
    """A payment as the provider itself reports it."""

    state = fields.String(validate=PAYMENTS)
    amount_cents = fields.Integer(attribute="cents")
    lines = fields.List(fields.Dict(keys=fields.String()))
    provider = fields.String()
    receipt_number = fields.String(allow_none=True)
    refund = fields.String(allow_none=True, validate=validate.OneOf(["due", "done"]))
    can_retry = fields.Boolean()


class PaymentStartedSchema(ResponseSchema):
    """Where the browser goes now (the provider's page), or null when there is nothing to open."""

    location = fields.String(allow_none=True)
    state = fields.String(validate=PAYMENTS)
