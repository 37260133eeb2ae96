"""Lays what was typed on one page over the stored answers; whatever has the right JSON type is kept as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from backend.core.errors import FieldError, NotFound
from backend.forms.types import Answers, Form, Node
from backend.forms.values import step

DEEPEST = 4  # group, entry, address, part
LONGEST_NUMBER = 3  # digits of an entry's number in an address
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}


def merge(form: Form, answers: Answers, page: str, typed: Answers) -> tuple[dict[str, Any], list[FieldError]]:
    """The whole answers afterwards, and a fault for each key that does not belong here or has another JSON type.

    Values with other faults are stored: nobody loses what they typed. `null` removes an answer. On a page of an entry
    (`child.2`) the keys are the entry's fields; the page of a group takes its whole entries. Raises NotFound for a page
    that the form does not have.
    """
    name, _, number = page.partition(".")
    found = next((one for one in form.plan if one.id == name and bool(one.repeat) == bool(number)), None)
    merged = deepcopy(dict(answers))
    if found is None:
        raise NotFound
    nodes, target, base = form.fields, merged, ""
    if found.repeat:
        nodes = nodes[found.repeat]["items"]["properties"]
        target = _entry(merged.get(found.repeat), number)
        base = step(found.repeat) + step(int(number) - 1)
    asked = {field.field for field in found.fields}
    errors: list[FieldError] = []
    for key, value in typed.items():
        if key not in asked:
            errors.append(FieldError(base + step(key), "unknown_field"))
        elif value is None:
            target.pop(key, None)
        elif not fits(nodes[key], value):
            errors.append(FieldError(base + step(key), "wrong_type"))
        else:
            target[key] = value
    return merged, errors


def _entry(entries: Any, number: str) -> dict[str, Any]:
    known = isinstance(entries, list) and number.isdecimal() and len(number) <= LONGEST_NUMBER
    if not known or not 1 <= int(number) <= len(entries):
        raise NotFound
    entry: dict[str, Any] = entries[int(number) - 1]
    return entry


def fits(node: Node, value: Any, depth: int = 0) -> bool:
    """True when the value has the JSON type of its field all the way down and no foreign parts."""
    expected = _TYPES[node["type"]]
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        return False
    if depth >= DEEPEST:
        return False
    if isinstance(value, list):
        return len(value) <= 200 and all(fits(node["items"], item, depth + 1) for item in value)
    if isinstance(value, dict):
        parts = node["properties"]
        return all(key in parts and (item is None or fits(parts[key], item, depth + 1)) for key, item in value.items())
    return not isinstance(value, str) or len(value) <= 20_000
