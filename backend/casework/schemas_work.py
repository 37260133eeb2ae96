"""JSON shapes of the people behind the cases: profile, colleagues, absence, teams, where new cases go."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.casework.schemas import SLUG, several
from backend.core.i18n import LANGUAGES
from backend.core.schemas import RequestSchema, ResponseSchema

MOST_RULES = 100
LANGUAGE = validate.OneOf(LANGUAGES)


class SetProfileSchema(RequestSchema):
    """In which languages and services one takes cases (null: all); whether single keys are shortcuts."""

    languages = fields.List(
        fields.String(validate=LANGUAGE),
        required=True,
        allow_none=True,
        validate=validate.Length(1, len(LANGUAGES)),
    )
    services = fields.List(
        fields.String(validate=SLUG), required=True, allow_none=True, validate=validate.Length(1, 50)
    )
    shortcuts = fields.Boolean(required=True)


class SetAbsenceSchema(RequestSchema):
    """Until which day somebody is away (null: here again) and who stands in (null: nobody)."""

    until = fields.Date(required=True, allow_none=True)
    substitute = fields.UUID(required=True, allow_none=True)


class SetTeamsSchema(RequestSchema):
    """The teams that somebody belongs to."""

    teams = fields.List(fields.String(validate=SLUG), required=True, validate=validate.Length(max=20))


class ProfileSchema(ResponseSchema):
    """Who one is here; `can` has every action and whether one's roles have it."""

    account = fields.UUID()
    name = fields.String(allow_none=True)
    roles = fields.List(fields.String())
    offices = fields.List(fields.String())
    teams = fields.List(fields.String())
    languages = fields.List(fields.String(), allow_none=True)
    services = fields.List(fields.String(), allow_none=True)
    shortcuts = fields.Boolean()
    training = fields.Boolean()
    absent_until = fields.Date(allow_none=True)
    substitute = fields.UUID(allow_none=True)
    can = fields.Dict(keys=fields.String(), values=fields.Boolean())


class WorkerSchema(ResponseSchema):
    """A colleague; languages and services null: all of them."""

    id = fields.UUID()
    name = fields.String(allow_none=True)
    roles = fields.List(fields.String())
    offices = fields.List(fields.String())
    teams = fields.List(fields.String())
    languages = fields.List(fields.String(), allow_none=True)
    services = fields.List(fields.String(), allow_none=True)
    absent_until = fields.Date(allow_none=True)
    substitute = fields.UUID(allow_none=True)
    substitute_name = fields.String(allow_none=True)


class WorkersSchema(ResponseSchema):
    """The colleagues of one's offices by name."""

    items = fields.List(fields.Nested(WorkerSchema))


class RoutingQuerySchema(RequestSchema):
    """Query of routing rules: of which office; left out: the first of one's own."""

    office = fields.String(load_default=None, validate=SLUG)


class RoutingRuleSchema(RequestSchema):
    """For which cases (null and empty: for all) and where they go: an office, a team, a person."""

    service = fields.String(load_default=None, allow_none=True, validate=SLUG)
    postcodes = several(validate.Regexp(r"^[0-9]{1,5}\Z"), most=100)
    language = fields.String(load_default=None, allow_none=True, validate=LANGUAGE)
    office = fields.String(load_default=None, allow_none=True, validate=SLUG)
    team = fields.String(load_default=None, allow_none=True, validate=SLUG)
    assignee = fields.UUID(load_default=None, allow_none=True)


class SetRoutingSchema(RequestSchema):
    """The rules of an office in their order; the first that fits a new case wins."""

    office = fields.String(load_default=None, validate=SLUG)
    items = fields.List(fields.Nested(RoutingRuleSchema), required=True, validate=validate.Length(max=MOST_RULES))


class RoutingRuleViewSchema(ResponseSchema):
    """One rule; see RoutingRule."""

    service = fields.String(allow_none=True)
    postcodes = fields.List(fields.String())
    language = fields.String(allow_none=True)
    office = fields.String(allow_none=True)
    team = fields.String(allow_none=True)
    assignee = fields.UUID(allow_none=True)
    assignee_name = fields.String(allow_none=True)


class RoutingSchema(ResponseSchema):
    """The rules of an office; `revision` is their ETag, 0 while there are none."""

    office = fields.String()
    revision = fields.Integer()
    items = fields.List(fields.Nested(RoutingRuleViewSchema))
    changed_by_name = fields.String(allow_none=True)
