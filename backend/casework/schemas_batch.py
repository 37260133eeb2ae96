"""JSON shapes of requests to the citizen, and of one act on many cases."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from backend.applications.schemas import LONGEST_MESSAGE, LONGEST_REFERENCE
from backend.casework.schemas import LONGEST_LABEL, several
from backend.casework.schemas_decisions import HIGHEST_FEE, MOST_BLOCKS, OUTCOMES, SECONDS, TranslationSchema
from backend.core.fields import Instant
from backend.core.i18n import DEFAULT, LANGUAGES
from backend.core.schemas import RequestSchema, ResponseSchema, invalid

MOST_IN_BATCH = 500
REFERENCE = validate.Length(1, LONGEST_REFERENCE)
NAME = validate.Length(1, 80)
CASES = fields.List(fields.String(validate=REFERENCE), required=True, validate=validate.Length(1, MOST_IN_BATCH))
# what each action needs beside the cases, so that nothing is left out by mistake
NEEDED = {"assign": "assignee", "request": "due_on", "decide": "outcome"}


class WhatIsAskedSchema(RequestSchema):
    """Which fields and file slots are open again, and why: German free text, blocks."""

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


class AskSchema(WhatIsAskedSchema):
    """What is asked of the citizen, and until when; a reason or a block is needed. `translation` of the reason."""

    translation = fields.Nested(TranslationSchema, load_default=None, allow_none=True)
    due_on = fields.Date(required=True)


class OwnTranslationSchema(TranslationSchema):
    """A translation of the German free text for the cases of one language, confirmed by who enters it."""

    language = fields.String(required=True, validate=validate.OneOf([each for each in LANGUAGES if each != DEFAULT]))


class BatchSchema(WhatIsAskedSchema):
    """One act on many cases, with the fields of the single act; `preview` only looks what it would do.

    `assign` needs an assignee (null: nobody), `label` labels to add or remove, `request` what is asked, `decide` an
    outcome. `seen`: revisions that the list showed, by reference. `translations` of the reason, one for each language:
    a case takes that of its own, one without fails; German cases need none.
    """

    action = fields.String(required=True, validate=validate.OneOf(["assign", "label", "request", "decide"]))
    cases = CASES
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
    translations = fields.List(
        fields.Nested(OwnTranslationSchema), load_default=list, validate=validate.Length(max=len(LANGUAGES) - 1)
    )
    fee_cents = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, HIGHEST_FEE))

    @validates_schema
    def check_complete(self, data: dict[str, Any], **_options: Any) -> None:
        """What an action needs is said, not left out."""
        needed = NEEDED.get(data["action"])
        if needed is not None and needed not in data:
            raise invalid("required", needed)
        if data["action"] == "label" and not (data["add"] or data["remove"]):
            raise invalid("required", "add")
        if data["translations"] and not data["reason"]:
            raise invalid("not_allowed", "translations")
        if len({each["language"] for each in data["translations"]}) < len(data["translations"]):
            raise invalid("twice", "translations")


class BatchScopeQuerySchema(RequestSchema):
    """The chosen cases; in the body, because there can be many."""

    cases = CASES


class BatchFieldSchema(ResponseSchema):
    """A field (`file`: a slot for evidence) that can be asked for, and how many of the cases have it in their form."""

    name = fields.String()
    label = fields.String()
    file = fields.Boolean()
    cases = fields.Integer()


class BatchLanguageSchema(ResponseSchema):
    """How many of the cases are in this language."""

    language = fields.String()
    cases = fields.Integer()


class BatchScopeSchema(ResponseSchema):
    """What can be asked for in these cases, in the order of the forms, and the languages of their citizens."""

    services = fields.List(fields.String())
    languages = fields.List(fields.Nested(BatchLanguageSchema))
    fields_ = fields.List(fields.Nested(BatchFieldSchema), data_key="fields", attribute="fields")


class BatchFaultSchema(ResponseSchema):
    """What does not fit in one case."""

    pointer = fields.String()
    code = fields.String()


class BatchFailureSchema(ResponseSchema):
    """A case on which the act failed, and the code that doing it alone would have answered."""

    reference = fields.String()
    code = fields.String()
    errors = fields.List(fields.Nested(BatchFaultSchema))


class BatchWouldSchema(ResponseSchema):
    """What would happen to one case; null and empty: not of this act.

    `translated` False: the free text stays German for the citizen; null: there is none, or she reads German.
    """

    reference = fields.String()
    language = fields.String()
    translated = fields.Boolean(allow_none=True)
    delivery = fields.String(allow_none=True, validate=validate.OneOf(["electronic", "post"]))
    fee_cents = fields.Integer(allow_none=True)
    second = fields.String(allow_none=True, validate=SECONDS)
    assigned_to = fields.UUID(allow_none=True)
    added = fields.List(fields.String())
    removed = fields.List(fields.String())


class BatchResultSchema(ResponseSchema):
    """How far a batch is; with `left` above 0 it is carried on, ask again. `batch` null: nothing to ask or undo.

    It can be undone until `undo_until`, also while it is running; then `done` is what was taken back.
    """

    batch = fields.UUID(allow_none=True)
    action = fields.String()
    state = fields.String(validate=validate.OneOf(["running", "done", "undoing", "undone"]))
    preview = fields.Boolean()
    total = fields.Integer()
    left = fields.Integer()
    done = fields.List(fields.String())
    failed = fields.List(fields.Nested(BatchFailureSchema))
    would = fields.List(fields.Nested(BatchWouldSchema))
    undo_until = Instant(allow_none=True)
