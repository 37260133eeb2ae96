"""The mail to people whose account nobody used for long: it will end, and what keeps it."""

from __future__ import annotations

from collections.abc import Iterator

from backend.accounts.types import Idle
from backend.core.clock import BERLIN
from backend.core.i18n import format_date
from backend.notifications.blocks import Block, Link, Paragraph
from backend.notifications.types import Letter, MessageKind
from backend.notifications.writer import Sender, Writer


def compose(idle: Idle, language: str, sender: Sender, *, demo: bool) -> Letter:
    """The letter about the announced end of an account."""
    writer = _Writer(language, sender)
    return writer.letter(writer.say(f"mail.subject.{MessageKind.ACCOUNT_IDLE}"), writer.parts(idle), demo)


class _Writer(Writer):
    """Writes about accounts."""

    notice = "mail.application.demo"

    def parts(self, idle: Idle) -> Iterator[Block]:
        """When it ends, and that signing in once is enough to keep it."""
        day = format_date(idle.ends_at.astimezone(BERLIN).date(), self.language)
        yield Paragraph(self.say("mail.greeting_nameless"))
        yield Paragraph(self.say("mail.account_idle.text", date=day))
        yield Link(self.say("mail.account_idle.label"), self.address("/anmelden"), main=True)
