"""Collects the texts of the portal, the mails, the catalogue and the forms in every language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
import yaml

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ("de", "de-simple", "en", "tr", "ar", "uk")
CATALOGUE = ROOT / "backend" / "catalogue" / "data" / "texts"
BLOCKS = ROOT / "backend" / "casework" / "data" / "blocks.yaml"
FORMS = ROOT / "backend" / "forms" / "packages"
BUTTON_WORDS = {"action", "actions", "button", "submit"}
TITLE_WORDS = {"title", "heading", "h1", "h2", "h3", "name", "legend", "caption"}
FRAGMENT_WORDS = {"label", "labels", "option", "nav", "short", "column", "row", "unit", "format", "weekday"}
SKIPPED_CATALOGUE_KEYS = {"keywords", "review"}
FORM_KINDS = {
    "title": "title",
    "label": "label",
    "option": "label",
    "entry": "label",
    "error": "error",
    "legal": "legal",
}
CATALOGUE_KINDS = {"name": "title", "answer": "title", "title": "title", "fees": "label"}


@dataclass(frozen=True)
class Text:
    """One text: its key (file and id), language, kind (title, button, label, error, body, mail, legal) and value."""

    key: str
    language: str
    kind: str
    value: str
    german: str | None


def collect() -> list[Text]:
    """Every text of every language; `german` is the source text of the same key."""
    found = [*messages(), *catalogue(), *forms(), *blocks()]
    german = {text.key: text.value for text in found if text.language == "de"}
    return [Text(text.key, text.language, text.kind, text.value, german.get(text.key)) for text in found]


def messages() -> Iterator[Text]:
    """The texts of locales/<language>/LC_MESSAGES/*.po."""
    for language in LANGUAGES:
        for file in sorted((ROOT / "locales" / language / "LC_MESSAGES").glob("*.po")):
            for entry in polib.pofile(str(file)):
                if entry.msgid and not entry.obsolete:
                    kind = message_kind(entry.msgid, entry.msgstr)
                    yield Text(f"{file.stem}:{entry.msgid}", language, kind, entry.msgstr, None)


def message_kind(identifier: str, value: str) -> str:
    """The kind that an id tells by its words: booking.time.title, common.action.back, error.name_script, mail.…"""
    words = set(identifier.replace("_", ".").split("."))
    if "legal" in words:
        return "legal"
    for kind, marks in (("button", BUTTON_WORDS), ("title", TITLE_WORDS), ("label", FRAGMENT_WORDS)):
        if words & marks:
            return kind
    first = identifier.split(".")[0]
    if first in {"error", "mail"}:
        return first
    return "body" if any(mark in value for mark in ".?!\n") else "label"


def catalogue() -> Iterator[Text]:
    """The texts of the catalogue files."""
    for language in LANGUAGES:
        folder = CATALOGUE / language
        for file in sorted(folder.rglob("*.yaml")):
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
            for path, value in leaves(content):
                kinds = [CATALOGUE_KINDS[part] for part in path if part in CATALOGUE_KINDS]
                key = f"catalogue:{file.relative_to(folder).with_suffix('')}:{'.'.join(path)}"
                yield Text(key, language, kinds[-1] if kinds else "body", value, None)


def forms() -> Iterator[Text]:
    """The texts of all form packages and those they share."""
    for file in sorted(FORMS.glob("*/*/i18n/*.json")):
        package = file.parents[1].relative_to(FORMS)
        for key, value in json.loads(file.read_text(encoding="utf-8")).items():
            yield Text(f"forms:{package}:{key}", file.stem, form_kind(key), value, None)


def blocks() -> Iterator[Text]:
    """The general text blocks of the office; their titles are read by staff, in German."""
    for block in yaml.load(BLOCKS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["blocks"]:
        yield Text(f"block:{block['id']}.title", "de", "title", block["title"], None)
        for language, value in block["texts"].items():
            yield Text(f"block:{block['id']}", language, "body", value, None)


def form_kind(key: str) -> str:
    """The kind that a key tells by its words; hints, reasons and letters are running text."""
    words = key.split(".")
    if words[-1] == "add":
        return "button"
    if words[-1] in {"hint", "why", "lead"}:
        return "body"
    return next((kind for word, kind in FORM_KINDS.items() if word in words), "body")


def leaves(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """All strings below a YAML node with the keys that lead to them."""
    if isinstance(node, str):
        yield path, node
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        if key not in SKIPPED_CATALOGUE_KEYS:
            yield from leaves(value, (*path, str(key)))
