"""JSON shapes of requests to the citizen, and of one act on many cases."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from backend.applications.schemas import LONGEST_MESSAGE, LONGEST_REFERENCE
from backend.casework.schemas import LONGEST_LABEL, several
from backend.casework.schemas_decisions import HIGHEST_FEE, MOST_BLOCKS, OUTCOMES, TranslationSchema
from backend.core.schemas import RequestSchema, invalid

MOST_IN_BATCH = 500
REFERENCE = validate.Length(1, LONGEST_REFERENCE)
NAME = validate.Length(1, 80)
# what each action needs beside the cases, so that nothing is left out by mistake
NEEDED = {"assign": "assignee", "request": "due_on", "decide": "outcome"}


class WhatIsAskedSchema(RequestSchema):
    """Which fields and file slots are open again, and why: German free text, blocks, a confirmed translation."""

    fields_ = fields.List(
        fields.String(validate=NAME),
        data_key="fields",
        attribute="fields",
        load_default=list,
        validate=validate.Length(max=50),
    )
    files = several(NAME, most=50)
    reason = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, LONGEST_MESSAGE),
        metadata={"multiline": True},
    )
    blocks = several(validate.Length(1, 120), most=MOST_BLOCKS)
    translation = fields.Nested(TranslationSchema, load_default=None, allow_none=True)


class AskSchema(WhatIsAskedSchema):
    """What is asked of the citizen, and until when; a reason or a block is needed."""

    due_on = fields.Date(required=True)


class BatchSchema(WhatIsAskedSchema):
    """One act on many cases, with the fields of the single act; `preview` only looks what it would do.

    `assign` needs an assignee (null: nobody), `label` labels to add or remove, `request` what is asked, `decide` an
    outcome. `seen`: revisions that the list showed, by reference.
    """

    action = fields.String(required=True, validate=validate.OneOf(["assign", "label", "request", "decide"]))
    cases = fields.List(fields.String(validate=REFERENCE), required=True, validate=validate.Length(1, MOST_IN_BATCH))
    preview = fields.Boolean(load_default=False)
    seen = fields.Dict(
        keys=fields.String(validate=REFERENCE),
        values=fields.Integer(strict=True, validate=validate.Range(1, 2**31 - 1)),
        load_default=dict,
        validate=validate.Length(max=MOST_IN_BATCH),
    )
    assignee = fields.UUID(allow_none=True)
    add = several(validate.Length(1, LONGEST_LABEL), most=10)
    remove = several(validate.Length(1, LONGEST_LABEL), most=10)
    due_on = fields.Date()
    outcome = fields.String(validate=OUTCOMES)
    fee_cents = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, HIGHEST_FEE))

    @validates_schema
    def check_complete(self, data: dict[str, Any], **_options: Any) -> None:
        """What an action needs is said, not left out."""
        needed = NEEDED.get(data["action"])
        if needed is not None and needed not in data:
            raise invalid("required", needed)
        if data["action"] == "label" and not (data["add"] or data["remove"]):
            raise invalid("required", "add")
