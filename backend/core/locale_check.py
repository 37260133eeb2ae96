"""Are all languages complete, with the same placeholders and every plural form their grammar needs?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from backend.core.i18n import DEFAULT, LANGUAGES, locale

DOMAINS = ("backend", "frontend")
STAFF = "staff"  # the pages of staff: in the source language only
SIMPLE = "de-simple"
_NAMED = re.compile(r"{(\w+)}")
_TAG = re.compile(r"</?(\w+)/?>")
_SELECTOR = re.compile(r"\s*(=\d+|\w+)\s*{")
_CHOICES = {"plural", "select", "selectordinal"}


@dataclass
class Shape:
    """What a message needs from the program: values, tags, and per choice the selectors it knows."""

    values: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    choices: list[tuple[str, set[str]]] = field(default_factory=list)


def check(folder: Path) -> Iterator[str]:
    """All faults of the catalogues in `<folder>/<lang>/LC_MESSAGES`, one sentence each."""
    for domain in DOMAINS:
        source = _read(folder, DEFAULT, domain)
        if not source:
            yield f"{DEFAULT}/{domain}: there is no message"
        for lang in LANGUAGES:
            try:
                yield from (f"{lang}/{domain}: {fault}" for fault in _compare(source, folder, lang, domain))
            except (OSError, PoFileError, ValueError) as error:
                yield f"{lang}/{domain}: cannot be read ({type(error).__name__})"
    yield from (f"{DEFAULT}/{STAFF}: {fault}" for fault in _check_staff(folder))


def _check_staff(folder: Path) -> Iterator[str]:
    """The staff's words are whole, of their own part, and well-formed."""
    try:
        for msgid, text in sorted(_read(folder, DEFAULT, STAFF).items()):
            if not msgid.startswith(f"{STAFF}."):
                yield f"{msgid} is of another part"
            elif not text:
                yield f"{msgid} is missing"
            else:
                yield from _compare_message(msgid, text, text, DEFAULT, STAFF)
    except (OSError, PoFileError, ValueError) as error:
        yield f"cannot be read ({type(error).__name__})"


def _compare(source: dict[str, str], folder: Path, lang: str, domain: str) -> Iterator[str]:
    texts = _read(folder, lang, domain)
    for msgid in sorted(source.keys() | texts.keys()):
        if msgid not in source:
            yield f"{msgid} is not in {DEFAULT}"
        elif not texts.get(msgid):
            yield f"{msgid} is missing"
        else:
            yield from _compare_message(msgid, source[msgid], texts[msgid], lang, domain)


def _compare_message(msgid: str, german: str, text: str, lang: str, domain: str) -> Iterator[str]:
    if domain == "backend":
        wanted, found = set(_NAMED.findall(german)), set(_NAMED.findall(text))
        if _differs(wanted, found, lang):
            yield f"{msgid} has other placeholders: {sorted(wanted ^ found)}"
        return
    ours, theirs = shape(german), shape(text)
    if _differs(ours.values, theirs.values, lang) or _differs(ours.tags, theirs.tags, lang):
        yield f"{msgid} has other placeholders: {sorted((ours.values ^ theirs.values) | (ours.tags ^ theirs.tags))}"
    forms = set(locale(lang).plural_form.tags) | {"other"}
    for kind, selectors in theirs.choices:
        missing = (forms if kind == "plural" else {"other"}) - selectors
        if missing:
            yield f"{msgid} lacks the forms {sorted(missing)}"


def shape(message: str) -> Shape:
    """Read an ICU message; raises ValueError when its braces do not close."""
    found = Shape()
    if _text(message, 0, found, inside=False) != len(message):
        raise ValueError(message)
    return found


def _text(message: str, at: int, found: Shape, *, inside: bool) -> int:
    """Read text up to the closing brace (inside a choice) or the end; returns where it stopped."""
    begin = at
    while at < len(message):
        sign = message[at]
        if sign == "'" and message[at + 1 : at + 2] in {"{", "}"}:
            at = message.index("'", at + 1) + 1
        elif sign == "{":
            at = _argument(message, at + 1, found)
        elif sign == "}":
            if not inside:
                raise ValueError(message)
            break
        else:
            at += 1
    found.tags.update(_TAG.findall(message[begin:at]))
    return at


def _argument(message: str, at: int, found: Shape) -> int:
    """Read one argument after its opening brace; returns the place after its closing brace."""
    end = min(place for place in (message.find(",", at), message.find("}", at), len(message)) if place >= 0)
    found.values.add(message[at:end].strip())
    if message[end : end + 1] == "}":
        return end + 1
    kind, comma, _ = message[end + 1 :].partition(",")
    if kind.strip() not in _CHOICES or not comma:
        return message.index("}", end) + 1
    at = end + 1 + len(kind) + 1
    selectors: set[str] = set()
    while selector := _SELECTOR.match(message, at):
        selectors.add(selector[1])
        at = _text(message, selector.end(), found, inside=True) + 1
    found.choices.append((kind.strip(), selectors))
    return message.index("}", at) + 1


def _read(folder: Path, lang: str, domain: str) -> dict[str, str]:
    file = folder / lang / "LC_MESSAGES" / f"{domain}.po"
    with file.open("rb") as stream:
        catalog = read_po(stream, charset="utf-8", abort_invalid=True)
    return {str(message.id): "" if message.fuzzy else str(message.string) for message in catalog if message.id}


def _differs(wanted: Set[str], found: Set[str], lang: str) -> bool:
    """True if a text names other values; Leichte Sprache may leave out what the page shows anyway."""
    return not found <= wanted if lang == SIMPLE else found != wanted
