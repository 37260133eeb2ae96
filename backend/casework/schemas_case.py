"""JSON shapes of what staff see: lines of lists, the whole case, letters, the audit trail."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.applications.types import By, Happening, State
from backend.casework.schemas import FiltersSchema
from backend.casework.schemas_decisions import CaseLetterSchema, ProposalSchema, TroubleSchema
from backend.casework.schemas_reading import (
    AnswersVersionSchema,
    CaseAttachmentSchema,
    PresentSchema,
    RelatedAppointmentSchema,
)
from backend.casework.types import Happened
from backend.core.fields import Instant
from backend.core.schemas import LocalizedTextSchema, ResponseSchema

STATES = validate.OneOf([str(state) for state in State])
WAITS = validate.OneOf(["citizen", "payment"])
EVENTS = validate.OneOf([*map(str, Happened), *(f"application.{each}" for each in Happening)])


class CaseLineSchema(ResponseSchema):
    """One case in a list; `urgency` by the earliest of promise and request."""

    reference = fields.String()
    service = fields.String()
    title = fields.Nested(LocalizedTextSchema)
    office = fields.String()
    name = fields.String(allow_none=True)
    language = fields.String()
    state = fields.String(validate=STATES)
    waiting_for = fields.String(allow_none=True, validate=WAITS)
    received_at = Instant()
    age_days = fields.Integer()
    promise_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    urgency = fields.String(validate=validate.OneOf(["overdue", "soon", "later", "none"]))
    assigned_to = fields.UUID(allow_none=True)
    assigned_name = fields.String(allow_none=True)
    team = fields.String(allow_none=True)
    labels = fields.List(fields.String())
    escalated = fields.Boolean()
    revision = fields.Integer()


class CasePageSchema(ResponseSchema):
    """A page of cases; `count` is exact up to 1,000, else more than that; `sort` is the order that was used."""

    items = fields.List(fields.Nested(CaseLineSchema))
    next = fields.String(allow_none=True)
    count = fields.Integer()
    count_is_exact = fields.Boolean()
    sort = fields.String()


class CaseRelatedSchema(ResponseSchema):
    """Other cases and appointments of the same person, in the actor's offices."""

    cases = fields.List(fields.Nested(CaseLineSchema))
    appointments = fields.List(fields.Nested(RelatedAppointmentSchema))


class CaseFieldSchema(ResponseSchema):
    """An answer: what was typed, who said it, what the account says now, which files belong to it."""

    pointer = fields.String()
    label = fields.String()
    type = fields.String()
    value = fields.Raw(allow_none=True)
    words = fields.List(fields.String(), metadata={"description": "The answer in German, line by line"})
    source = fields.String(allow_none=True)
    locked = fields.Boolean()
    asserted = fields.Raw(allow_none=True)
    asserted_words = fields.List(fields.String())
    differs = fields.Boolean()
    files = fields.List(fields.UUID())


class CaseAnswersSchema(ResponseSchema):
    """A page as the person saw it."""

    page = fields.String()
    title = fields.Nested(LocalizedTextSchema)
    answers = fields.List(fields.Nested(CaseFieldSchema), data_key="fields", attribute="fields")


class RuleInputSchema(ResponseSchema):
    """What a rule looked at: an answer by its pointer with label and words, or a fact by its name (no label)."""

    name = fields.String()
    label = fields.String(allow_none=True)
    words = fields.List(fields.String())
    value = fields.Raw(allow_none=True)


class RuleSchema(ResponseSchema):
    """A rule that was asked: what it says in German, whether it hit, what it costs."""

    section = fields.String(validate=validate.OneOf(["eligibility", "fee", "route", "decision"]))
    rule = fields.String()
    hit = fields.Boolean()
    text = fields.String(allow_none=True)
    cents = fields.Integer(allow_none=True)
    inputs = fields.List(fields.Nested(RuleInputSchema))


class CaseEventSchema(ResponseSchema):
    """Something that happened: `type` of casework, or `application.<type>` as the citizen's timeline has it."""

    revision = fields.Integer()
    at = Instant()
    type = fields.String(validate=EVENTS)
    actor = fields.UUID(allow_none=True)
    actor_name = fields.String(allow_none=True)
    to_name = fields.String(allow_none=True, metadata={"description": "Who got the case, where it was assigned"})
    data = fields.Dict(keys=fields.String())


class CaseRequestSchema(ResponseSchema):
    """A request to the citizen: `reason` in German, `parts` as she reads it; `grace_until`: told that it is overdue."""

    id = fields.UUID()
    asked = fields.List(fields.String(), data_key="fields", attribute="fields")
    files = fields.List(fields.String())
    reason = fields.String()
    parts = fields.List(fields.Nested(LocalizedTextSchema))
    state = fields.String(validate=validate.OneOf(["open", "answered", "cancelled"]))
    due_on = fields.Date()
    grace_until = fields.Date(allow_none=True)
    extensions = fields.Integer()
    reminded_at = Instant(allow_none=True)
    opened_at = Instant()
    ended_at = Instant(allow_none=True)


class CaseMessageSchema(ResponseSchema):
    """A message of the dialogue with the citizen."""

    id = fields.UUID()
    by = fields.String(validate=validate.OneOf([str(by) for by in By]))
    at = Instant()
    text = fields.String()
    attachments = fields.List(fields.UUID())


class CaseNoteSchema(ResponseSchema):
    """A private note."""

    id = fields.UUID()
    author = fields.UUID()
    author_name = fields.String(allow_none=True)
    at = Instant()
    text = fields.String()


class CaseCanSchema(ResponseSchema):
    """Which acts make sense now for this member of staff; `lapse`: to close what waits for the citizen in vain."""

    propose = fields.Boolean()
    lapse = fields.Boolean()
    request = fields.Boolean()
    approve = fields.Boolean()
    undo = fields.Boolean()
    assign = fields.Boolean()
    note = fields.Boolean()
    correct = fields.Boolean()
    hand_over = fields.Boolean()
    opinion = fields.Boolean()
    reopen = fields.Boolean()


class CaseOpinionSchema(ResponseSchema):
    """A question to another office and what it answered."""

    id = fields.UUID()
    office = fields.String()
    question = fields.String(allow_none=True)
    pages = fields.List(fields.String())
    due_on = fields.Date()
    asked_at = Instant()
    asked_by_name = fields.String(allow_none=True)
    state = fields.String(validate=validate.OneOf(["open", "answered", "withdrawn"]))
    answer = fields.String(allow_none=True)
    answered_at = Instant(allow_none=True)
    answered_by_name = fields.String(allow_none=True)


class CaseSchema(ResponseSchema):
    """Everything about one case; `evaluation`: the log of the rules; `request_due`: proposed days for an answer."""

    line = fields.Nested(CaseLineSchema)
    revision = fields.Integer()
    version = fields.Integer()
    level = fields.String(allow_none=True)
    method = fields.String(allow_none=True)
    electronic_delivery = fields.Boolean(allow_none=True)
    payment = fields.String(allow_none=True)
    fee_cents = fields.Integer(allow_none=True)
    four_eyes = fields.Raw()
    pages = fields.List(fields.Nested(CaseAnswersSchema))
    attachments = fields.List(fields.Nested(CaseAttachmentSchema))
    evaluation = fields.Dict(keys=fields.String(), allow_none=True)
    rules = fields.List(fields.Nested(RuleSchema))
    timeline = fields.List(fields.Nested(CaseEventSchema))
    requests = fields.List(fields.Nested(CaseRequestSchema))
    messages = fields.List(fields.Nested(CaseMessageSchema))
    letters = fields.List(fields.Nested(CaseLetterSchema))
    notes = fields.List(fields.Nested(CaseNoteSchema))
    opinions = fields.List(fields.Nested(CaseOpinionSchema))
    request_due = fields.List(fields.Date())
    proposal = fields.Nested(ProposalSchema, allow_none=True)
    trouble = fields.List(fields.Nested(TroubleSchema))
    versions = fields.List(fields.Nested(AnswersVersionSchema))
    related = fields.Nested(CaseRelatedSchema, allow_none=True)
    present = fields.List(fields.Nested(PresentSchema))
    can = fields.Nested(CaseCanSchema)


class SavedViewSchema(ResponseSchema):
    """A view of one's own."""

    id = fields.UUID()
    name = fields.String()
    wanted = fields.Nested(FiltersSchema, data_key="filters", attribute="wanted")


class SavedViewsSchema(ResponseSchema):
    """One's own views by name."""

    items = fields.List(fields.Nested(SavedViewSchema))


class TrailEntrySchema(ResponseSchema):
    """One entry of the audit trail: who (account and roles), what, when, why; never a citizen's data."""

    id = fields.Integer()
    at = Instant()
    actor_kind = fields.String()
    actor = fields.UUID(allow_none=True)
    actor_name = fields.String(allow_none=True)
    roles = fields.List(fields.String())
    action = fields.String()
    reason = fields.String(allow_none=True)


class TrailSchema(ResponseSchema):
    """The entries about a case, newest first; `next` is the place to go on from."""

    items = fields.List(fields.Nested(TrailEntrySchema))
    next = fields.Integer(allow_none=True)
