"""Languages and their formats: texts from locales/<lang>/LC_MESSAGES/backend.po, German when one is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import flask_babel
from babel import Locale
from babel.messages.pofile import read_po
from flask import Flask

from backend.core.clock import BERLIN

LANGUAGES = ("de", "de-simple", "en", "tr", "ar", "uk")
DEFAULT = "de"
LOCALES = Path(__file__).parents[2] / "locales"
BABEL = {"de-simple": "de", "en": "en_GB", "ar": "ar"}

babel = flask_babel.Babel()


@dataclass(frozen=True)
class LocalizedText:
    """A text and the language it is really in."""

    text: str
    lang: str


@cache
def messages(lang: str) -> Mapping[str, str]:
    """All messages of a language (id → text); empty when the language has no file yet."""
    return _read(lang, "backend")


def staff(msgid: str) -> str:
    """A word of the staff's pages, for what they print or save; German, as these are. KeyError for an unknown id."""
    return _staff_words()[msgid]


@cache
def _staff_words() -> Mapping[str, str]:
    return _read(DEFAULT, "staff")


def _read(lang: str, domain: str) -> Mapping[str, str]:
    file = LOCALES / lang / "LC_MESSAGES" / f"{domain}.po"
    if not file.exists():
        return {}
    with file.open("rb") as stream:
        catalog = read_po(stream, charset="utf-8", abort_invalid=True)
    return {str(message.id): str(message.string) for message in catalog if message.id and message.string}


def translate(msgid: str, lang: str, **values: object) -> str:
    """The message in that language, else in German, with {named} values; raises KeyError for an unknown id."""
    text = messages(lang).get(msgid) or messages(DEFAULT)[msgid]
    return text.format_map(values) if values else text


def direction(lang: str) -> Literal["ltr", "rtl"]:
    """Writing direction of a language."""
    return "rtl" if lang == "ar" else "ltr"


@cache
def locale(lang: str) -> Locale:
    """The Babel locale whose formats a language uses; Leichte Sprache formats as German."""
    return Locale.parse(BABEL.get(lang, lang))


def init_app(app: Flask) -> None:
    """Formats follow the language that a caller names; what nobody names is German, in Berlin's time."""
    babel.init_app(app, default_locale=DEFAULT, default_timezone=BERLIN.key)


def format_date(day: date, lang: str) -> str:
    """A date with its weekday, written out; digits are Latin in every language. Needs an application context."""
    with flask_babel.force_locale(locale(lang)):
        return str(flask_babel.format_date(day, "EEEE, d. MMMM y" if locale(lang).language == "de" else "full"))


def format_time(moment: datetime, lang: str) -> str:
    """A time of day in Berlin; the words around it belong to the message ("{time} Uhr", "saat {time}")."""
    local = moment.astimezone(BERLIN)
    return f"{local.hour}:{local:%M}" if lang == "de-simple" else f"{local:%H:%M}"
