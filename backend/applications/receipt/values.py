"""Answers in words: every visible question with its answer, as it was asked, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency

from backend.core.i18n import locale, translate
from backend.forms import service as forms
from backend.forms.types import Form, Node

LINE = "\n"
LATIN = frozenset({"address", "person", "plate", "iban", "email", "phone", "file", "number"})


@dataclass(frozen=True)
class Row:
    """A question and its answer; `ltr`: in Latin letters or digits, whatever direction the page has."""

    label: str
    value: str
    ltr: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the form under its heading."""

    heading: str
    rows: tuple[Row, ...]


def sections(form: Form, answers: Mapping[str, Any], files: Mapping[str, Sequence[str]], lang: str) -> list[Section]:
    """The visible answers in the order of asking; `files` are the names of what was sent for each slot."""
    found: dict[str, list[Row]] = {}
    for view in forms.pages(form, answers):
        rows = found.setdefault(view.page.review_group, [])
        for pointer in view.fields:
            row = _row(form, answers, files, pointer, lang)
            if row is not None:
                rows.append(row)
    return [
        Section(forms.text(form, f"group.{group}.title", lang).text, tuple(rows))
        for group, rows in found.items()
        if rows
    ]


def euro(cents: int, lang: str) -> str:
    """An amount as the language writes it."""
    return str(format_currency(cents / 100, "EUR", locale=locale(lang)))


def day(value: date, lang: str) -> str:
    """A date written out, without its weekday."""
    return str(format_date(value, "long", locale=locale(lang)))


def words(form: Form, pointer: str, value: Any, lang: str) -> str:
    """One answer in words, line by line; empty for none, for files and for the entries of a group."""
    node, key = _place(form, pointer)
    return "" if node["x-type"] in ("file", "group") else _words(form, node, value, key, lang)


def kind(form: Form, pointer: str) -> str:
    """The type of the field at a pointer, also of an entry's field."""
    return str(node(form, pointer)["x-type"])


def node(form: Form, pointer: str) -> Node:
    """The node of the field at a pointer, also of an entry's field."""
    return _place(form, pointer)[0]


def _row(
    form: Form, answers: Mapping[str, Any], files: Mapping[str, Sequence[str]], pointer: str, lang: str
) -> Row | None:
    node, key = _place(form, pointer)
    if node["x-type"] == "file":
        shown = LINE.join(files.get(key, ()))
    else:
        shown = words(form, pointer, at(answers, pointer), lang)  # a group's entries tell their own fields
    return Row(forms.label(form, pointer, lang), shown, _is_latin(node)) if shown else None


def _place(form: Form, pointer: str) -> tuple[Node, str]:
    """The node and the text key of a pointer, also of a part (`/children/0/name` → `children.name`)."""
    first, *steps = pointer.split("/")[1:]
    node, key = form.fields[first], first
    for step in steps:
        if not step.isdecimal():
            node, key = (node.get("properties") or node["items"]["properties"])[step], f"{key}.{step}"
    return node, key


def at(answers: Any, pointer: str) -> Any:
    """The answer at a pointer, through the entries of groups too."""
    value = answers
    for step in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(step)] if step.isdecimal() and int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _is_latin(node: Node) -> bool:
    """Names, addresses, numbers of things: they stay in order also in a text that runs from right to left."""
    return node["x-type"] in LATIN or node.get("x-charset") in ("name", "latin")


def _words(form: Form, node: Node, value: Any, key: str, lang: str) -> str:
    if value in (None, "", [], {}):
        return ""
    kind = node["x-type"]
    if kind in ("yes_no", "declaration"):
        return translate("paper.yes" if value else "paper.no", lang)
    if kind == "one_of":
        return forms.text(form, f"{key}.option.{value}", lang).text
    if kind == "some_of":
        return LINE.join(forms.text(form, f"{key}.option.{one}", lang).text for one in value)
    if kind == "money":
        return euro(int(value), lang)
    if kind == "date":
        return _date(str(value), lang)
    if kind == "country":
        return str(locale(lang).territories.get(str(value), value))
    if kind in ("address", "person"):
        return _parts(node, value, lang)
    return str(value)


def _parts(node: Node, value: Mapping[str, Any], lang: str) -> str:
    if node["x-type"] == "address":
        country = value.get("country")
        lines = (
            " ".join(str(value[part]) for part in ("street", "house_number") if value.get(part)),
            value.get("addition"),
            " ".join(str(value[part]) for part in ("postcode", "city") if value.get(part)),
            locale(lang).territories.get(str(country), country) if country not in (None, "DE") else None,
        )
        return LINE.join(str(line) for line in lines if line)
    shown = [
        _date(str(value[part]), lang) if node["properties"][part]["x-type"] == "date" else str(value[part])
        for part in node["properties"]
        if value.get(part)
    ]
    return ", ".join(shown)


def _date(value: str, lang: str) -> str:
    try:
        return day(date.fromisoformat(value), lang)
    except ValueError:
        return value
