"""Checks of plain German and of every translation: D01 to D15, T01, R01, R02, U01, U02, E01."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from backend.local.textlint.finding import ERROR, WARNING, Finding
from backend.local.textlint.lists import any_of, lists
from backend.local.textlint.prepare import Prepared, words
from backend.local.textlint.texts import Text

LONGEST = {"de": (20, 25), "en": (22, 30), "tr": (22, 30), "uk": (22, 30), "ar": (28, 36)}
GERMAN_STOP_WORDS = {
    "der",
    "die",
    "das",
    "und",
    "oder",
    "nicht",
    "mit",
    "für",
    "ist",
    "Sie",
    "Ihre",
    "Ihr",
    "ein",
    "eine",
}
GENDER = regex.compile(r"\p{L}[*_]in(?:nen)?\b|\p{L}[:/]in(?:nen)?\b|\p{Ll}In(?:nen)?\b")
GLUED = regex.compile(r"\p{L}\{\w+\}|\{\w+\}(?:\p{L}|['’]\p{L}|-\p{L})")
AFTER_CODE = regex.compile(r"\{(?:link|code|reference)\}[.,;:!?،؛؟]")
SPACES = regex.compile(r"^\s|\s$|[^\S\n]{2,}|[\u200B\u200D\u2060\uFEFF\u200E\u200F\u202A-\u202E]")
CAPITAL_RUN = regex.compile(r"\b\p{Lu}{5,}\b")
ALLOWED_RUNS = {"BITV", "EUPL", "ICS", "BUNDID", "ELSTER"}
DECOMPOSED_I = "i\u0307"
ARABIC_FORMS = regex.compile(r"[\u0640\u0660-\u0669\u06F0-\u06F9\uFB50-\uFDFF\uFE70-\uFEFC]")
ARABIC_LATIN_MARKS = regex.compile(r"\p{Arabic}[,;?]")
NOT_UKRAINIAN = regex.compile(r"[ыэёъ]", regex.IGNORECASE)
MIXED_SCRIPT = regex.compile(r"\p{Cyrillic}[A-Za-z]|[A-Za-z]\p{Cyrillic}")
INFLECTED_GERMAN = regex.compile(r"[A-Za-zäöüß]['’-]?[а-яіїєґ]")
INFORMAL_UK = regex.compile(r"(?<![.?!:\n] )(?<!^)\b(?:ви|вас|вам|ваш\p{L}*)\b")
TERMIN_UK = regex.compile(r"\bтермін(?:у|ом|і|и|ів|ам|ами|ах)?\b", regex.IGNORECASE)  # not терміново, urgent


def check_source(text: Text) -> Iterator[Finding]:
    """Checks of the text as written: glued placeholders, spaces, untranslated text.

    That all languages have all messages, placeholders and plural forms is the work of `amtsweg locales check`.
    """
    yield from glued(text)
    if unicodedata.normalize("NFC", text.value) != text.value or SPACES.search(text.value):
        yield Finding("D15", ERROR, text.value[:60], "NFC, keine doppelten, führenden oder unsichtbaren Zeichen")
    if text.value.count("\u2068") + text.value.count("\u2066") != text.value.count("\u2069"):
        yield Finding("D15", ERROR, text.value[:60], "Isolate paarweise")
    if text.german and text.language not in {"de", "de-simple"}:
        yield from untranslated(text)


def glued(text: Text) -> Iterator[Finding]:
    """D07: no placeholder inside a word, no mark right after a code or link."""
    for pattern in (GLUED, AFTER_CODE):
        for match in pattern.finditer(text.value):
            yield Finding("D07", ERROR, match[0], "Platzhalter frei stehend, nach Code und Link kein Zeichen")


def untranslated(text: Text) -> Iterator[Finding]:
    """D12: equal to the German text, or full of German stop words."""
    found = regex.findall(r"\p{L}+", text.value)
    if text.value == text.german and len(found) > 3:
        yield Finding("D12", ERROR, text.value[:60], "übersetzen")
    stops = [word for word in found if word in GERMAN_STOP_WORDS]
    if len(found) >= 6 and len(stops) / len(found) > 0.15 and text.language not in {"en", "tr"}:
        yield Finding("D12", ERROR, ", ".join(stops), "deutsche Wörter im Text")


def check_branch(text: Text, branch: Prepared) -> Iterator[Finding]:
    """Checks of what the person reads, in the text's language."""
    warn, fail = LONGEST.get(text.language, (99, 99))
    for sentence in branch.sentences:
        count = len(words(sentence))
        if count > warn:
            yield Finding(
                "D01", ERROR if text.language == "de" and count > fail else WARNING, sentence, f"{count} Wörter"
            )
    for match in any_of("blame", ignore_case=True, language=text.language).finditer(branch.plain):
        yield Finding("D04", ERROR if text.kind == "error" else WARNING, match[0], "sagen, was zu tun ist")
    if "!" in branch.plain and text.kind != "legal":
        yield Finding("D04", ERROR, "!", "ohne Ausrufezeichen")
    if text.kind == "button":
        yield from button_faults(text, branch)
    if text.language in BY_LANGUAGE:
        yield from BY_LANGUAGE[text.language](branch.plain)


def button_faults(text: Text, branch: Prepared) -> Iterator[Finding]:
    """D06: a button names what it does in one to four words, without a full stop."""
    shown = branch.shown.strip()
    if shown in lists()["forbidden_buttons"].get(text.language, []):
        yield Finding("D06", ERROR, shown, "Verb und Gegenstand nennen")
    if shown.endswith("."):
        yield Finding("D06", ERROR, shown, "ohne Punkt")
    if len(words(shown)) > 5:
        yield Finding("D06", WARNING, shown, "höchstens 4 Wörter")


def german(text: str) -> Iterator[Finding]:
    """D02, L21 in standard German, capitals."""
    for match in any_of("office_german").finditer(text):
        yield Finding("D02", ERROR, match[0], "einfaches Verb")
    for match in GENDER.finditer(text):
        yield Finding("L21", ERROR, match[0], "neutral umschreiben")
    for match in CAPITAL_RUN.finditer(text):
        if match[0] not in ALLOWED_RUNS:
            yield Finding("D04", WARNING, match[0], "keine Großschreibung")


def turkish(text: str) -> Iterator[Finding]:
    """T01: no letter that a wrong lower-casing leaves behind."""
    if DECOMPOSED_I in text:
        yield Finding("T01", ERROR, DECOMPOSED_I, "i ohne kombinierenden Punkt")


def arabic(text: str) -> Iterator[Finding]:
    """R01, R02: digits, marks, no tatweel, no imperative of the second person."""
    for pattern in (ARABIC_FORMS, ARABIC_LATIN_MARKS):
        for match in pattern.finditer(text):
            yield Finding("R01", ERROR, match[0], "Ziffern 0-9, Zeichen ، ؛ ؟, ohne Tatweel")
    for match in any_of("arabic_imperatives").finditer(text):
        yield Finding("R02", ERROR, match[0], "يرجى + Verbalnomen")
    for match in any_of("arabic_mistakes").finditer(text):
        yield Finding("R01", ERROR, match[0], "Rechtschreibung")


def ukrainian(text: str) -> Iterator[Finding]:
    """U01, U02: Ukrainian letters, Ви in capitals, no calques, no inflected German words."""
    for pattern in (NOT_UKRAINIAN, MIXED_SCRIPT, INFLECTED_GERMAN):
        for match in pattern.finditer(text):
            yield Finding("U02" if pattern is INFLECTED_GERMAN else "U01", ERROR, match[0], "ukrainische Buchstaben")
    for match in INFORMAL_UK.finditer(text):
        yield Finding("U01", ERROR, match[0], "Ви, Ваш groß")
    for match in any_of("ukrainian_calques", ignore_case=True).finditer(text):
        yield Finding("U01", ERROR, match[0], "kein Kalk")
    for match in TERMIN_UK.finditer(text):
        yield Finding("U01", WARNING, match[0], "Termin ist запис на прийом; термін nur für Fristen")
    if "'" in text:
        yield Finding("D15", ERROR, "'", "Apostroph U+2019")


def english(text: str) -> Iterator[Finding]:
    """E01: British spelling, no Latin abbreviations, "please" at most once."""
    for name in ("american", "latin_english"):
        for match in any_of(name, ignore_case=True).finditer(text):
            yield Finding("E01", ERROR, match[0], "UK spelling, plain words")


BY_LANGUAGE = {"de": german, "tr": turkish, "ar": arabic, "uk": ukrainian, "en": english}
