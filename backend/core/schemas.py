"""Shapes of requests and responses: strict by default, with stable error codes instead of sentences."""

from __future__ import annotations

import re
import types
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, cast

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load, validate

from backend.core.errors import FieldError
from backend.core.i18n import DEFAULT, LANGUAGES

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
CONTROL_BUT_LINE_FEED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
MARK = "\x1f"  # separates a code from its limits inside marshmallow's message templates

CODES = {
    "required": "required",
    "null": "required",
    "validator_failed": "invalid",
    "unknown": "unknown_field",
}
VALIDATOR_CODES: dict[type, dict[str, str]] = {
    validate.Length: {
        "message_min": f"too_short{MARK}min={{min}}",
        "message_max": f"too_long{MARK}max={{max}}",
        "message_equal": f"wrong_length{MARK}min={{equal}}{MARK}max={{equal}}",
    },
    validate.Range: {
        "message_min": f"too_small{MARK}min={{min}}",
        "message_max": f"too_large{MARK}max={{max}}",
    },
}
CODE = re.compile(r"[a-z][a-z0-9_]*\Z")


def invalid(code: str, field_name: str = "_schema", **params: Any) -> ValidationError:
    """A validation error with a stable code and values, to raise inside a field, validator or schema."""
    return ValidationError([FieldError("", code, params)], field_name)


def field_errors(messages: Any, pointer: str = "") -> Iterator[FieldError]:
    """Flatten marshmallow's nested messages to JSON pointers, codes and values."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = "" if key == "_schema" else "/" + str(key).replace("~", "~0").replace("/", "~1")
            yield from field_errors(inner, pointer + step)
    elif isinstance(messages, list | tuple):
        for inner in messages:
            yield from field_errors(inner, pointer)
    elif isinstance(messages, FieldError):
        yield FieldError(pointer, messages.code, messages.params)
    else:
        code, *pairs = str(messages).split(MARK)
        params = {
            key: int(value) if value.isdecimal() else value for key, _, value in (p.partition("=") for p in pairs)
        }
        yield FieldError(pointer, code if CODE.match(code) else "invalid", params)


class CodedSchema(Schema):
    """A schema whose errors are codes: every field's and validator's sentence is replaced when it is bound."""

    error_messages = {"unknown": "unknown_field", "type": "invalid"}  # noqa: RUF012 - marshmallow merges plain dicts

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:  # noqa: ARG002 - marshmallow's hook
        """Give a field codes instead of sentences (once per schema instance)."""
        give_codes(field_obj)


def give_codes(field_obj: fields.Field[Any]) -> None:
    """Replace the sentences of a field, of its validators and of its inner fields by codes."""
    field_obj.error_messages = {
        key: message if CODE.match(str(message).split(MARK)[0]) else CODES.get(key, "invalid")
        for key, message in field_obj.error_messages.items()
    }
    field_obj.validators = [part for validator in field_obj.validators for part in _one_sided(validator)]
    for validator in field_obj.validators:
        templates = VALIDATOR_CODES.get(type(validator))
        if templates:
            vars(validator).update({"error": None})
            for name, template in templates.items():
                setattr(validator, name, template)
        elif isinstance(validator, validate.OneOf | validate.NoneOf | validate.Equal | validate.ContainsOnly):
            validator.error = "not_allowed"
        elif hasattr(validator, "error") and not CODE.match(str(validator.error or "").split(MARK)[0]):
            validator.error = "invalid"
    inner = getattr(field_obj, "inner", None)
    if isinstance(inner, fields.Field):
        give_codes(inner)


def _one_sided(validator: Any) -> list[Any]:
    """Split "between" into "at least" and "at most", so that each refusal says which; a first letter is `required`."""
    if isinstance(validator, validate.Length) and validator.equal is None:
        short = _Filled() if validator.min == 1 else validate.Length(min=validator.min)
        return ([short] if validator.min else []) + ([validate.Length(max=validator.max)] if validator.max else [])
    if isinstance(validator, validate.Range):
        low = validate.Range(min=validator.min, min_inclusive=validator.min_inclusive)
        high = validate.Range(max=validator.max, max_inclusive=validator.max_inclusive)
        return ([low] if validator.min is not None else []) + ([high] if validator.max is not None else [])
    return [validator]


class _Filled(validate.Length):
    """At least one letter or item."""

    def __init__(self) -> None:
        super().__init__(min=1, error="required")


class RequestSchema(CodedSchema):
    """What comes in: unknown keys refused, strings stripped and NFC, control characters refused.

    A field whose metadata says `multiline` may hold line feeds.
    """

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    def usual(self, query: bytes) -> dict[str, Any] | None:  # noqa: ARG002 - for schemas that know a short way
        """What `load` makes of a query string that is as usual, at a fraction of the cost; None: load it."""
        return None

    @pre_load
    def clean_strings(self, data: Any, **_options: Any) -> Any:
        """Strip, normalise and check every string of this level (nested schemas do theirs)."""
        if not isinstance(data, Mapping):
            return data
        return {key: self._clean(key, value) for key, value in data.items()}

    def _clean(self, key: str, value: Any) -> Any:
        if isinstance(value, str):
            return clean(value, multiline=self._multiline(key), field_name=key)
        if isinstance(value, list) and any(isinstance(item, str) for item in value):
            return [clean(item, field_name=key) if isinstance(item, str) else item for item in value]
        return value

    def _multiline(self, key: str) -> bool:
        found = self.fields.get(key)
        return bool(found is not None and found.metadata.get("multiline"))


def clean(text: str, *, multiline: bool = False, field_name: str = "_schema") -> str:
    """The text stripped and in NFC; raises ValidationError `control_character`."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n") if multiline else text).strip()
    if not text.isprintable() and (CONTROL_BUT_LINE_FEED if multiline else CONTROL).search(text):
        raise invalid("control_character", field_name)
    return text


class ResponseSchema(CodedSchema):
    """What goes out: every field is required in the documentation unless it says otherwise."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Mark the field as always present (only the documentation reads this)."""
        field_obj.required = field_obj.metadata.get("required", True)
        super().on_bind_field(field_name, field_obj)


class LocalizedTextSchema(ResponseSchema):
    """A text and the language it is really in, so that a fallback is visible."""

    text = fields.String(metadata={"description": "The text"})
    lang = fields.String(validate=validate.OneOf(LANGUAGES), metadata={"description": "Language of the text"})


class LangQuerySchema(RequestSchema):
    """Query of every catalogue answer."""

    lang = fields.String(
        load_default=DEFAULT, validate=validate.OneOf(LANGUAGES), metadata={"description": "Language of the texts"}
    )


class PageQuerySchema(LangQuerySchema):
    """Query of every list that has pages."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 10_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(1, 200))


def PageSchema(item: type[Schema]) -> type[ResponseSchema]:  # noqa: N802 - it makes a class
    """The shape of a page of items: {items, page, page_size, total}."""
    name = item.__name__.removesuffix("Schema") + "PageSchema"
    members = {
        "items": fields.List(fields.Nested(item)),
        "page": fields.Integer(),
        "page_size": fields.Integer(),
        "total": fields.Integer(),
    }
    body = {**members, "__doc__": f"One page of {item.__name__}."}
    return cast(
        type[ResponseSchema], types.new_class(name, (ResponseSchema,), {}, lambda namespace: namespace.update(body))
    )
