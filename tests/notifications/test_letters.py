"""Every kind of mail in every language, compared whole with the golden files (UPDATE_GOLDEN=1 writes them anew)."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from backend.core.i18n import LANGUAGES, LocalizedText, messages
from backend.notifications.letters import compose, compose_links
from backend.notifications.types import Letter, MessageKind
from tests.notifications.samples import FIRST, SECOND, SECRETS, SENDER, START, appointment

pytestmark = pytest.mark.usefixtures("formats")  # dates are written by flask-babel

GOLDEN = Path(__file__).parent / "golden"
CHANGES: dict[MessageKind, dict[str, object]] = {
    MessageKind.CONFIRM_REQUEST: {"state": "unconfirmed", "confirm_by": START - timedelta(days=3)},
    MessageKind.CONFIRMED: {},
    MessageKind.MOVED: {"sequence": 1},
    MessageKind.CANCELLED: {"state": "cancelled", "sequence": 2},
}
KINDS = [kind for kind in MessageKind if kind.topic == "appointment"]
EVERY = [(language, kind) for language in LANGUAGES for kind in KINDS]


def letter(language: str, kind: MessageKind, **changes: object) -> Letter:
    if kind is MessageKind.LINKS:
        first = appointment(language, **changes)
        second = replace(first, reference="9PC-K7M-3DX", starts_at=START + timedelta(days=8, hours=2))
        both = [(FIRST, first), (SECOND, second)]
        return compose_links(both, language, {str(FIRST): "a" * 43, str(SECOND): "b" * 43}, SENDER)
    secrets = {key: value for key, value in SECRETS.items() if kind is not MessageKind.MOVED or key != "code"}
    return compose(kind, appointment(language, **{**CHANGES[kind], **changes}), language, secrets, SENDER)


def readable(calendar: bytes) -> str:
    return calendar.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(("language", "kind"), EVERY)
def test_is_as_agreed(language: str, kind: MessageKind) -> None:
    made = letter(language, kind)
    forms = {"txt": f"Subject: {made.subject}\n\n{made.text}", "html": made.html}
    if made.calendar:
        forms["ics"] = readable(made.calendar)
    folder = GOLDEN / language
    if os.environ.get("UPDATE_GOLDEN"):
        folder.mkdir(parents=True, exist_ok=True)
        for ending, text in forms.items():
            (folder / f"{kind}.{ending}").write_text(text, encoding="utf-8")
    agreed = {file.suffix[1:]: file.read_text(encoding="utf-8") for file in folder.glob(f"{kind}.*")}
    assert forms == agreed


class Page(HTMLParser):
    """Collects what a mail's page consists of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._text: list[str] = []
        self._muted = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._muted = tag in {"style", "title"}
        if tag not in {"bdi", "a"}:
            self._text.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._muted:
            self._text.append(data)

    @property
    def words(self) -> list[str]:
        return "".join(self._text).split()

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize(("language", "kind"), EVERY)
def test_html_is_accessible_and_loads_nothing(language: str, kind: MessageKind) -> None:
    page = Page(letter(language, kind).html)
    assert page.named("html") == [{"lang": language, "dir": "rtl" if language == "ar" else "ltr"}]
    assert len(page.named("h1")) == 1
    assert not {"img", "script", "link", "iframe", "form", "table"} & {tag for tag, _ in page.tags}
    assert not any({"src", "style", "background", "onclick"} & set(attributes) for _, attributes in page.tags)
    links = [str(link["href"]) for link in page.named("a")]
    assert links
    assert all(link.startswith(f"https://amtsweg.example/{language}/") for link in links)
    assert sum(link.get("class") == "main" for link in page.named("a")) == (kind is not MessageKind.LINKS)


@pytest.mark.parametrize(("language", "kind"), EVERY)
def test_plain_text_says_everything_that_html_says(language: str, kind: MessageKind) -> None:
    made = letter(language, kind)
    isolates = re.compile("[\u2066-\u2069]")
    words = {word.rstrip(":") for word in isolates.sub("", made.text).split()}
    missing = [word for word in Page(made.html).words if word.rstrip(":") not in words]
    assert missing == []
    assert all(str(link["href"]) in made.text.splitlines() for link in Page(made.html).named("a"))


@pytest.mark.parametrize(("language", "kind"), EVERY)
def test_outside_says_less(language: str, kind: MessageKind) -> None:
    """Subjects name neither service nor person; who has not proved the address learns no name and no service."""
    made = letter(language, kind)
    service = appointment(language).services[0].name.text
    assert service not in made.subject
    assert "Zeynep" not in made.subject
    assert "\n" not in made.subject
    unproved = kind in {MessageKind.CONFIRM_REQUEST, MessageKind.LINKS}
    assert (service in made.text) == (kind in {MessageKind.CONFIRMED, MessageKind.MOVED})
    assert ("Zeynep" in made.text) is not unproved
    assert ("Zeynep" in made.html) is not unproved


@pytest.mark.parametrize("kind", KINDS)
def test_german_subjects(kind: MessageKind) -> None:
    assert (
        letter("de", kind).subject
        == {
            MessageKind.CONFIRM_REQUEST: "Ihr Termin am 24.11. ist noch nicht gebucht",
            MessageKind.CONFIRMED: "Ihr Termin am 24.11. ist gebucht",
            MessageKind.MOVED: "Ihr Termin ist verschoben, neuer Tag: 24.11.",
            MessageKind.CANCELLED: "Ihr Termin am 24.11. ist abgesagt",
            MessageKind.LINKS: "Links zu Ihren Terminen",
        }[kind]
    )


def test_arabic_isolates_names_and_codes_and_nothing_else_does() -> None:
    arabic = letter("ar", MessageKind.CONFIRMED).text
    assert "\u2068Zeynep Öztürk\u2069" in arabic
    assert "\u2068BürgerServiceCenter-Mitte\u2069" in arabic
    assert "\u2066K7M-3DX-9PC\u2069" in arabic
    assert "\u2066" + "24.11.2026\u2069" in arabic
    assert len(re.findall("[\u2066\u2068]", arabic)) == arabic.count("\u2069")
    for language in set(LANGUAGES) - {"ar"}:
        assert not re.search("[\u2066-\u2069\ue000]", letter(language, MessageKind.CONFIRMED).text)
    for language in LANGUAGES:
        made = letter(language, MessageKind.CONFIRMED)
        assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000]", made.html + made.subject)


def test_german_text_in_a_translation_is_marked_and_announced() -> None:
    made = letter("tr", MessageKind.CONFIRMED)
    assert '<p><bdi lang="de">Haltestelle Am Brill, Linien 2, 3 und 25</bdi></p>' in made.html
    assert "Bu bölüm yalnızca Almanca olarak mevcuttur." in made.text
    assert "nur auf Deutsch" not in letter("de", MessageKind.CONFIRMED).text


@pytest.mark.parametrize(("language", "kind"), EVERY)
def test_demo_is_said_in_every_mail_and_only_then(language: str, kind: MessageKind) -> None:
    sentence = messages(language)["mail.demo"]
    assert sentence in letter(language, kind).text
    assert sentence not in letter(language, kind, demo=False).text


HOSTILE = '<img src=x onerror=alert(1)> {name} "\u202egnp\u2066\r\nBcc: all@example.org'


@pytest.mark.parametrize("kind", [MessageKind.CONFIRMED, MessageKind.MOVED, MessageKind.CANCELLED])
def test_what_a_person_typed_stays_text(kind: MessageKind) -> None:
    made = letter("ar", kind, person_name=HOSTILE, office_name="Amt & <b>Söhne</b>")
    assert "<img" not in made.html
    assert "<b>" not in made.html
    assert "Amt &amp; &lt;b&gt;Söhne&lt;/b&gt;" in made.html or kind is MessageKind.CANCELLED
    assert "\nBcc" not in made.text
    assert "\u202e" not in made.text + made.html
    assert "{name}" in made.text
    assert made.calendar
    assert b"\nBcc" not in made.calendar


def test_persons_are_counted_only_when_several() -> None:
    text = letter("de", MessageKind.CONFIRMED).text
    assert "- Personalausweis beantragen, Personen: 2\n" in text
    assert "- Wohnsitz anmelden\n" in text


def test_a_code_that_is_not_known_is_not_mentioned() -> None:
    assert "Code" not in letter("de", MessageKind.MOVED).text
    assert "Ihr Code: 4HT-QRA" in letter("de", MessageKind.CONFIRMED).text


def test_lines_of_a_catalogue_text_stay_lines() -> None:
    access = LocalizedText("Es gibt einen Eingang ohne Stufen.\nDer Eingang ist beim Park·platz.", "de-simple")
    made = letter("de-simple", MessageKind.CONFIRMED, access=access)
    assert "- Es gibt einen Eingang ohne Stufen.\n  Der Eingang ist beim Park·platz.\n" in made.text
    alone = letter("de-simple", MessageKind.CONFIRMED, access=access, how_to_get_there=None)
    assert "\nEs gibt einen Eingang ohne Stufen.\nDer Eingang ist beim Park·platz.\n" in alone.text
    assert "Stufen.<br>\nDer Eingang" in made.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_with_the_same_values(language: str) -> None:
    wanted = {key: text for key, text in messages("de").items() if key.startswith(("mail.", "ics."))}
    assert wanted
    for key, text in wanted.items():
        theirs = set(re.findall(r"\{(\w+)\}", messages(language)[key]))
        assert theirs == set(re.findall(r"\{(\w+)\}", text)), key
