"""Two versions of a form: do they ask the same, and what a draft that moves from one to the other meets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from backend.forms.texts import parts
from backend.forms.types import Form, FormChange, Node


def same_questions(old: Form, new: Form) -> bool:
    """True when two versions differ in words only."""
    return bool(_material(old) == _material(new))


def changes(old: Form, new: Form) -> FormChange:
    """Text only when the new version says so and nothing but words differs, however many versions lie between.

    Fields of groups' entries are named `children.name`.
    """
    if old.content_hash == new.content_hash:
        return FormChange("same", (), ())
    before, after = list(_names(old.fields)), list(_names(new.fields))
    kind = new.facts["change"] == "text" and same_questions(old, new)
    return FormChange(
        "text" if kind else "material",
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
    )


def _material(form: Form) -> Any:
    return {key: value for key, value in form.facts.items() if key != "change"}, form.schema, form.pages, form.rules


def _names(nodes: Mapping[str, Node], base: str = "") -> Iterator[str]:
    for name, node in nodes.items():
        yield base + name
        if node["x-type"] == "group":
            yield from _names(parts(node), f"{base}{name}.")
