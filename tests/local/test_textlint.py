"""The language linter finds planted faults and leaves good sentences alone."""

from __future__ import annotations

import pytest

from backend.local.textlint import icu
from backend.local.textlint.__main__ import findings
from backend.local.textlint.finding import ERROR
from backend.local.textlint.texts import Text

GOOD_SIMPLE = [
    "Sie möchten einen Personal·ausweis?\nDann kommen Sie selbst ins Bürgeramt.",
    "Wir halten den Termin 15 Minuten für Sie frei.\nDanach bekommt eine andere Person den Termin.",
    "Gerade sind alle Termine weg.\nNeue Termine gibt es am {date}.\nSie können auch anrufen: 115.",
    "Das Führungs·zeugnis kostet 13 Euro.\nSie bezahlen sofort.",
    "Ihr Vermieter schreibt einen Zettel für Sie.\nDarauf steht: Sie wohnen jetzt hier.",
    "Das Datum ist falsch.\nSchreiben Sie Tag, Monat und Jahr.\nZum Beispiel: 5. März 1990.",
    "Es gibt einen Eingang ohne Stufen.\nDer Eingang ist beim Park·platz.",
    "Ihre Nummer ist: {code}",
    "Damit dürfen Sie Auto fahren.",
    "Ja, das stimmt.",
]
BAD_SIMPLE = [
    ("L01", "Sie müssen mit Ihrem alten Ausweis und einem neuen Foto ins Amt zu uns kommen."),
    ("L02", "Bringen Sie z. B. ein Foto mit."),
    ("L04", "Kommen Sie früher, wenn Sie eine Nummer brauchen."),
    ("L05a", "Das ist die Nummer des Ausweises."),
    ("L05d", "Wegen einer Störung geht es heute nicht."),
    ("L06a", "Ihr Ausweis wird von uns geprüft."),
    ("L06c", "Das Formular ist zu unterschreiben."),
    ("L07", "Sie könnten auch anrufen."),
    ("L09", "Sie dürfen nicht kommen und nichts sagen."),
    ("L10", "Bringen Sie alle Unterlagen mit."),
    ("L11", "Ihre Buchung ist fertig."),
    ("L12a", "Sie brauchen eine Wohnungsgeberbestätigung."),
    ("L12b", "Der Personal·Ausweis ist fertig."),
    ("L13", "Der Termin ist um 09:40 Uhr."),
    ("L13", "Das kostet 46,00 Euro."),
    ("L15", "Der Ausweis (alt) ist weg."),
    ("L16", "Die Prüfung erfolgt morgen."),
    ("L19", "Hier bekommt man Hilfe."),
    ("L21", "Fragen Sie die Mitarbeiter*in im Amt."),
    ("L22", "Wir melden uns in Kürze."),
]
OTHERS = [
    ("D02", "de", "body", "Die Anmeldung erfolgt im Bürgeramt."),
    ("D01", "de", "body", " ".join(["Wort"] * 26) + "."),
    ("D04", "de", "error", "Pflichtfeld."),
    ("D06", "de", "button", "OK"),
    ("D07", "tr", "body", "Yer: {office}'de bekleyin."),
    ("D07", "de", "body", "Ihre Nummer: {code}."),
    ("D15", "en", "body", "Two  spaces."),
    ("T01", "tr", "body", "i̇ptal edildi"),
    ("R01", "ar", "body", "الموعد بعد ١٥ دقيقة"),
    ("R02", "ar", "body", "اختر موعدًا آخر"),
    ("U01", "uk", "body", "Это ваш запис."),
    ("U02", "uk", "body", "у Bürgeramtі"),
    ("E01", "en", "body", "Choose the color."),
]


def found(language: str, kind: str, value: str, german: str | None = None) -> dict[str, str]:
    """Check id → severity of everything found in a text."""
    return {finding.check: finding.severity for finding in findings(Text("test:key", language, kind, value, german))}


@pytest.mark.parametrize("value", GOOD_SIMPLE)
def test_good_leichte_sprache_has_no_error(value: str) -> None:
    assert ERROR not in found("de-simple", "body", value).values()


@pytest.mark.parametrize(("check", "value"), BAD_SIMPLE)
def test_planted_fault_in_leichte_sprache_is_found(check: str, value: str) -> None:
    assert found("de-simple", "body", value).get(check) == ERROR


@pytest.mark.parametrize(("check", "language", "kind", "value"), OTHERS)
def test_planted_fault_in_other_languages_is_found(check: str, language: str, kind: str, value: str) -> None:
    assert found(language, kind, value).get(check) == ERROR


def test_untranslated_text_is_found() -> None:
    german = "Wir halten den Termin für Sie frei."
    assert found("uk", "body", german, german)["D12"] == ERROR


def test_every_branch_of_a_plural_is_read() -> None:
    message = "{n, plural, one {# Tag frei} other {# Tage frei}} ab {date}"
    assert list(icu.branches(message)) == ["{n} Tag frei ab {date}", "{n} Tage frei ab {date}"]
