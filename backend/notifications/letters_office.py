"""The mails to an office: deadlines that are near, questions of other offices; by number, without any person."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.i18n import LocalizedText, format_date
from backend.notifications.blocks import Block, Items, Link, Paragraph, code
from backend.notifications.types import Letter, MessageKind, OfficeMessage, Questioned, Threatened
from backend.notifications.writer import Sender, Writer

LIST = "/amt"
QUESTIONS = "/amt/stellungnahmen"
CASE = "/amt/vorgang/"


def compose(kind: MessageKind, message: OfficeMessage, language: str, sender: Sender, *, demo: bool) -> Letter:
    """The letter about cases that need somebody soon, or about a question that was asked or answered."""
    writer = _Writer(language, sender)
    title = writer.say(f"mail.subject.{kind}")
    question = message.question
    parts = writer.threatened(message.cases) if question is None else writer.asked(kind, question)
    return writer.letter(title, parts, demo)


class _Writer(Writer):
    """Writes to offices."""

    notice = "mail.application.demo"

    def threatened(self, cases: tuple[Threatened, ...]) -> Iterator[Block]:
        """The cases, the most urgent first, and the way to the list."""
        yield Paragraph(self.say("mail.greeting_nameless"))
        yield Paragraph(self.say("mail.office_escalation.text"))
        lines = []
        for case in cases:
            key = "mail.office_escalation.deemed" if case.deemed else "mail.office_escalation.promise"
            day = format_date(case.day, self.language)
            lines.append(self.say(key, reference=code(case.reference), title=case.title.text, date=day))
        yield self._items(lines)
        yield self._to("mail.office_escalation.label", LIST)

    def asked(self, kind: MessageKind, question: Questioned) -> Iterator[Block]:
        """Which office asks or answered, about which case, until when, and the way there."""
        yield Paragraph(self.say("mail.greeting_nameless"))
        yield Paragraph(self.say(f"mail.{kind}.text"))
        number = code(question.reference)
        lines = [
            self.say("mail.office_opinion.office", office=question.office),
            self.say("mail.office_opinion.case", title=question.title.text, reference=number),
        ]
        if question.due_on is not None:
            lines.append(self.say("mail.office_opinion.due", date=format_date(question.due_on, self.language)))
        yield self._items(lines)
        answered = kind is MessageKind.OFFICE_OPINION_ANSWERED
        yield self._to(f"mail.{kind}.label", f"{CASE}{question.reference}" if answered else QUESTIONS)

    def _items(self, lines: list[str]) -> Items:
        return Items(tuple(LocalizedText(each, self.language) for each in lines))

    def _to(self, label: str, path: str) -> Link:
        return Link(self.say(label), f"{self.sender.public_url}{path}", main=True)

    def _help(self) -> Iterator[Block]:
        """Nothing: the help of the other letters is for citizens."""
        yield from ()
