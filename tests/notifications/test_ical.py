"""Calendar files, read by a second parser (vobject) against the rules of RFC 5545 and RFC 5546.

| rule                                                  | source         | PUBLISH | REQUEST   | CANCEL    |
|-------------------------------------------------------|----------------|---------|-----------|-----------|
| METHOD once (equal to the MIME parameter: test_mime)  | 5546 1.4       | 1       | 1         | 1         |
| one VEVENT; VTIMEZONE for every TZID used             | 5546 3.2       | 1       | 1         | 1         |
| PRODID, VERSION:2.0                                   | 5545 3.6       | 1       | 1         | 1         |
| ATTENDEE                                              | 5546 3.2.1/2/5 | 0       | 1+        | 0+        |
| ORGANIZER                                             | 5546 3.2.1/2/5 | 1       | 1         | 1         |
| UID, DTSTAMP, DTSTART (*)                             | 5546 3.2.1/2/5 | 1       | 1         | 1         |
| SUMMARY                                               | 5546 3.2.1/2/5 | 1       | 1         | 0..1      |
| SEQUENCE present when above 0, rises with each change | 5546 2.1.4     | 0..1    | 0..1      | 1         |
| STATUS                                                | 5546 3.2.2/5   | any     | CONFIRMED | CANCELLED |
| UID the same for all methods and versions             | 5546 2.1.5     | same    | same      | same      |
| SEQUENCE above that of what is cancelled              | 5546 3.2.5     |         |           | higher    |
| RSVP: no answer is asked for                          | 5545 3.2.17    |         | FALSE     | FALSE     |
| REQUEST-STATUS                                        | 5546 3.2.1/2/5 | 0       | 0         | 0         |
| DTEND after DTSTART, no DURATION beside it            | 5545 3.6.1     | yes     | yes       | yes       |
| lines end with CRLF, at most 75 octets                | 5545 3.1       | yes     | yes       | yes       |
(*) DTSTART is optional in a CANCEL; it is always there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import vobject

from backend.core.clock import BERLIN
from backend.core.i18n import LANGUAGES
from backend.notifications import ical
from backend.notifications.letters import compose
from backend.notifications.types import BookingMessage, MessageKind
from tests.notifications.samples import SECRETS, SENDER, appointment

pytestmark = pytest.mark.usefixtures("formats")  # dates are written by flask-babel

METHODS = (ical.PUBLISH, ical.REQUEST, ical.CANCEL)
ORGANIZER = "termine@amtsweg.example"


def made(message: BookingMessage, method: str, language: str = "de") -> bytes:
    return ical.calendar_file(message, language, method, organizer=ORGANIZER)


def read(data: bytes) -> vobject.base.Component:
    return vobject.readOne(data.decode())


def count(component: vobject.base.Component, name: str) -> int:
    return len(component.contents.get(name, []))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", METHODS)
def test_matrix(method: str, language: str) -> None:
    message = appointment(language, sequence=1, state="cancelled" if method == ical.CANCEL else "booked")
    calendar = read(made(message, method, language))
    calendar.validate(raiseException=True)
    assert calendar.method.value == method
    assert [count(calendar, name) for name in ("method", "prodid", "version", "vevent", "vtimezone")] == [1] * 5
    assert calendar.version.value == "2.0"
    event = calendar.vevent
    once = ("uid", "dtstamp", "dtstart", "dtend", "summary", "sequence", "status", "organizer", "class", "location")
    assert [count(event, name) for name in once] == [1] * len(once)
    assert count(event, "attendee") == (0 if method == ical.PUBLISH else 1)
    assert count(event, "request-status") == count(event, "duration") == 0
    assert event.status.value == ("CANCELLED" if method == ical.CANCEL else "CONFIRMED")
    assert event.organizer.value == f"mailto:{ORGANIZER}"
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=30)
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == [calendar.vtimezone.tzid.value] == ["Europe/Berlin"]
    if method != ical.PUBLISH:
        assert event.attendee.value == "mailto:zeynep@example.org"
        assert event.attendee.params["RSVP"] == ["FALSE"]


@pytest.mark.parametrize("method", METHODS)
def test_lines(method: str) -> None:
    data = made(appointment("ar"), method, "ar")
    assert data.endswith(b"\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) <= 75


def test_a_life_booked_moved_cancelled_and_undone() -> None:
    """One UID, rising numbers; the file of the mail and the download of the same version agree."""
    booked = appointment()
    moved = replace(booked, sequence=1, starts_at=booked.starts_at + timedelta(days=7, hours=3))
    cancelled = replace(moved, sequence=2, state="cancelled")
    undone = replace(moved, sequence=3)
    steps = [(booked, ical.REQUEST), (moved, ical.REQUEST), (cancelled, ical.CANCEL), (undone, ical.REQUEST)]
    events = [read(made(message, method)).vevent for message, method in steps]
    assert len({event.uid.value for event in events}) == 1
    numbers = [int(event.sequence.value) for event in events]
    assert all(earlier < later for earlier, later in pairwise(numbers))
    for message, _ in steps:
        download, mailed = (read(made(message, method)).vevent for method in (ical.PUBLISH, ical.REQUEST))
        assert (download.uid.value, download.sequence.value) == (mailed.uid.value, mailed.sequence.value)
    assert read(made(cancelled, ical.PUBLISH)).vevent.status.value == "CANCELLED"


def test_a_repeat_is_the_same_file() -> None:
    assert made(appointment(), ical.REQUEST) == made(appointment(), ical.REQUEST)
    assert read(made(appointment(), ical.REQUEST)).vevent.dtstamp.value == datetime(2026, 11, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_secret_no_service_no_name(method: str, language: str) -> None:
    message = appointment(language)
    kind = MessageKind.CANCELLED if method == ical.CANCEL else MessageKind.CONFIRMED
    mailed = compose(kind, message, language, SECRETS, SENDER).calendar
    assert mailed
    for data in (mailed, made(message, method, language)):
        text = data.replace(b"\r\n ", b"").decode()
        assert message.services[0].name.text not in text
        assert message.documents[0].text not in text
        assert message.person_name not in text
        assert not any(secret in text for secret in SECRETS.values())
        assert "http" not in text
        assert "K7M-3DX-9PC" in text


@pytest.mark.parametrize(("language", "declared"), [("de-simple", "de"), ("de", "de"), ("ar", "ar"), ("uk", "uk")])
def test_texts_name_their_language(language: str, declared: str) -> None:
    event = read(made(appointment(language), ical.PUBLISH, language)).vevent
    assert event.summary.params["LANGUAGE"] == event.description.params["LANGUAGE"] == [declared]
    assert event.location.params["LANGUAGE"] == ["de"]
    assert event.location.value == "BürgerServiceCenter-Mitte, Pelzerstraße 40, 28195 Bremen"


def test_signs_that_calendars_cannot_show_are_removed() -> None:
    hostile = "Amt\r\nATTENDEE:mailto:all@example.org\x00\x07; Süd, \\ Haus·Meister"
    event = read(made(appointment("de-simple", office_name=hostile), ical.REQUEST, "de-simple")).vevent
    assert count(event, "attendee") == 1
    assert event.attendee.value == "mailto:zeynep@example.org"
    assert event.summary.value == "Termin: AmtATTENDEE:mailto:all@example.org; Süd, \\ HausMeister"


NIGHTS = [
    (datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN), "20270328T013000", timedelta(hours=1)),
    (datetime(2027, 3, 28, 3, 0, tzinfo=BERLIN), "20270328T030000", timedelta(hours=2)),
    (datetime(2027, 10, 31, 1, 30, tzinfo=BERLIN), "20271031T013000", timedelta(hours=2)),
    (datetime(2027, 10, 31, 4, 0, tzinfo=BERLIN), "20271031T040000", timedelta(hours=1)),
]


@pytest.mark.parametrize(("local", "written", "offset"), NIGHTS)
def test_clock_changes(local: datetime, written: str, offset: timedelta) -> None:
    """Wall time of Berlin is written, whatever zone the value comes in; the zone's rule gives the right offset."""
    start = local.astimezone(UTC)
    data = made(appointment(starts_at=start, ends_at=start + timedelta(minutes=20)), ical.REQUEST)
    assert f"DTSTART;TZID=Europe/Berlin:{written}".encode() in data
    assert read(data).vevent.dtstart.value.utcoffset() == offset
