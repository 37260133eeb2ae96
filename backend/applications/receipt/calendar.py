"""The last day to contest a decision as a calendar file (RFC 5545): a whole day, without the service or a name."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from icalendar import Alarm, Calendar, Event, vText

from backend.applications.models import Application, Letter
from backend.core.i18n import translate
from backend.core.security import format_reference

PRODUCT = "-//Amtsweg//Amtsweg//DE"
REMINDED = timedelta(days=-7)


def last_day(row: Application, letter: Letter, day: date, lang: str) -> bytes:
    """One event on that day, with a reminder a week before; the same letter always gives the same event."""
    event = Event()
    event.add("uid", f"{letter.id}@amtsweg")
    event.add("dtstamp", letter.provided_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    summary = translate("paper.calendar.summary", lang, reference=format_reference(row.reference or ""))
    event.add("summary", _text(summary, lang))
    event.add("description", _text(translate("paper.calendar.description", lang), lang))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", REMINDED)
    alarm.add("description", _text(summary, lang))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _text(value: str, lang: str) -> vText:
    """A text value with its language, without the middle dot, which helps on a page and not in a calendar's list."""
    text = vText(value.replace("\u00b7", ""))
    text.params["language"] = "de" if lang == "de-simple" else lang
    return text
