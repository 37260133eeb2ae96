"""Answers, claims and rules in German words, so that the page of a case needs no form beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from backend.applications.receipt import values
from backend.core.i18n import DEFAULT
from backend.forms import service as forms
from backend.forms.types import Form


def of(form: Form, pointer: str, value: Any) -> list[str]:
    """The lines of one answer as staff read it; empty for none, for files, and for a group (its entries follow)."""
    try:
        spoken = values.words(form, pointer, value, DEFAULT)
    except (KeyError, TypeError, ValueError):  # what an account asserts was never judged by the form
        spoken = str(value)
    return [line for line in spoken.split(values.LINE) if line]


def kind(form: Form, pointer: str) -> str:
    """The type of the field at a pointer, also of an entry's field."""
    return values.kind(form, pointer)


def of_rules(form: Form, evaluation: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Every rule that was asked: what it says, whether it hit, what it costs in cents, and what it looked at."""
    if evaluation is None:
        return []
    cents = {line["rule"]: line["cents"] for line in evaluation["fee"]["lines"]}
    return [
        {
            "section": entry["section"],
            "rule": entry["rule"],
            "hit": entry["hit"],
            "text": _text(form, f"rule.{entry['rule']}.text"),
            "cents": cents.get(entry["rule"]) if entry["section"] == "fee" and entry["hit"] else None,
            "inputs": list(_inputs(form, entry["inputs"])),
        }
        for entry in evaluation["log"]
    ]


def _inputs(form: Form, inputs: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Answers with their labels, facts by their names only: those have their words on the page."""
    for name, value in inputs.items():
        asked = name.startswith("/")
        yield {
            "name": name,
            "label": forms.label(form, name, DEFAULT) if asked else None,
            "words": of(form, name, value) if asked else [],
            "value": value,
        }


def _text(form: Form, key: str) -> str | None:
    try:
        return forms.text(form, key, DEFAULT).text
    except KeyError:
        return None
