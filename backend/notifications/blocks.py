"""The parts of a message, the same for plain text and HTML, so that the two can never say different things."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from backend.core.i18n import LocalizedText

# Direction isolates (Unicode bidi algorithm): right in plain text, turned into elements in HTML.
FIRST_STRONG = "\u2068"
LEFT_TO_RIGHT = "\u2066"
END = "\u2069"
GERMAN = "\ue000"  # private: after FIRST_STRONG it says that the name is German; never leaves this package
JOINERS = "\u200c\u200d"  # part of the spelling in some scripts


@dataclass(frozen=True)
class Heading:
    """A section's heading."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; a line feed in it starts a new line."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list of catalogue texts, each perhaps in another language than the message."""

    texts: tuple[LocalizedText, ...]


@dataclass(frozen=True)
class Link:
    """A link on a line of its own; `main` is the one thing to do."""

    label: str
    url: str
    main: bool = False


Block = Heading | Paragraph | Items | Link


def name(value: str) -> str:
    """A name that keeps its own direction inside any sentence."""
    return f"{FIRST_STRONG}{clean(value)}{END}"


def german(value: str) -> str:
    """A German name (office, street): never translated, read with a German voice."""
    return f"{FIRST_STRONG}{GERMAN}{clean(value)}{END}"


def code(value: str) -> str:
    """A code, number or time in Latin symbols, always left to right."""
    return f"{LEFT_TO_RIGHT}{clean(value)}{END}"


def clean(value: str) -> str:
    """A value without control, direction and private signs: it cannot leave its place in the sentence."""
    return "".join(sign for sign in value if sign in JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Co"})


def clean_lines(value: str) -> str:
    """The same for a text of several lines."""
    return "\n".join(clean(line) for line in value.splitlines())
