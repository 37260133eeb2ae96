"""JSON shapes of drafts, their check, and powers of attorney."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.applications.files.schemas import AttachmentSchema
from backend.applications.schemas import BY, ApplicationFeeSchema, VisitSchema
from backend.core.fields import Email, Instant
from backend.core.i18n import LANGUAGES
from backend.core.schemas import LocalizedTextSchema, RequestSchema, ResponseSchema

SLUG = validate.And(validate.Length(1, 100), validate.Regexp(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z"))
MOST_FIELDS = 200


class FieldErrorSchema(ResponseSchema):
    """What is wrong with one answer: JSON pointer, stable code, values for its text."""

    pointer = fields.String()
    code = fields.String()
    params = fields.Dict(keys=fields.String())


class PrefilledSchema(ResponseSchema):
    """An answer that came from the account; `locked`: it cannot be changed here."""

    pointer = fields.String()
    source = fields.String()
    locked = fields.Boolean()


class PageStateSchema(ResponseSchema):
    """A page of the form for the task list."""

    id = fields.String()
    state = fields.String(validate=validate.OneOf(["empty", "saved", "faulty"]))


class ChangesSchema(ResponseSchema):
    """What a newer version of the form asks that this draft has not seen."""

    from_ = fields.Integer(data_key="from", attribute="from")
    new_fields = fields.List(fields.String())
    removed_fields = fields.List(fields.String())


class BookedVisitSchema(ResponseSchema):
    """The appointment that was booked for a draft."""

    reference = fields.String()
    starts_at = fields.String()


class DraftSchema(ResponseSchema):
    """A draft; the ETag is its revision. `errors` and `ignored` are those of the page that was just saved."""

    draft_id = fields.UUID()
    reference = fields.String(allow_none=True)
    service = fields.String()
    title = fields.Nested(LocalizedTextSchema)
    version = fields.Integer()
    content_hash = fields.String()
    revision = fields.Integer()
    language = fields.String(validate=validate.OneOf(LANGUAGES))
    answers = fields.Dict(keys=fields.String())
    prefilled = fields.List(fields.Nested(PrefilledSchema))
    pages = fields.List(fields.Nested(PageStateSchema))
    attachments = fields.List(fields.Nested(AttachmentSchema))
    expires_at = Instant()
    touched_at = Instant()
    level_needed = fields.String()
    changes = fields.Nested(ChangesSchema, allow_none=True)
    actor = fields.String(validate=BY)
    represented = fields.Boolean()
    appointment = fields.Nested(BookedVisitSchema, allow_none=True)
    email = fields.String(allow_none=True)
    errors = fields.List(fields.Nested(FieldErrorSchema))
    ignored = fields.List(fields.String())


class DraftLineSchema(ResponseSchema):
    """A draft in a list, without its answers; `readable`: false below the level of trust it was filled at."""

    draft_id = fields.UUID()
    reference = fields.String(allow_none=True)
    service = fields.String()
    title = fields.Nested(LocalizedTextSchema)
    revision = fields.Integer()
    language = fields.String(validate=validate.OneOf(LANGUAGES))
    expires_at = Instant()
    touched_at = Instant()
    level_needed = fields.String()
    represented = fields.Boolean()
    readable = fields.Boolean()


class DraftListSchema(ResponseSchema):
    """The drafts of a person, newest change first."""

    items = fields.List(fields.Nested(DraftLineSchema))


class DraftRequestSchema(RequestSchema):
    """Begin an application; `on_behalf_of` is a power of attorney that the caller holds."""

    service = fields.String(required=True, validate=SLUG)
    language = fields.String(load_default="de", validate=validate.OneOf(LANGUAGES))
    on_behalf_of = fields.UUID(load_default=None, allow_none=True)


class PageAnswersSchema(RequestSchema):
    """What was typed on one page, by field id; null takes an answer back."""

    answers = fields.Dict(keys=fields.String(), required=True, validate=validate.Length(max=MOST_FIELDS))


class ResumeLinkRequestSchema(RequestSchema):
    """Where the link goes."""

    email = Email(required=True)


class SubmitRequestSchema(RequestSchema):
    """What the person saw when she pressed send."""

    content_hash = fields.String(required=True, validate=validate.Length(1, 200))
    fee_cents = fields.Integer(required=True, allow_none=True, validate=validate.Range(0, 100_000_000))
    electronic_delivery = fields.Boolean(load_default=True)
    language = fields.String(load_default="de", validate=validate.OneOf(LANGUAGES))


class EligibilitySchema(ResponseSchema):
    """Whether this can be applied for; else why not and which other way there is."""

    eligible = fields.Boolean()
    rule = fields.String(allow_none=True)
    text = fields.Nested(LocalizedTextSchema, allow_none=True)
    way = fields.String(allow_none=True)


class RouteSchema(ResponseSchema):
    """Where it goes and why."""

    office = fields.String(allow_none=True)
    way = fields.String()
    rule = fields.String(allow_none=True)
    text = fields.Nested(LocalizedTextSchema, allow_none=True)


class PaymentRuleSchema(ResponseSchema):
    """When is paid, and whether the counter takes it, too."""

    when = fields.String()
    counter = fields.Boolean()


class LevelSchema(ResponseSchema):
    """The level of trust that sending needs, and the one of this session."""

    required_ = fields.String(data_key="required", attribute="required")
    level = fields.String()


class CheckSchema(ResponseSchema):
    """What sending would mean; `acts`: send, step_up, book, hand_to_person.

    `electronic_delivery`: what to offer as chosen, from the form and from what the person said in My data.
    """

    content_hash = fields.String()
    revision = fields.Integer()
    errors = fields.List(fields.Nested(FieldErrorSchema))
    dropped = fields.List(fields.String())
    eligibility = fields.Nested(EligibilitySchema)
    fee = fields.Nested(ApplicationFeeSchema)
    route = fields.Nested(RouteSchema)
    visit = fields.Nested(VisitSchema, allow_none=True)
    payment = fields.Nested(PaymentRuleSchema)
    level = fields.Nested(LevelSchema)
    electronic_delivery = fields.Boolean()
    acts = fields.List(fields.String(validate=validate.OneOf(["send", "step_up", "book", "hand_to_person"])))


class OpenedLinkSchema(ResponseSchema):
    """What a link opened: a draft by its id, what was sent by its number."""

    service = fields.String()
    draft_id = fields.UUID(allow_none=True)
    reference = fields.String(allow_none=True)


class PowerSchema(ResponseSchema):
    """A power of attorney as one of the two sees it; `code` only when it was just made, for the helper."""

    power_id = fields.UUID()
    role = fields.String(validate=validate.OneOf(["granted", "held"]))
    other = fields.String(allow_none=True)
    services = fields.List(fields.String(), allow_none=True)
    valid_until = fields.Date()
    state = fields.String(validate=validate.OneOf(["open", "accepted", "over", "revoked"]))
    granted_at = Instant()
    code = fields.String(allow_none=True)


class PowerListSchema(ResponseSchema):
    """Powers that the person gave or holds."""

    items = fields.List(fields.Nested(PowerSchema))


class PowerRequestSchema(RequestSchema):
    """For which services (null: all) and until which day."""

    services = fields.List(
        fields.String(validate=SLUG), load_default=None, allow_none=True, validate=validate.Length(1, 50)
    )
    valid_until = fields.Date(required=True)


class PowerCodeSchema(RequestSchema):
    """The code that the person gave to her helper."""

    code = fields.String(required=True, validate=validate.Length(1, 40))
