"""The mail to an office: which of its cases are about to miss a deadline, by number, never with a person's name."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.i18n import LocalizedText, format_date
from backend.notifications.blocks import Block, Items, Link, Paragraph, code
from backend.notifications.types import Letter, MessageKind, OfficeMessage
from backend.notifications.writer import Sender, Writer

LIST = "/amt"


def compose(message: OfficeMessage, language: str, sender: Sender, *, demo: bool) -> Letter:
    """The letter about cases that need somebody soon."""
    writer = _Writer(language, sender)
    title = writer.say(f"mail.subject.{MessageKind.OFFICE_ESCALATION}")
    return writer.letter(title, writer.parts(message), demo)


class _Writer(Writer):
    """Writes to offices."""

    notice = "mail.application.demo"

    def parts(self, message: OfficeMessage) -> Iterator[Block]:
        """The cases, the most urgent first, and the way to the list."""
        yield Paragraph(self.say("mail.greeting_nameless"))
        yield Paragraph(self.say("mail.office_escalation.text"))
        lines = []
        for case in message.cases:
            key = "mail.office_escalation.deemed" if case.deemed else "mail.office_escalation.promise"
            day = format_date(case.day, self.language)
            said = self.say(key, reference=code(case.reference), title=case.title.text, date=day)
            lines.append(LocalizedText(said, self.language))
        yield Items(tuple(lines))
        yield Link(self.say("mail.office_escalation.label"), f"{self.sender.public_url}{LIST}", main=True)

    def _help(self) -> Iterator[Block]:
        """Nothing: the help of the other letters is for citizens."""
        yield from ()
