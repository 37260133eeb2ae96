"""The internet message itself: structure, headers, encodings; nothing can be injected."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast
from uuid import UUID

import pytest

from backend.core.i18n import LANGUAGES
from backend.notifications.channels import mime
from backend.notifications.letters import compose
from backend.notifications.types import Envelope, Letter, MessageKind
from tests.notifications.samples import FIRST, SECRETS, SENDER, appointment

pytestmark = pytest.mark.usefixtures("formats")  # dates are written by flask-babel

ROW = UUID("11111111-2222-4333-8444-555555555555")


def letter(language: str, kind: MessageKind = MessageKind.CONFIRMED) -> Letter:
    return compose(kind, appointment(language), language, SECRETS, SENDER)


def built(made: Letter, language: str = "de", to: str = "zeynep@example.org", **more: str) -> EmailMessage:
    envelope = Envelope(message_id=ROW, recipient=to, language=language)
    options = {"mail_from": "termine@amtsweg.example", "reply_to": None, **more}
    return mime.build(envelope, made, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_what_is_read(language: str) -> None:
    made = letter(language)
    wire = built(made, language).as_bytes()
    assert max(len(line) for line in wire.split(b"\r\n")) <= 998
    assert wire.isascii()
    read = cast(EmailMessage, message_from_bytes(wire, policy=default))
    assert read["Subject"] == made.subject
    plain, html, calendar = (part for part in read.walk() if part.get_content_maintype() == "text")
    assert plain.get_content().replace("\r\n", "\n") == made.text
    assert html.get_content().replace("\r\n", "\n").rstrip() == made.html.rstrip()
    assert made.calendar
    assert calendar.get_payload(decode=True) == made.calendar
    (attached,) = read.iter_attachments()
    assert attached.get_content() == made.calendar


@pytest.mark.parametrize(("kind", "method"), [(MessageKind.CONFIRMED, "REQUEST"), (MessageKind.CANCELLED, "CANCEL")])
def test_structure(kind: MessageKind, method: str) -> None:
    message = built(letter("de", kind))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == method
    assert f"METHOD:{method}\r\n".encode() in cast(bytes, calendar.get_payload(decode=True))
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "termin.ics"


def test_without_a_calendar_nothing_is_attached() -> None:
    request = compose(
        MessageKind.CONFIRM_REQUEST,
        appointment(state="unconfirmed", confirm_by=appointment().starts_at),
        "de",
        SECRETS,
        SENDER,
    )
    assert [part.get_content_type() for part in built(request).walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_headers() -> None:
    message = built(letter("de-simple"), "de-simple", reply_to="hilfe@amtsweg.example")
    assert message["From"] == "Amtsweg <termine@amtsweg.example>"
    assert message["To"] == "zeynep@example.org"
    assert message["Message-ID"] == f"<{ROW}@amtsweg.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "de"
    assert message["Reply-To"] == "hilfe@amtsweg.example"
    assert not {name for name in message if name.lower().startswith(("list-", "x-mailer", "disposition"))}
    assert built(letter("de"))["Reply-To"] is None


def test_the_sender_may_have_a_name_of_its_own() -> None:
    message = built(letter("de"), mail_from='"Stadt Bremen, Amtsweg" <termine@amtsweg.example>')
    assert message["From"].addresses[0].display_name == "Stadt Bremen, Amtsweg"


@pytest.mark.parametrize(
    "address", ["a@b\r\nBcc: all@example.org", "a@b\nSubject: x", "a@b@c", "no address", "@example.org", ""]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(mime.AddressError):
        built(letter("de"), to=address)


def test_a_subject_with_a_line_break_is_refused() -> None:
    hostile = Letter(subject="Termin\r\nBcc: all@example.org", text="", html="")
    with pytest.raises(ValueError, match="linefeed"):
        built(hostile)


def test_names_of_domains_in_other_scripts_travel_in_ascii() -> None:
    message = built(letter("de"), to="zeynep@münchen.example")
    assert message["To"] == "zeynep@xn--mnchen-3ya.example"
    assert message.as_bytes().isascii()
    assert str(FIRST) not in message.as_string()
