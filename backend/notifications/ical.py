"""Calendar files (RFC 5545, RFC 5546): one event per appointment, without secrets and without the service's name."""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from backend.core.clock import BERLIN
from backend.core.i18n import translate
from backend.notifications.blocks import clean
from backend.notifications.types import BookingMessage

PUBLISH = "PUBLISH"
REQUEST = "REQUEST"
CANCEL = "CANCEL"
FILENAME = "termin.ics"
PRODUCT = "-//Amtsweg//Amtsweg//DE"
# The rule of the European Union since 1996 (Directive 2000/84/EC), short enough for every calendar to understand.
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar_file(
    message: BookingMessage,
    language: str,
    method: str = PUBLISH,
    *,
    organizer: str,
) -> bytes:
    """The appointment as an iCalendar object; `organizer` is a bare mail address.

    PUBLISH is for downloads (no attendee), REQUEST and CANCEL are for mails. UID and SEQUENCE are the
    appointment's in all three, so that a calendar follows a move whichever way the file came.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(Timezone.from_ical(ZONE))
    calendar.add_component(_event(message, language, method, organizer))
    return bytes(calendar.to_ical())


def _event(message: BookingMessage, language: str, method: str, organizer: str) -> Event:
    cancelled = method == CANCEL or message.state == "cancelled"
    event = Event()
    event.add("uid", f"{message.uid}@{organizer.partition('@')[2] or 'amtsweg'}")
    event.add("sequence", message.sequence)
    event.add("dtstamp", _utc(message.updated_at))
    event.add("last-modified", _utc(message.updated_at))
    event.add("dtstart", message.starts_at.astimezone(BERLIN))
    event.add("dtend", message.ends_at.astimezone(BERLIN))
    summary = "ics.summary_cancelled" if cancelled else "ics.summary"
    event.add("summary", _text(translate(summary, language, office=clean(message.office_name)), language))
    event.add("location", _text(", ".join(map(clean, (message.office_name, *message.address))), "de"))
    event.add("description", _text(_description(message, language, cancelled), language))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    if method != PUBLISH and message.email:
        event.add("attendee", _attendee(message.email))
    return event


def _attendee(email: str) -> vCalAddress:
    """The person; no answer is asked for, because declining in a calendar does not cancel (RFC 5546, RSVP)."""
    attendee = vCalAddress(f"mailto:{email}")
    attendee.params["cutype"] = "INDIVIDUAL"
    attendee.params["role"] = "REQ-PARTICIPANT"
    attendee.params["partstat"] = "ACCEPTED"
    attendee.params["rsvp"] = "FALSE"
    return attendee


def _description(message: BookingMessage, language: str, cancelled: bool) -> str:
    lines = [translate("ics.reference", language, reference=clean(message.reference))]
    if not cancelled:
        lines.append(translate("ics.change", language))
    if message.demo:
        lines.insert(0, translate("mail.demo", language))
    return "\n".join(lines)


def _text(value: str, language: str) -> vText:
    """A text value with its language, without the middle dot: it helps reading on a page, not in a calendar's list."""
    text = vText(value.replace("\u00b7", ""))
    text.params["language"] = "de" if language == "de-simple" else language
    return text


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
