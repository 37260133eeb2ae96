"""Words of a form by key, in the wanted language or in German; the chains that lead to shared words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from backend.core.errors import FieldError
from backend.core.i18n import DEFAULT, LocalizedText
from backend.forms import icu
from backend.forms.types import Form, Node

_NOT_SHOWN = ("letter.", "status.", "block.")
BLOCK = re.compile(r"block\.(request|message|decision(?:\.(granted|partly|refused|closed))?)\.[a-z_]+\.(text|title)")
COMPOSITE = {"address", "person"}


def text(form: Form, key: str, lang: str, values: Mapping[str, object]) -> LocalizedText:
    """The text of a key with its values; raises KeyError for an unknown key."""
    return first(form, [key], lang, values)


def first(form: Form, keys: list[str], lang: str, values: Mapping[str, object]) -> LocalizedText:
    """The text of the first key that this form has (in German); raises KeyError when it has none."""
    key = next((key for key in keys if key in form.texts[DEFAULT]), None)
    if key is None:
        raise KeyError(keys[0])
    shown = lang if key in form.texts[lang] else DEFAULT
    return LocalizedText(icu.write(form.texts[shown][key], shown, values), shown)


def chain(form: Form, pointer: str, suffix: str) -> list[str]:
    """The keys to try for a text of a place: its own, its kind's (`address.street.label`), everybody's."""
    names, nodes = path(form, pointer)
    keys = [".".join([*names, suffix])]
    if len(nodes) > 1 and nodes[-2]["x-type"] in COMPOSITE:
        keys.append(f"{nodes[-2]['x-type']}.{names[-1]}.{suffix}")
    if nodes:
        keys.append(f"{kind(nodes[-1])}.{suffix}")
    return [*keys, suffix]


def path(form: Form, pointer: str) -> tuple[list[str], list[Node]]:
    """The field names on the way to a place (numbers of entries left out) and their nodes, as far as they are known."""
    names: list[str] = []
    nodes: list[Node] = []
    known: Mapping[str, Node] = form.fields
    for name in pointer.split("/")[1:]:
        if name not in known:
            if nodes and nodes[-1]["x-type"] == "group" and name.isdecimal():
                continue
            break
        names.append(name)
        nodes.append(known[name])
        known = parts(known[name])
    return names, nodes


def parts(node: Node) -> Mapping[str, Node]:
    """The nodes below a node: parts of an address or person, fields of a group's entries."""
    found: Mapping[str, Any] = node.get("properties") or node.get("items", {}).get("properties") or {}
    return found


def kind(node: Node) -> str:
    """The word under which shared texts speak of a node: its type, `name` for names of persons."""
    return "name" if node.get("x-charset") == "name" else str(node["x-type"])


def error_text(form: Form, error: FieldError, lang: str) -> LocalizedText:
    """The sentence of a fault at its field; of a code that no form knows: that the value could not be read."""
    label = label_of(form, error.pointer, lang)
    keys = [*chain(form, error.pointer, f"error.{error.code}"), "error.wrong_type"]
    return first(form, keys, lang, {"label": label, **error.params})


def label_of(form: Form, pointer: str, lang: str) -> str:
    """The label of a place; of an unknown one its pointer."""
    keys = chain(form, pointer, "label")
    return first(form, keys, lang, {}).text if any(key in form.texts[DEFAULT] for key in keys) else pointer


def shown(form: Form, lang: str) -> dict[str, LocalizedText]:
    """Every text that a screen needs, unformatted, with shared labels under the names of the form's own parts."""
    found: dict[str, LocalizedText] = {}
    for key, german in form.texts[DEFAULT].items():
        if not key.startswith(_NOT_SHOWN):
            own = form.texts[lang].get(key)
            found[key] = LocalizedText(german, DEFAULT) if own is None else LocalizedText(own, lang)
    for names, node, suffix in inherited(form.fields):
        own_key, shared_key = f"{'.'.join(names)}.{suffix}", f"{node['x-type']}.{names[-1]}.{suffix}"
        if own_key not in found and shared_key in found:
            found[own_key] = found[shared_key]
    return found


def inherited(nodes: Mapping[str, Node], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node, str]]:
    """Every part of an address or person: the names on the way, the node it is a part of, `label` and `hint`."""
    for name, node in nodes.items():
        below = parts(node)
        if node["x-type"] in COMPOSITE:
            yield from (((*above, name, part), node, suffix) for part in below for suffix in ("label", "hint"))
        yield from inherited(below, (*above, name))
