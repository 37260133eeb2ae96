"""Checks of Leichte Sprache (`de-simple`), L01 to L23. Thresholds are decisions of this project."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from backend.local.textlint.finding import ERROR, WARNING, Finding
from backend.local.textlint.lists import any_of, lists
from backend.local.textlint.prepare import LINK, Prepared, words

CLAUSE = regex.compile(
    r"(?:^|\b)(?:weil|obwohl|damit|nachdem|bevor|ehe|während|sobald|solange|sofern|soweit|falls|indem|sodass|dass|wenn|ob)\b"
    r"|(?<!Ja)(?<!Nein),\s*(?:der|die|das|den|dem|deren|dessen|denen|welche[rsnm]?|wo|wer|was|wie)\b"
)
CLAUSE_START = regex.compile(r"^(?:Wenn|Weil|Obwohl|Falls|Bevor|Nachdem|Sobald|Solange|Dass|Ob)\b")
GENITIVE = regex.compile(r"\b(des|meines|deines|seines|ihres|Ihres|unseres|eures|keines|jenes|dessen|deren|wessen)\b")
NOUN_GENITIVE = regex.compile(
    r"(?<![\w·])(?!(?:An|Auf|Aus|Bei|In|Mit|Nach|Seit|Unter|Von|Vor|Zu|Zwischen|Neben|Über|Hinter|Und|Oder|Aber|Dann|Jetzt"
    r"|Hier|Sie|Wir|Ihnen|Uns)\s)[A-ZÄÖÜ][\wäöüß·-]+ (?:der|dieser|Ihrer|ihrer|unserer|aller) "
    r"(?:\w+en )?[A-ZÄÖÜ][\wäöüß·-]+"
)
PASSIVE = regex.compile(
    r"\b(?:wird|werden|wurde|wurden)\b(?=[^.?!:]*\b(?:\w{0,12}ge\w{2,}(?:t|en)|(?:be|emp|ent|er|ver|zer)\w{2,}(?:t|en)"
    r"|\w{2,}iert)\b)|\bworden\b"
)
STATE_PASSIVE = regex.compile(
    r"\b(?:ist|sind|war|waren)\b[^.?!:]*\b(?:\w{0,12}ge\w{2,}t|(?:be|er|ver|ent)\w{2,}t|\w{2,}iert)\b"
)
TO_BE_DONE = regex.compile(r"\b(ist|sind)\b[^.?!:]*\bzu\s\w+(en|ern|eln)\b|\b(lässt|lassen) sich\b")
SUBJUNCTIVE = regex.compile(
    r"\b(?:würde|wäre|hätte|könnte|müsste|dürfte|bräuchte|käme|gäbe|ginge|ließe)(?:n|st|t)?\b|\bsollte(?:n|st|t)?\b"
    r"|\b(?:sei|seien)\b"
)
NEGATION = regex.compile(r"\b(nicht|nichts|nie|niemals|niemand\w*|kein\w*|nirgends|weder)\b", regex.IGNORECASE)
BOOKED_STATE = regex.compile(r"\b(?:sind|ist) (?:verheiratet|bekannt|geboren)\b")
LONG_RUN = regex.compile(r"\p{L}{12,}")
BAD_SPLIT = regex.compile(r"·\p{Lu}|(?<!\p{L})·|·(?!\p{L})|(?<![\p{L}·])\p{L}{1,2}·|·\p{L}{1,2}(?![\p{L}·])")
SIGNS = regex.compile(r"[%§&/;\[\]()„“”\"»«…–—*_<>=+]|!")
ADDRESS = regex.compile(r"\b(man|der Antragsteller|der Nutzer|der Kunde|du|dein\w*)\b")
GENDER = regex.compile(r"\p{L}[*:_/]in(?:nen)?\b|\p{Ll}In(?:nen)?\b")
NUMBERS = regex.compile(r"\b[IVX]{2,}\b|%|[½¼¾]|\b\d{5,}\b|\b0\d:\d\d|(?<![\d.])\d{1,2}\.\d{1,2}\.(?!\d)|\b\d+,00\b")
CODES = regex.compile(r"\b\d{5} \p{Lu}|\+?\d[\d ]{6,}\d|\b(?:116 ?116|115)\b")
NOMINAL = regex.compile(r"\b\p{Lu}[\p{L}·]*(?:ung|heit|keit|tion|ismus|tät)(?:en)?\b")
CAPITALS = regex.compile(r"\b\p{Lu}{2,5}\b")
INITIALS = regex.compile(r"\b\p{L}\.\s?\p{L}\.")
EMPTY_LINK = regex.compile(r"^(?:hier|mehr|Hier|Mehr)\.?$")

PLAIN_PATTERNS: tuple[tuple[str, regex.Pattern[str], str, str], ...] = (
    ("L05a", GENITIVE, ERROR, "von + Dativ: Nummer von Ihrem Ausweis"),
    ("L05c", NOUN_GENITIVE, WARNING, "von + Dativ"),
    ("L06a", PASSIVE, ERROR, "Wer tut es? wir, Sie, das Amt"),
    ("L06c", TO_BE_DONE, ERROR, "Sie müssen …, Sie können …"),
    ("L07", SUBJUNCTIVE, ERROR, "vielleicht, bitte, können"),
    ("L19", ADDRESS, ERROR, "Sie"),
    ("L21", GENDER, ERROR, "neutral umschreiben"),
)
PLAIN_LISTS: tuple[tuple[str, str, str, str], ...] = (
    ("L02", "abbreviations", ERROR, "ausschreiben"),
    ("L05d", "genitive_prepositions", ERROR, "anders sagen"),
    ("L06a", "participles_without_ge", WARNING, "Wer tut es?"),
    ("L08", "simple_past", WARNING, "Gegenwart oder Perfekt"),
    ("L09", "negating_un", ERROR, "ohne Verneinung sagen"),
    ("L10", "hard_words", ERROR, "leichtes Wort oder erklären"),
    ("L13", "number_words", ERROR, "Ziffer"),
    ("L16", "light_verbs", ERROR, "ein Verb, das etwas tut"),
    ("L22", "figurative", ERROR, "wörtlich sagen"),
)


def check(text: Prepared, kind: str) -> Iterator[Finding]:
    """All findings of one prepared text; `kind` button, label and title are fragments."""
    fragment = kind in {"button", "label", "title"}
    yield from by_pattern(text)
    yield from by_words(text)
    for sentence in text.sentences:
        yield from by_sentence(sentence, fragment)
    if not fragment:
        yield from by_line(text)
    if EMPTY_LINK.match(text.shown.strip()):
        yield Finding("L23", ERROR, text.shown, "Das Ziel nennen")


def by_pattern(text: Prepared) -> Iterator[Finding]:
    """Checks that look for one pattern or one list in the text without middle dots."""
    for identifier, pattern, severity, hint in PLAIN_PATTERNS:
        for match in pattern.finditer(text.plain):
            yield Finding(identifier, severity, match[0], hint)
    for identifier, name, severity, hint in PLAIN_LISTS:
        for match in any_of(name, ignore_case=name == "genitive_prepositions").finditer(text.plain):
            yield Finding(identifier, severity, match[0], hint)
    for wanted, others in lists()["synonyms"].items():
        for other in others:
            if regex.search(rf"\b{other}\b", text.plain):
                yield Finding("L11", ERROR, other, f"Immer: {wanted}")
    for match in STATE_PASSIVE.finditer(BOOKED_STATE.sub("", text.plain)):
        yield Finding("L06b", WARNING, match[0], "Wer hat es getan?")
    if INITIALS.search(text.plain):
        yield Finding("L02", ERROR, text.plain, "ausschreiben")


def by_words(text: Prepared) -> Iterator[Finding]:
    """Checks of single words and signs: capitals, length, split, numbers, signs."""
    bare = LINK.sub("", text.shown)
    for match in CAPITALS.finditer(text.plain):
        if match[0] not in lists()["allowed_capitals"] and not regex.search(r"[-\d]", context(text.plain, match)):
            yield Finding("L02", ERROR, match[0], "ausschreiben")
    for match in LONG_RUN.finditer(bare):
        if match[0] not in lists()["long_words_allowed"]:
            yield Finding("L12a", ERROR if len(match[0]) >= 15 else WARNING, match[0], "auflösen oder mit · teilen")
    for match in BAD_SPLIT.finditer(bare):
        yield Finding("L12b", ERROR, match[0], "· zwischen Wortteilen ab 3 Buchstaben, danach klein")
    for match in NUMBERS.finditer(CODES.sub("", bare)):
        yield Finding("L13", ERROR, match[0], "Ziffern, Uhrzeit ohne führende Null, Euro ohne Cent")
    for match in SIGNS.finditer(bare):
        yield Finding("L15", ERROR, match[0], "ohne dieses Zeichen")


def context(text: str, match: regex.Match[str]) -> str:
    """A capital run with its direct neighbours: part of a code when a digit or hyphen touches it."""
    return text[max(0, match.start() - 1) : match.end() + 1]


def by_sentence(sentence: str, fragment: bool) -> Iterator[Finding]:
    """Checks of one sentence: length, clauses, commas, negation, nouns."""
    count = len(words(sentence))
    if count > 10:
        yield Finding("L01", ERROR if count >= 13 else WARNING, sentence, f"{count} Wörter, höchstens 10")
    plain = sentence.replace("·", "")
    if not fragment:
        for match in CLAUSE.finditer(plain):
            yield Finding("L04", ERROR, match[0], "Hauptsatz oder Frage")
        for match in CLAUSE_START.finditer(plain):
            yield Finding("L04", WARNING, match[0], "Als Frage: Sie ziehen um?")
        if plain.count(",") > 1 and not regex.search(r"\b(?:oder|und)\b", plain):
            yield Finding("L04", ERROR, sentence, "höchstens 1 Komma")
    negations = NEGATION.findall(plain)
    if len(negations) > 1:
        yield Finding("L09", ERROR, sentence, "höchstens 1 Verneinung")
    elif negations:
        yield Finding("L09", WARNING, negations[0], "ohne Verneinung sagen")
    nominal = [noun for noun in NOMINAL.findall(plain) if noun not in lists()["nominal_allowed"]]
    if len(nominal) > 1:
        yield Finding("L16", WARNING, ", ".join(nominal), "Verben benutzen")


def by_line(text: Prepared) -> Iterator[Finding]:
    """One sentence per line."""
    for line in text.lines:
        inner = regex.findall(r"(?<!\d)[.!?]\s+\S", line)
        if inner:
            yield Finding("L03", WARNING, line, "Jeder Satz in eine eigene Zeile")
