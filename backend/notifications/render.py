"""Blocks as plain text and as simple accessible HTML: no remote content, no script, everything escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from backend.core.i18n import LocalizedText, direction
from backend.notifications.blocks import (
    END,
    FIRST_STRONG,
    GERMAN,
    LEFT_TO_RIGHT,
    Block,
    Heading,
    Items,
    Link,
    Paragraph,
    clean_lines,
)

LINE, HANGING = "\n", "\n  "
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def plain(title: str, blocks: Sequence[Block], language: str) -> str:
    """The whole message as text; complete without the HTML. Lines end with a line feed."""
    return "\n".join([_text(title, language), "", *_lines(blocks, language)]).rstrip("\n") + "\n"


def html(title: str, blocks: Sequence[Block], language: str) -> str:
    """The whole message as one HTML page with its language, its direction and real headings."""
    return _TEMPLATES.get_template("mail.html").render(
        title=subject(title),
        heading=_markup(title),
        language=language,
        direction=direction(language),
        blocks=blocks,
    )


def subject(title: str) -> str:
    """A subject line: no direction signs, they are shown as boxes by some readers."""
    return _text(title, "de")


def _lines(blocks: Sequence[Block], language: str) -> Iterator[str]:
    for position, block in enumerate(blocks):
        match block:
            case Heading(text):
                yield from ("", _text(text, language)) if position else (_text(text, language),)
                continue
            case Paragraph(text):
                yield _text(text, language)
            case Items((single,)):
                yield _item(single, language)
            case Items(texts):
                yield from (f"- {_item(item, language).replace(LINE, HANGING)}" for item in texts)
            case Link(label, url):
                yield from (f"{_text(label, language)}:", url)
        yield ""


def _item(item: LocalizedText, language: str) -> str:
    value = clean_lines(item.text)
    return _text(value if item.lang == language else f"{FIRST_STRONG}{value}{END}", language)


def _text(value: str, language: str) -> str:
    """Plain text: the direction signs stay only where the script runs from right to left."""
    value = value.replace(GERMAN, "")
    if direction(language) == "rtl":
        return value
    return value.replace(FIRST_STRONG, "").replace(LEFT_TO_RIGHT, "").replace(END, "")


def _markup(value: str) -> Markup:
    """HTML of a text: escaped, then direction signs as elements and line feeds as breaks."""
    escaped = str(escape(value))
    for sign, element in (
        (FIRST_STRONG + GERMAN, '<bdi lang="de">'),
        (FIRST_STRONG, "<bdi>"),
        (LEFT_TO_RIGHT, '<bdi dir="ltr">'),
        (END, "</bdi>"),
        ("\n", "<br>\n"),
    ):
        escaped = escaped.replace(sign, element)
    return Markup(escaped)  # noqa: S704 escaped one line above; only the fixed elements were added


def _kind(block: Block) -> str:
    return type(block).__name__


_TEMPLATES.filters["marks"] = _markup
_TEMPLATES.filters["lines"] = clean_lines
_TEMPLATES.filters["kind"] = _kind
