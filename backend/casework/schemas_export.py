"""JSON shapes of exports and of the audit trail over all cases."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from backend.applications.schemas import LONGEST_REFERENCE
from backend.casework.schemas import FiltersSchema
from backend.casework.schemas_case import TrailEntrySchema
from backend.core.schemas import RequestSchema, ResponseSchema, invalid


class ListExportSchema(FiltersSchema):
    """The filters of a work list, and what kind of file it becomes."""

    format = fields.String(required=True, validate=validate.OneOf(["csv", "xlsx"]))


class TrailFiltersSchema(RequestSchema):
    """Which entries: days (both included), an action (`case.opened`) or its kind (`case`) and about what."""

    since = fields.Date(load_default=None, data_key="from")
    until = fields.Date(load_default=None, data_key="to")
    action = fields.String(load_default=None, validate=validate.Regexp(r"^[a-z_]+(\.[a-z_]+)*\Z"))
    actor = fields.UUID(load_default=None)
    reference = fields.String(load_default=None, validate=validate.Length(1, LONGEST_REFERENCE))

    @validates_schema
    def check_order(self, data: dict[str, Any], **_options: Any) -> None:
        """The first day is not after the last."""
        if data["since"] and data["until"] and data["since"] > data["until"]:
            raise invalid("out_of_range", "to")


class TrailListSchema(TrailFiltersSchema):
    """The same, and the place to go on from."""

    after = fields.Integer(load_default=None, validate=validate.Range(1, 2**62))


class AuditEntrySchema(TrailEntrySchema):
    """One entry of the trail with the case that it is about; null: about no case of a list (a search, an export)."""

    object_type = fields.String()
    reference = fields.String(allow_none=True)


class AuditEntriesSchema(ResponseSchema):
    """Entries, newest first; `next` is the place to go on from."""

    items = fields.List(fields.Nested(AuditEntrySchema))
    next = fields.Integer(allow_none=True)
