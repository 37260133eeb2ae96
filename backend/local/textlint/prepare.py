"""Turns a text into the sentences and words that the checks look at."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex

from backend.local.textlint import icu

SAMPLES = {
    "office": "Bürgerbüro Nord",
    "place": "Bürgerbüro Nord",
    "date": "24. November 2026",
    "day": "24. November 2026",
    "time": "9:40 Uhr",
    "email": "post@example.org",
    "reference": "K7M-3DX-9PC",
    "code": "4HT-QRA",
    "service": "Reisepass",
    "amount": "46 Euro",
}
NUMBER = "5"
WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}·'’@.-]*")
SENTENCE_END = regex.compile(r"(?<=(?<!\d)[.!?:])\s+")
PLACEHOLDER = regex.compile(r"\{\s*(\w+)[^{}]*\}")
LINK = regex.compile(r"https?://\S+|\S+@\S+\.\w+")


@dataclass(frozen=True)
class Prepared:
    """One branch of a text: as shown, without middle dots, its lines and its sentences."""

    shown: str
    plain: str
    lines: list[str]
    sentences: list[str]


def prepare(branch: str) -> Prepared:
    """NFC, sample values for placeholders, split into lines and sentences (a colon ends a sentence)."""
    shown = PLACEHOLDER.sub(lambda match: SAMPLES.get(match[1], NUMBER), unicodedata.normalize("NFC", branch))
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    sentences = [sentence for line in lines for sentence in SENTENCE_END.split(line) if sentence.strip()]
    return Prepared(shown, shown.replace("·", ""), lines, sentences)


def prepared(value: str) -> list[Prepared]:
    """Every branch of a message, prepared."""
    return [prepare(branch) for branch in icu.branches(value)]


def words(sentence: str) -> list[str]:
    """The words of a sentence; a split compound, a number with its unit and a link count as one."""
    joined = regex.sub(
        r"(\d)\s(Uhr|Euro|Minuten|Jahre|Jahren|Tage|Wochen|Monate)\b", r"\1-\2", LINK.sub("Link", sentence)
    )
    joined = regex.sub(r"(\d{1,2}\.)\s(\p{Lu}\w+)\s(\d{4})", r"\1\2\3", joined)
    return WORD.findall(joined)
