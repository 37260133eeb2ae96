"""Is one simple value what its x-type says? The first fault, or None. The browser's twin is checks.ts.

What both sides must decide alike stands in checks.json; the browser gets it with the form.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from marshmallow import ValidationError

from backend.core import names
from backend.core.errors import FieldError
from backend.forms.dates import limit, parse
from backend.forms.types import Node

CHECKS: Mapping[str, Any] = json.loads((Path(__file__).parent / "checks.json").read_text(encoding="utf-8"))
MOST_EXACT = 2**53 - 1  # the greatest integer that a browser counts exactly
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROL_BUT_LINE_FEED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Fault:
    """A stable code and the values of its message."""

    code: str
    params: Mapping[str, Any]


@dataclass(frozen=True)
class Around:
    """What a check may look at beside the value: the day, and the answers of the same level."""

    today: date
    level: Mapping[str, Any]


def fault(code: str, **params: Any) -> Fault:
    """A fault."""
    return Fault(code, params)


def length(text: str) -> int:
    """How many characters a person sees: combining marks do not count."""
    return sum(1 for sign in text if not unicodedata.category(sign).startswith("M"))


def check(node: Node, value: Any, around: Around) -> Fault | None:
    """The first fault of a simple value (not address, person or group)."""
    return _CHECKS[node["x-type"]](node, value, around)


def _text(node: Node, value: Any, _around: Around) -> Fault | None:
    if not isinstance(value, str):
        return fault("wrong_type")
    control = _CONTROL_BUT_LINE_FEED if node["x-type"] == "long_text" else _CONTROL
    if found := control.search(value):
        return fault("bad_characters", character=f"U+{ord(found[0]):04X}")
    return _charset(node.get("x-charset"), value) or _size(node, value) or _pattern(node, value)


def _charset(charset: str | None, value: str) -> Fault | None:
    if charset == "name":
        try:
            names.check_name(value)
        except ValidationError as error:
            return _of_name(error, value)
    elif charset == "latin" and names.other_script(value):
        return fault("not_latin")
    return None


def _of_name(error: ValidationError, value: str) -> Fault | None:
    found = error.messages[0] if isinstance(error.messages, list) else None
    if not isinstance(found, FieldError) or found.code == "name_too_long":
        return None  # the schema's own limit says it, with its own number
    if found.code == "name_script":
        return fault("not_latin")
    return fault("bad_characters", character=found.params.get("character", value))


def _size(node: Node, value: str) -> Fault | None:
    signs = length(value)
    if signs < node.get("minLength", 0):
        return fault("too_short", min=node["minLength"])
    if signs > node["maxLength"]:
        return fault("too_long", max=node["maxLength"])
    return None


def _pattern(node: Node, value: str) -> Fault | None:
    return None if "pattern" not in node or re.search(node["pattern"], value) else fault("pattern")


def _number(node: Node, value: Any, _around: Around) -> Fault | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not _whole(value):
        return fault("wrong_type")
    if value < node["minimum"]:
        return fault("too_small", min=node["minimum"])
    return fault("too_big", max=node["maximum"]) if value > node["maximum"] else None


def _whole(value: int | float) -> bool:
    return abs(value) <= MOST_EXACT and value == int(value)


def _date(node: Node, value: Any, around: Around) -> Fault | None:
    if not isinstance(value, str):
        return fault("wrong_type")
    day = parse(value)
    if day is None:
        return fault("not_a_date")
    first = limit(node.get("x-not-before"), around.today, around.level)
    last = limit(node.get("x-not-after"), around.today, around.level)
    if first is not None and day < first:
        return fault("in_the_past", limit=first.isoformat())
    return fault("in_the_future", limit=last.isoformat()) if last is not None and day > last else None


def _yes_no(_node: Node, value: Any, _around: Around) -> Fault | None:
    return None if isinstance(value, bool) else fault("wrong_type")


def _one_of(node: Node, value: Any, _around: Around) -> Fault | None:
    if not isinstance(value, str):
        return fault("wrong_type")
    return None if value in node["enum"] else fault("not_allowed")


def _some_of(node: Node, value: Any, _around: Around) -> Fault | None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return fault("wrong_type")
    if len(set(value)) < len(value) or not set(value) <= set(node["items"]["enum"]):
        return fault("not_allowed")
    return count(node, value)


def count(node: Node, value: list[Any]) -> Fault | None:
    """Too few or too many entries."""
    if len(value) < node.get("minItems", 0):
        return fault("too_few", min=node["minItems"])
    if "maxItems" in node and len(value) > node["maxItems"]:
        return fault("too_many", max=node["maxItems"])
    return None


def _file(node: Node, value: Any, _around: Around) -> Fault | None:
    longest = CHECKS["attachment_id"]["max"]
    if not isinstance(value, list) or not all(isinstance(item, str) and len(item) <= longest for item in value):
        return fault("wrong_type")
    return count(node, value)


def _country(_node: Node, value: Any, _around: Around) -> Fault | None:
    if not isinstance(value, str):
        return fault("wrong_type")
    return None if value in CHECKS["countries"] else fault("not_allowed")


def _declaration(_node: Node, value: Any, _around: Around) -> Fault | None:
    if not isinstance(value, bool):
        return fault("wrong_type")
    return None if value else fault("must_agree")


def _shaped(right: Callable[[str], bool], code: str) -> Callable[[Node, Any, Around], Fault | None]:
    def one(_node: Node, value: Any, _around: Around) -> Fault | None:
        if not isinstance(value, str):
            return fault("wrong_type")
        return None if right(value) else fault(code)

    return one


def _is_email(text: str) -> bool:
    """A usual address; domains with umlauts are shorter, because mail servers write them longer (IDNA)."""
    rule = CHECKS["email"]
    if len(text) > (rule["max"] if text.isascii() else rule["foreign_max"]) or not re.fullmatch(rule["pattern"], text):
        return False
    local, _, domain = text.rpartition("@")
    labels = domain.split(".")
    if len(local) > rule["local_max"] or labels[-1].lower() in rule["refused_ends"]:
        return False
    return all(len(label) <= rule["label_max" if label.isascii() else "foreign_label_max"] for label in labels)


def _is_phone(text: str) -> bool:
    rule = CHECKS["phone"]
    return bool(re.fullmatch(rule["pattern"], re.sub(rule["ignored"], "", text)))


def _is_plate(text: str) -> bool:
    rule = CHECKS["plate"]
    return bool(re.fullmatch(rule["pattern"], text)) and len(re.sub(rule["ignored"], "", text)) <= rule["most_signs"]


def _is_iban(text: str) -> bool:
    rule = CHECKS["iban"]
    typed = re.sub(rule["ignored"], "", text)
    number = typed.upper()
    if not re.fullmatch(rule["pattern"], typed) or len(number) != rule["lengths"].get(number[:2], len(number)):
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


_CHECKS: Mapping[str, Callable[[Node, Any, Around], Fault | None]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "money": _number,
    "date": _date,
    "yes_no": _yes_no,
    "one_of": _one_of,
    "some_of": _some_of,
    "file": _file,
    "country": _country,
    "declaration": _declaration,
    "email": _shaped(_is_email, "not_an_email"),
    "phone": _shaped(_is_phone, "not_a_phone"),
    "plate": _shaped(_is_plate, "not_a_plate"),
    "iban": _shaped(_is_iban, "not_an_iban"),
}
