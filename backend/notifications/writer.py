"""What every letter has in common: a language, a deployment, notice and help around the content, both forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from backend.core.i18n import format_time, translate
from backend.notifications import render
from backend.notifications.blocks import Block, Heading, Paragraph, code
from backend.notifications.types import Letter


@dataclass(frozen=True, kw_only=True)
class Sender:
    """The deployment as a mail shows it; `public_url` without a slash at its end, addresses bare."""

    public_url: str
    mail_from: str
    feedback_email: str | None = None


class Writer:
    """Writes in one language for one deployment; `notice` is the id of what a demo says first."""

    notice = "mail.demo"

    def __init__(self, language: str, sender: Sender) -> None:
        self.language = language
        self.sender = sender

    def say(self, msgid: str, **values: str) -> str:
        """A message with its values already isolated."""
        return translate(msgid, self.language, **values)

    def letter(
        self,
        title: str,
        parts: Iterator[Block],
        demo: bool,
        calendar: bytes | None = None,
        method: str | None = None,
    ) -> Letter:
        """Put notice, content and help together and render both forms."""
        notice = [Paragraph(self.say(self.notice))] if demo else []
        blocks: list[Block] = [*notice, *parts, *self._help()]
        return Letter(
            subject=render.subject(title),
            text=render.plain(title, blocks, self.language),
            html=render.html(title, blocks, self.language),
            calendar=calendar,
            calendar_method=method,
        )

    def _help(self) -> Iterator[Block]:
        yield Heading(self.say("mail.help.title"))
        yield Paragraph(self.say("mail.help.phone"))
        if self.sender.feedback_email:
            yield Paragraph(self.say("mail.help.email", email=code(self.sender.feedback_email)))
        else:
            yield Paragraph(self.say("mail.help.no_reply"))

    def time(self, moment: datetime) -> str:
        """A time of day as the sentences around it need it."""
        written = format_time(moment, self.language)
        return written.removeprefix("0") if self.language == "de-simple" else written

    def address(self, path: str) -> str:
        """The full address of a page of the portal in this language."""
        return f"{self.sender.public_url}/{self.language}{path}"


def grouped(symbols: str) -> str:
    """A code in groups of three, as people read it aloud: `4HT-QRA`."""
    plain = symbols.replace("-", "")
    return "-".join(plain[start : start + 3] for start in range(0, len(plain), 3))
