"""Fields that several domains use: a name, a contact, an instant."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import phonenumbers
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from marshmallow import fields, validate

from backend.core.clock import BERLIN
from backend.core.names import LONGEST_NAME, check_name
from backend.core.schemas import invalid

LONGEST_EMAIL = 254
LONGEST_TYPED = 40
_MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


# What most people type; the library says the same of these addresses (a test compares them) and takes 0.1 ms for it.
_ORDINARY_EMAIL = re.compile(
    r"(?=[^@]{1,64}@)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@"
    r"((?:(?![a-z0-9-]{64})[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,63})\Z"
)
_SPECIAL_USE = tuple(f".{name}" for name in SPECIAL_USE_DOMAIN_NAMES)


class PersonName(fields.String):
    """A given or family name as DIN 91379 allows it; see `names.check_name` for the codes."""

    def __init__(self, **kwargs: Any) -> None:
        described = {"description": f"DIN 91379 data type A, NFC, at most {LONGEST_NAME} graphemes"}
        super().__init__(metadata=described | kwargs.pop("metadata", {}), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return check_name(super()._deserialize(value, attr, data, **kwargs))


class Email(fields.String):
    """A mail address, internationalised ones too; the network is not asked. Code `email`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(1, LONGEST_EMAIL), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if is_ordinary_email(text):
            return text
        try:
            return validate_email(text, check_deliverability=False).normalized
        except EmailNotValidError as error:
            raise invalid("email") from error


def is_ordinary_email(text: str) -> bool:
    """True for an address that is valid and written as usual: letters, digits and few signs, all lower case."""
    found = _ORDINARY_EMAIL.match(text) if len(text) <= LONGEST_EMAIL else None
    return found is not None and not f".{found.group(1)}".endswith(_SPECIAL_USE)


class Mobile(fields.String):
    """A mobile number in any usual spelling, German ones without country code; becomes E.164. Code `mobile`."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            number = phonenumbers.parse(text[: LONGEST_TYPED + 1], "DE")
        except phonenumbers.NumberParseException as error:
            raise invalid("mobile") from error
        if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in _MOBILE:
            raise invalid("mobile")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class Instant(fields.AwareDateTime):
    """RFC 3339; read with any offset (a time without one is refused), written with that of Europe/Berlin."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", **options)

    def _serialize(self, value: datetime | None, *_context: Any, **_options: Any) -> str | None:
        return None if value is None else value.astimezone(BERLIN).isoformat()


class Ready(fields.Nested):
    """An answer that another room has made already; the schema only describes it."""

    def _serialize(  # type: ignore[override]  # marshmallow's own Nested differs from its Field in the same way
        self,
        nested_obj: Any,
        *_context: Any,
        **_options: Any,
    ) -> Any:
        return nested_obj
