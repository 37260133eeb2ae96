"""The pages: every field once, groups before their entries, conditions only on what was asked before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from backend.forms.authoring.finding import Finding
from backend.forms.conditions import Condition, names
from backend.forms.types import Form, Page

KEYWORDS = {
    "properties",
    "required",
    "const",
    "enum",
    "not",
    "allOf",
    "anyOf",
    "contains",
    "minItems",
    "minimum",
    "maximum",
    "type",
}


def check(form: Form, file: str) -> Iterator[Finding]:
    """Every fault of the pages."""
    yield from (
        Finding(file, key, reason) for key, reason in (*_ids(form), *_places(form), *_order(form), *_groups(form))
    )


def _ids(form: Form) -> Iterator[tuple[str, str]]:
    for name, times in Counter(page.id for page in form.plan).items():
        if times > 1:
            yield name, "two pages have this id"
        if name in form.fields:
            yield name, "a field has this id too"
    seen: list[str] = []
    for page in form.plan:
        if page.review_group in seen[:-1]:
            yield page.id, f"the pages of the review group {page.review_group} do not follow each other"
        if not seen or seen[-1] != page.review_group:
            seen.append(page.review_group)


def _places(form: Form) -> Iterator[tuple[str, str]]:
    asked = Counter(field.field for page in form.plan if not page.repeat for field in page.fields)
    yield from _once(asked, form.fields, "")
    for page in form.plan:
        if page.repeat and form.fields.get(page.repeat, {}).get("x-type") != "group":
            yield page.id, f"repeat: {page.repeat} is no group"
    groups = {name for name, node in form.fields.items() if node["x-type"] == "group"}
    for group in sorted(form.repeated & groups):
        items = Counter(field.field for page in form.plan if page.repeat == group for field in page.fields)
        node = form.fields[group]["items"]
        yield from _once(items, node["properties"], f"{group}.")
        if node.get("required"):
            yield group, "its entries have pages of their own: they say what is required"
    for raw in form.pages:
        for field in raw["fields"]:
            node = form.fields.get(field["field"], {})
            if "file" in field and node.get("x-type") != "file":
                yield field["field"], "file belongs to fields of x-type file"


def _once(asked: Counter[str], known: Mapping[str, Any], base: str) -> Iterator[tuple[str, str]]:
    for name in known:
        if asked[name] != 1:
            yield base + name, f"stands on {asked[name]} pages, not on one"
    yield from ((base + name, "is no field of the schema") for name in asked if name not in known)


def _groups(form: Form) -> Iterator[tuple[str, str]]:
    """A group's page comes before the pages of its entries, which follow each other."""
    before: set[str] = set()
    done: set[str] = set()
    last: str | None = None
    for page in form.plan:
        if page.repeat:
            if page.repeat not in before:
                yield page.id, f"the page of the group {page.repeat} must come before"
            if page.repeat in done and last != page.repeat:
                yield page.id, f"the pages of the entries of {page.repeat} do not follow each other"
            done.add(page.repeat)
        before |= {field.field for field in page.fields if not page.repeat}
        last = page.repeat


def _order(form: Form) -> Iterator[tuple[str, str]]:
    asked: set[str] = set()
    entries: dict[str, set[str]] = {}
    for page in form.plan:
        yield from _condition(page.visible, asked, page.id)
        here = entries.setdefault(page.repeat, set()) if page.repeat else asked
        yield from _fields(page, here)


def _fields(page: Page, asked: set[str]) -> Iterator[tuple[str, str]]:
    for field in page.fields:
        yield from _condition(field.visible, asked, field.field)
        yield from _condition(field.required, asked | {other.field for other in page.fields}, field.field)
        asked.add(field.field)


def _condition(condition: Condition, asked: set[str], key: str) -> Iterator[tuple[str, str]]:
    if late := names(condition.schema) - asked:
        yield key, f"its condition looks at what was not asked before: {', '.join(sorted(late))}"
    yield from ((key, reason) for reason in _keywords(condition.schema))


def _keywords(schema: Any) -> Iterator[str]:
    if isinstance(schema, bool):
        return
    if not isinstance(schema, dict):
        yield "a condition is an object, true or false"
        return
    if foreign := set(schema) - KEYWORDS:
        yield f"conditions do not know {', '.join(sorted(foreign))}"
    if loose := set(schema.get("properties", {})) - set(schema.get("required", [])):
        yield f"properties without required beside them say yes to what was not answered: {', '.join(sorted(loose))}"
    for value in [schema[word] for word in ("const",) if word in schema] + schema.get("enum", []):
        if isinstance(value, list | dict):
            yield "const and enum of a condition compare simple values"
    inner = [*schema.get("properties", {}).values(), *schema.get("allOf", []), *schema.get("anyOf", [])]
    inner += [schema[word] for word in ("not", "contains") if word in schema]
    for part in inner:
        yield from _keywords(part)
