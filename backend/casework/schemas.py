"""JSON shapes of staff's requests: lists, searches, and each act on a case."""

from __future__ import annotations

from typing import Any, get_args

from marshmallow import fields, validate, validates_schema

from backend.applications.schemas import LONGEST_MESSAGE, LONGEST_REFERENCE
from backend.applications.types import State
from backend.casework.types import Sort, Why
from backend.core.i18n import LANGUAGES
from backend.core.schemas import RequestSchema, invalid

LONGEST_NAME = 200
LONGEST_LABEL = 40
MOST_IN_BATCH = 500
PAGE_SIZE = 50
OFFICE_STATES = [str(state) for state in State if state not in (State.DRAFT, State.SUBMITTED)]
SLUG = validate.Regexp(r"^[a-z0-9][a-z0-9-]{0,79}\Z")
CURSOR = validate.Length(1, 300)


def several(check: Any, most: int = 20) -> fields.List[Any]:
    """A list of texts of one kind, empty when left out."""
    return fields.List(fields.String(validate=check), load_default=list, validate=validate.Length(max=most))


class FiltersSchema(RequestSchema):
    """What a work list shows; `assigned`: me, nobody, or an account; `to_approve`: proposed by somebody else.

    `sort`: by due date, receipt, title of the service, family name, stage, or name of whom it is assigned to; with `-`
    the other way round. What is equal: the oldest receipt first in a list of open cases, else the newest.
    """

    scope = fields.String(load_default="open", validate=validate.OneOf(["open", "ended", "all"]))
    sort = fields.String(load_default="due", validate=validate.OneOf(get_args(Sort)))
    services = several(SLUG)
    states = several(validate.OneOf(OFFICE_STATES))
    offices = several(SLUG)
    languages = several(validate.OneOf(LANGUAGES))
    waiting_for = fields.String(load_default=None, validate=validate.OneOf(["citizen", "payment", "office"]))
    assigned = fields.String(
        load_default=None,
        validate=validate.Regexp(r"^(me|nobody|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\Z"),
    )
    older_than_days = fields.Integer(load_default=None, validate=validate.Range(0, 3650))
    due = fields.String(load_default=None, validate=validate.OneOf(["overdue", "soon"]))
    at_risk = fields.Boolean(load_default=False)
    label = fields.String(load_default=None, validate=validate.Length(1, LONGEST_LABEL))
    escalated = fields.Boolean(load_default=False)
    to_approve = fields.Boolean(load_default=False)


class ListQuerySchema(FiltersSchema):
    """Query of a work list: filters and the place to go on from (`next` of the page before)."""

    after = fields.String(load_default=None, validate=CURSOR)
    page_size = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(1, 100))


class SearchSchema(RequestSchema):
    """A reference, or a name with or without a date of birth; in the body, so that no name stands in an address."""

    reference = fields.String(load_default=None, validate=validate.Length(1, LONGEST_REFERENCE))
    name = fields.String(load_default=None, validate=validate.Length(1, LONGEST_NAME))
    birth_date = fields.Date(load_default=None)

    @validates_schema
    def check_together(self, data: dict[str, Any], **_options: Any) -> None:
        """One way to search, and a date of birth only together with a name."""
        if data["reference"] is None and data["name"] is None:
            raise invalid("required", "name")
        if data["reference"] is not None and (data["name"] is not None or data["birth_date"] is not None):
            raise invalid("not_allowed", "reference")


class OpenSchema(RequestSchema):
    """Query of a case: why it is opened."""

    why = fields.String(load_default=str(Why.WORK), validate=validate.OneOf([str(each) for each in Why]))


class AssignSchema(RequestSchema):
    """To whom: an account, `me` by one's own account, or null for nobody; and to which team."""

    assignee = fields.UUID(required=True, allow_none=True)
    team = fields.String(load_default=None, allow_none=True, validate=SLUG)


class TakeSchema(RequestSchema):
    """From which services the next case may be; empty: all."""

    services = several(SLUG)


class TextSchema(RequestSchema):
    """A text of several lines."""

    text = fields.String(required=True, validate=validate.Length(1, LONGEST_MESSAGE), metadata={"multiline": True})


class ReturnSchema(RequestSchema):
    """Why a proposal is not approved."""

    reason = fields.String(required=True, validate=validate.Length(1, LONGEST_MESSAGE), metadata={"multiline": True})


class SaveViewSchema(RequestSchema):
    """A name and the filters that it stands for."""

    name = fields.String(required=True, validate=validate.Length(1, 80))
    filters = fields.Nested(FiltersSchema, required=True)


class TrailQuerySchema(RequestSchema):
    """Query of a list that goes on: the place after the page before."""

    after = fields.Integer(load_default=None, validate=validate.Range(1, 2**62))


class LettersQuerySchema(RequestSchema):
    """Query of letters: only those for the printer, and the place to go on from."""

    to_print = fields.Boolean(load_default=False)
    after = fields.String(load_default=None, validate=CURSOR)
