"""What each kind of mail says, block by block, in the reader's language (texts: locales, ids `mail.*`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from babel.dates import format_skeleton

from backend.core.clock import BERLIN
from backend.core.i18n import LocalizedText, direction, format_date, locale, translate
from backend.notifications import ical
from backend.notifications.blocks import Block, Heading, Items, Link, Paragraph, code, german, name
from backend.notifications.types import BookingMessage, Letter, MessageKind, Secrets, ServiceLine
from backend.notifications.writer import Sender, Writer, grouped

_METHODS = {
    MessageKind.CONFIRMED: ical.REQUEST,
    MessageKind.MOVED: ical.REQUEST,
    MessageKind.CANCELLED: ical.CANCEL,
}


def compose(kind: MessageKind, message: BookingMessage, language: str, secrets: Secrets, sender: Sender) -> Letter:
    """The letter about one appointment; raises KeyError when a secret that its link needs is missing."""
    writer = _Writer(language, sender)
    title = writer.say(f"mail.subject.{kind}", day=_day(message.starts_at, language))
    parts = {
        MessageKind.CONFIRM_REQUEST: writer.confirm_request,
        MessageKind.CONFIRMED: writer.booked,
        MessageKind.MOVED: writer.moved,
        MessageKind.CANCELLED: writer.cancelled,
    }[kind](message, secrets)
    method = _METHODS.get(kind)
    calendar = ical.calendar_file(message, language, method, organizer=sender.mail_from) if method else None
    return writer.letter(title, parts, message.demo, calendar, method)


def compose_links(
    messages: Sequence[tuple[UUID, BookingMessage]], language: str, secrets: Secrets, sender: Sender
) -> Letter:
    """The letter with the links to all booked appointments of one contact (secrets by appointment id)."""
    writer = _Writer(language, sender)
    parts = writer.links([(message, secrets[str(object_id)]) for object_id, message in messages])
    return writer.letter(writer.say("mail.subject.links"), parts, any(one.demo for _, one in messages))


class _Writer(Writer):
    """Writes about appointments."""

    def confirm_request(self, message: BookingMessage, secrets: Secrets) -> Iterator[Block]:
        """Nobody has proved yet that the address is theirs: no name and no service goes to it."""
        if message.confirm_by is None:
            raise ValueError("an unconfirmed appointment has an end of its confirmation")
        yield Paragraph(self.say("mail.greeting_nameless"))
        yield Paragraph(self.say("mail.confirm_request.intro", **self._when(message)))
        yield Paragraph(self.say("mail.confirm_request.text", time=self.time(message.confirm_by)))
        path = f"/termin/{quote(message.reference)}/bestaetigen#c={secrets['confirm']}"
        yield Link(self.say("mail.confirm_request.label"), self.address(path), main=True)
        yield Paragraph(self.say("mail.number", code=code(message.reference)))
        yield Paragraph(self.say("mail.confirm_request.unexpected"))

    def booked(self, message: BookingMessage, secrets: Secrets) -> Iterator[Block]:
        """Everything that is needed for the visit."""
        yield from self._visit("mail.confirmed.intro", message, secrets)

    def moved(self, message: BookingMessage, secrets: Secrets) -> Iterator[Block]:
        """The same for the new time."""
        yield from self._visit("mail.moved.intro", message, secrets)

    def cancelled(self, message: BookingMessage, _secrets: Secrets) -> Iterator[Block]:
        """That it is over, and the way to a new appointment."""
        yield Paragraph(self.say("mail.greeting", name=name(message.person_name)))
        yield Paragraph(self.say("mail.cancelled.intro", **self._when(message)))
        yield Paragraph(self.say("mail.number", code=code(message.reference)))
        yield Link(self.say("mail.cancelled.label"), self.address("/"), main=True)
        yield Paragraph(self.say("mail.cancelled.calendar"))

    def links(self, messages: Sequence[tuple[BookingMessage, str]]) -> Iterator[Block]:
        """Anybody can ask for them, so no name and no service."""
        yield Paragraph(self.say("mail.greeting_nameless"))
        yield Paragraph(self.say("mail.links.intro"))
        for message, secret in messages:
            yield Heading(self.say("mail.when", **self._when(message)))
            yield Paragraph(self.say("mail.number", code=code(message.reference)))
            yield self._manage(message, secret)
        yield Heading(self.say("mail.links.unexpected_title"))
        yield Paragraph(self.say("mail.links.unexpected"))

    def _visit(self, intro: str, message: BookingMessage, secrets: Secrets) -> Iterator[Block]:
        yield Paragraph(self.say("mail.greeting", name=name(message.person_name)))
        yield Paragraph(self.say(intro, **self._when(message)))
        yield Paragraph(self.say("mail.number", code=code(message.reference)))
        if "code" in secrets:
            yield Paragraph(self.say("mail.code", code=code(grouped(secrets["code"]))))
        yield from self._services(message)
        yield from self._place(message)
        if message.documents:
            yield Heading(self.say("mail.bring"))
            yield from self._items(message.documents)
        yield Heading(self.say("mail.change.title"))
        yield Paragraph(self.say("mail.change.text"))
        yield self._manage(message, secrets["manage"], main=True)
        yield Paragraph(self.say("mail.change.secret"))
        yield Heading(self.say("mail.calendar.title"))
        yield Paragraph(self.say("mail.calendar.text"))

    def _services(self, message: BookingMessage) -> Iterator[Block]:
        yield Heading(self.say("mail.services"))
        yield from self._items(tuple(_service(line) for line in message.services))

    def _place(self, message: BookingMessage) -> Iterator[Block]:
        yield Heading(self.say("mail.place"))
        when = self.say("mail.day_and_time", **self._when(message))
        if direction(self.language) == "rtl":  # readers who use other month names find the date in digits beside it
            when += f"\n{code(message.starts_at.astimezone(BERLIN).strftime('%d.%m.%Y'))}"
        lines = (when, german(message.office_name), *(german(line) for line in message.address))
        yield Paragraph("\n".join(lines))
        hints = tuple(hint for hint in (message.how_to_get_there, message.access) if hint)
        if hints:
            yield from self._items(hints)

    def _items(self, texts: tuple[LocalizedText, ...]) -> Iterator[Block]:
        if any(text.lang != self.language for text in texts):
            yield Paragraph(self.say("mail.only_german"))
        yield Items(texts)

    def _manage(self, message: BookingMessage, secret: str, *, main: bool = False) -> Link:
        path = f"/termin/{quote(message.reference)}#s={secret}"
        return Link(self.say("mail.change.label"), self.address(path), main=main)

    def _when(self, message: BookingMessage) -> dict[str, str]:
        start = message.starts_at.astimezone(BERLIN)
        return {
            "date": format_date(start.date(), self.language),
            "time": self.time(start),
            "office": german(message.office_name),
        }


def _day(moment: datetime, language: str) -> str:
    """Day and month for a subject line: "24.11." in German, else written out."""
    skeleton = "Md" if language == "de" else "MMMMd"
    return str(format_skeleton(skeleton, moment.astimezone(BERLIN), locale=locale(language)))


def _service(line: ServiceLine) -> LocalizedText:
    """A service, with the number of persons if there are several; in the language its name is in."""
    if line.quantity == 1:
        return line.name
    name_lang = line.name.lang
    text = translate("mail.service_persons", name_lang, service=line.name.text, persons=line.quantity)
    return LocalizedText(text, name_lang)
