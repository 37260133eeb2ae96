"""What each mail about an online application says: its number and what to do, never person, service or content."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.clock import BERLIN
from backend.core.i18n import format_date
from backend.notifications.blocks import Block, Link, Paragraph, code
from backend.notifications.types import ApplicationMessage, Letter, MessageKind, Secrets
from backend.notifications.writer import Sender, Writer, grouped

UNNUMBERED = frozenset({MessageKind.APPLICATION_RESUME, MessageKind.APPLICATION_DRAFT_REMINDER})


def compose(kind: MessageKind, message: ApplicationMessage, language: str, secrets: Secrets, sender: Sender) -> Letter:
    """The letter about one application; raises KeyError when a secret that its link needs is missing."""
    writer = _Writer(language, sender)
    title = writer.say(f"mail.subject.{kind}")
    return writer.letter(title, writer.parts(kind, message, secrets), message.demo)


class _Writer(Writer):
    """Writes about applications."""

    notice = "mail.application.demo"

    def parts(self, kind: MessageKind, message: ApplicationMessage, secrets: Secrets) -> Iterator[Block]:
        """Greeting, what happened, the number, the one link, and what to know beside it."""
        yield Paragraph(self.say("mail.greeting_nameless"))
        yield Paragraph(self.say(f"mail.{kind}.text", **self._values(message)))
        if message.reference is not None and kind not in UNNUMBERED:
            yield Paragraph(self.say("mail.application.number", code=code(message.reference)))
        if "code" in secrets:
            yield Paragraph(self.say("mail.application.code", code=code(grouped(secrets["code"]))))
        yield self._link(kind, message, secrets)
        if "resume" in secrets and kind is not MessageKind.APPLICATION_RESUME:
            yield Paragraph(self.say("mail.application.once"))
        if kind is MessageKind.APPLICATION_SENT and message.undo_until is not None:
            until = self.time(message.undo_until)
            yield Paragraph(self.say("mail.application_sent.undo", time=until))
        if kind.unasked:
            yield Paragraph(self.say("mail.application.unexpected"))

    def _values(self, message: ApplicationMessage) -> dict[str, str]:
        values = {}
        if message.due_on is not None:
            values["date"] = format_date(message.due_on, self.language)
        if message.erase_after is not None:
            values["end"] = format_date(message.erase_after.astimezone(BERLIN).date(), self.language)
        return values

    def _link(self, kind: MessageKind, message: ApplicationMessage, secrets: Secrets) -> Link:
        if "resume" in secrets:
            label = "resume" if message.state == "draft" else "open"
            return self._to(label, f"/antrag/weiter#s={secrets['resume']}")
        if kind is MessageKind.APPLICATION_DRAFT_REMINDER:
            return self._to("resume", "/konto")
        if kind is MessageKind.APPLICATION_RESUME:
            raise KeyError("resume")
        if message.with_account:
            return self._to("open", f"/antraege/{message.reference}")
        return self._to("status", "/antrag-status")

    def _to(self, label: str, path: str) -> Link:
        return Link(self.say(f"mail.application.{label}"), self.address(path), main=True)
