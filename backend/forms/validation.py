"""Every fault of the visible answers: pointer, code, values. The browser's twin is validation.ts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from backend.core.errors import FieldError
from backend.forms.checks import CHECKS, Around, Fault, check, count, fault
from backend.forms.types import Answers, Form, Kept, Node, PageView
from backend.forms.values import cleaned_parts, is_empty, step

_GERMAN = (None, "DE")  # a tuple: what was answered may be anything


def faults(form: Form, answers: Answers, kept: Kept, today: date, page: str | None) -> Iterator[FieldError]:
    """Faults in the order of asking; with a page (its address) only those of its fields."""
    for view in kept.pages:
        if page is None or view.key == page:
            yield from _of_view(form, kept, view, today)
    if page is None:
        yield from _unknown(form, answers)


def _of_view(form: Form, kept: Kept, view: PageView, today: date) -> Iterator[FieldError]:
    group = view.page.repeat
    nodes = form.fields[group]["items"]["properties"] if group else form.fields
    level = kept.answers[group][view.entry] if group else kept.answers
    base = step(group) + step(view.entry or 0) if group else ""
    for field in view.page.fields:
        pointer = base + step(field.field)
        if pointer not in view.fields:
            continue
        node, value = nodes[field.field], level.get(field.field)
        if is_empty(value):
            if field.required.holds(level):
                yield missing(node, pointer)
        else:
            yield from _of_value(form, node, value, pointer, Around(today, level))


def missing(node: Node, pointer: str) -> FieldError:
    """Nothing was answered where an answer is needed."""
    return FieldError(pointer, "must_agree" if node["x-type"] == "declaration" else "required")


def _of_value(form: Form, node: Node, value: Any, pointer: str, around: Around) -> Iterator[FieldError]:
    kind = node["x-type"]
    if kind == "group":
        yield from _of_group(form, node, value, pointer, around)
    elif kind in {"address", "person"}:
        yield from _of_parts(form, node, value, pointer, around)
    elif found := check(node, value, around):
        yield FieldError(pointer, found.code, found.params)


def _of_group(form: Form, node: Node, value: Any, pointer: str, around: Around) -> Iterator[FieldError]:
    if not isinstance(value, list):
        yield FieldError(pointer, "wrong_type")
        return
    if found := count(node, value):
        yield FieldError(pointer, found.code, found.params)
    inline = pointer.removeprefix("/") not in form.repeated
    for place, entry in enumerate(value[: node["maxItems"]]):
        if not isinstance(entry, dict):
            yield FieldError(pointer + step(place), "wrong_type")
        elif inline:
            yield from _of_parts(form, node["items"], entry, pointer + step(place), around)


def _of_parts(form: Form, node: Node, value: Any, pointer: str, around: Around) -> Iterator[FieldError]:
    if not isinstance(value, Mapping):
        yield FieldError(pointer, "wrong_type")
        return
    inner = Around(around.today, value)
    for name, part in node["properties"].items():
        if name in value:
            found = list(_of_value(form, part, value[name], pointer + step(name), inner))
            if not found and name == "postcode" and (wrong := _of_postcode(form, node, value)):
                found = [FieldError(pointer + step(name), wrong.code, wrong.params)]
            yield from found
        elif name in node.get("required", ()):
            yield missing(part, pointer + step(name))
    yield from (FieldError(pointer + step(name), "unknown_field") for name in value if name not in node["properties"])


def _of_postcode(form: Form, node: Node, value: Mapping[str, Any]) -> Fault | None:
    """German postcodes have five digits; some forms take those of one town only."""
    if node.get("x-type") != "address" or value.get("country") not in _GERMAN:
        return None
    postcode, area = value["postcode"], node["properties"]["postcode"].get("x-postcodes")
    if not re.fullmatch(CHECKS["postcode"]["pattern"], postcode):
        return fault("unknown_postcode")
    town = form.rules["tables"]["postcodes"].get(postcode)
    right = area is None or town == area or (area == "land" and town is not None)
    return None if right else fault("unknown_postcode")


def _unknown(form: Form, answers: Answers) -> Iterator[FieldError]:
    """Keys that the form does not have; entries of groups with pages of their own included."""
    given = cleaned_parts(form.fields, answers)
    for name in sorted(given):
        if name not in form.fields:
            yield FieldError(step(name), "unknown_field")
        elif name in form.repeated and isinstance(given[name], list):
            known = form.fields[name]["items"]["properties"]
            for place, entry in enumerate(given[name]):
                foreign = sorted(key for key in entry if key not in known) if isinstance(entry, dict) else []
                yield from (FieldError(step(name) + step(place) + step(key), "unknown_field") for key in foreign)
