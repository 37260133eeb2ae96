"""The data schema: each node has a known x-type and only the keywords of that type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jsonschema import Draft202012Validator, SchemaError

from backend.forms.authoring.finding import Finding
from backend.forms.dates import LIMIT, parse
from backend.forms.types import Form, Node

ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
PATTERN = re.compile(r"\^[ -~]*\$")
FORBIDDEN = re.compile(r"\\[a-zA-Z]|\(\?")
CLAIMS = {"given_name", "family_name", "birth_name", "birth_date", "email", "address"}
ADDRESS_CLAIMS = {"street", "house_number", "postcode", "city", "country"}
ANNOTATIONS = {"x-fim", "x-source", "x-sensitive", "x-purge", "x-autocomplete", "x-prefill", "x-prefill-locked"}
RESERVED = {"service", "group", "rule", "letter", "status", "error", "name"}
WORDS = {
    "x-charset": {"name", "latin", "any"},
    "x-source": {"citizen", "account", "register"},
    "x-purge": {"submitted", "decided", "retention"},
    "x-postcodes": {"bremen", "bremerhaven", "land"},
    "x-prefill": CLAIMS | ADDRESS_CLAIMS,
}
LONGEST = {
    "text": ("maxLength", 500),
    "long_text": ("maxLength", 5000),
    "group": ("maxItems", 20),
    "file": ("maxItems", 10),
}
SIMPLE = {
    "text",
    "long_text",
    "number",
    "money",
    "date",
    "yes_no",
    "one_of",
    "some_of",
    "plate",
    "iban",
    "email",
    "phone",
    "country",
}


@dataclass(frozen=True)
class Shape:
    """The JSON type of an x-type, the keywords it needs and those it may have."""

    type: str
    needed: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()


def _shape(json_type: str, needed: str = "", allowed: str = "") -> Shape:
    return Shape(json_type, frozenset(needed.split()), frozenset(allowed.split()))


SHAPES: Mapping[str, Shape] = {
    "text": _shape("string", "maxLength", "minLength pattern x-charset x-postcodes"),
    "long_text": _shape("string", "maxLength", "minLength"),
    "number": _shape("integer", "minimum maximum"),
    "money": _shape("integer", "minimum maximum"),
    "date": _shape("string", "", "x-not-before x-not-after"),
    "yes_no": _shape("boolean"),
    "one_of": _shape("string", "enum"),
    "some_of": _shape("array", "items", "minItems maxItems"),
    "address": _shape("object", "properties", "required additionalProperties"),
    "person": _shape("object", "properties", "required additionalProperties"),
    "group": _shape("array", "items maxItems", "minItems"),
    "plate": _shape("string"),
    "iban": _shape("string"),
    "email": _shape("string"),
    "phone": _shape("string"),
    "country": _shape("string"),
    "file": _shape("array", "maxItems", "items minItems"),
    "declaration": _shape("boolean", "const"),
}
PARTS = {
    "address": {"street", "house_number", "addition", "postcode", "city", "country"},
}


def check(form: Form, file: str) -> Iterator[Finding]:
    """Every fault of the schema."""
    try:
        Draft202012Validator.check_schema(dict(form.schema))
    except SchemaError as error:
        yield Finding(file, error.json_path, error.message[:200])
    if extra := set(form.schema) - {"$schema", "type", "properties", "additionalProperties"}:
        yield Finding(file, "schema", f"not allowed at the top: {', '.join(sorted(extra))}")
    yield from _of_level(form.fields, "", file, set(SHAPES))


def check_letter(form: Form, file: str) -> Iterator[Finding]:
    """Where letters go is an address that the form asks for."""
    for name in form.facts["letter_to"]:
        if form.fields.get(name, {}).get("x-type") != "address":
            yield Finding(file, "letter_to", f"{name} is no address of this form")


def _of_level(nodes: Mapping[str, Node], base: str, file: str, types: set[str]) -> Iterator[Finding]:
    for place, (name, node) in enumerate(nodes.items()):
        key = f"{base}{name}"
        earlier = set(list(nodes)[:place])
        if not ID.fullmatch(name) or (not base and name in RESERVED):
            yield Finding(file, key, "is no name for a field (a-z, 0-9, _; not a reserved word)")
        if node.get("x-type") not in types:
            yield Finding(file, key, f"x-type {node.get('x-type')!r} is unknown or not allowed here")
            continue
        yield from (Finding(file, key, reason) for reason in (*_keywords(node), *_values(node, earlier, nodes)))
        yield from _below(node, key, file)


def _keywords(node: Node) -> Iterator[str]:
    kind = node["x-type"]
    shape = SHAPES[kind]
    words = set(node)
    if node.get("type") != shape.type:
        yield f"type must be {shape.type!r} for x-type {kind}"
    if missing := shape.needed - words:
        yield f"x-type {kind} needs {', '.join(sorted(missing))}"
    if foreign := words - shape.needed - shape.allowed - ANNOTATIONS - {"type", "x-type"}:
        yield f"x-type {kind} does not know {', '.join(sorted(foreign))}"


def _values(node: Node, earlier: set[str], nodes: Mapping[str, Node]) -> Iterator[str]:
    for word, known in WORDS.items():
        if word in node and node[word] not in known:
            yield f"{word} must be one of {', '.join(sorted(known))}"
    word, most = LONGEST.get(node["x-type"], ("", 0))
    if word in node and not 1 <= node[word] <= most:
        yield f"{word} must be between 1 and {most}"
    if "pattern" in node and (not PATTERN.fullmatch(node["pattern"]) or FORBIDDEN.search(node["pattern"])):
        yield "pattern must be ^…$ in ASCII, without \\d \\w \\s \\b and look-around"
    if node["x-type"] == "declaration" and node.get("const") is not True:
        yield "a declaration has const: true"
    if "x-prefill-locked" in node and "x-prefill" not in node:
        yield "x-prefill-locked needs x-prefill"
    if (node.get("x-prefill") == "address") != (node["x-type"] == "address" and "x-prefill" in node):
        yield "the claim address belongs to an address, and only to it"
    for word in ("x-not-before", "x-not-after"):
        yield from _limit(word, node.get(word), earlier, nodes)
    yield from _options(node)


def _limit(word: str, rule: str | None, earlier: set[str], nodes: Mapping[str, Node]) -> Iterator[str]:
    if rule is None:
        return
    if rule.startswith("/"):
        if rule[1:] not in earlier or nodes[rule[1:]].get("x-type") != "date":
            yield f"{word}: {rule} is no earlier date of this level"
    elif not LIMIT.fullmatch(rule) and parse(rule) is None:
        yield f"{word}: {rule!r} is no limit (2026-01-01, today, today-120y, /field)"


def _options(node: Node) -> Iterator[str]:
    items = node.get("items")
    values = (
        node.get("enum") if node["x-type"] == "one_of" else items.get("enum") if isinstance(items, Mapping) else None
    )
    if node["x-type"] not in {"one_of", "some_of"}:
        return
    if not isinstance(values, list) or not 2 <= len(values) <= 60 or len(set(map(str, values))) < len(values):
        yield "needs 2 to 60 different options"
    elif wrong := [value for value in values if not isinstance(value, str) or not ID.fullmatch(value)]:
        yield f"no names for options: {wrong}"


def _below(node: Node, key: str, file: str) -> Iterator[Finding]:
    kind = node["x-type"]
    if kind == "group":
        items = node.get("items", {})
        if items.get("type") != "object" or set(items) - {"type", "properties", "required", "additionalProperties"}:
            yield Finding(file, key, "the items of a group are an object with properties and required")
        inner, types = items, SIMPLE | {"address", "person"}
    elif kind in {"address", "person"}:
        inner, types = node, SIMPLE
    else:
        return
    parts = inner.get("properties", {})
    if kind in PARTS and (foreign := set(parts) - PARTS[kind]):
        yield Finding(file, key, f"an address has no {', '.join(sorted(foreign))}")
    if unknown := set(inner.get("required", ())) - set(parts):
        yield Finding(file, key, f"required names unknown parts: {', '.join(sorted(unknown))}")
    yield from _of_level(parts, f"{key}.", file, types)
