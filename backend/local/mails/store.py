"""Caught mails as files: one .eml each, named by the time of arrival."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from pathlib import Path

KEPT = 1000
STAMP = "%Y%m%dT%H%M%S%f"
_NAME = re.compile(r"(\d{8}T\d{12})-[0-9a-f]{8}\Z", re.ASCII)
_LINK = re.compile(r"https?://[^\s<>\"\u2066-\u2069]+")


@dataclass(frozen=True)
class Attachment:
    """A part that is offered as a file."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One caught mail as people read it."""

    name: str
    arrived_at: datetime
    sender: str
    recipient: str
    subject: str
    text: str
    html: str | None
    attachments: Sequence[Attachment]
    source: bytes

    @property
    def links(self) -> list[str]:
        """The addresses in the text, each once, in their order."""
        return list(dict.fromkeys(_LINK.findall(self.text)))


class Store:
    """A folder of mails; the newest thousand are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def save(self, source: bytes) -> str:
        """Keep a mail as it came; readers see it whole or not at all."""
        name = f"{datetime.now(UTC).strftime(STAMP)}-{secrets.token_hex(4)}"
        unfinished = self._folder / f"{name}.part"
        unfinished.write_bytes(source)
        unfinished.replace(self._path(name))
        for old in self._names()[KEPT:]:
            self._path(old).unlink(missing_ok=True)
        return name

    def newest(self, limit: int = 200) -> Iterator[Mail]:
        """The last mails, newest first."""
        for name in self._names()[:limit]:
            mail = self.find(name)
            if mail is not None:
                yield mail

    def find(self, name: str) -> Mail | None:
        """The mail of that name, or None."""
        known = _NAME.match(name)
        if known is None or not self._path(name).is_file():
            return None
        arrived_at = datetime.strptime(known[1], STAMP).replace(tzinfo=UTC)
        return _read(name, arrived_at, self._path(name).read_bytes())

    def _names(self) -> list[str]:
        return sorted((file.stem for file in self._folder.glob("*.eml")), reverse=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.eml"


def _read(name: str, arrived_at: datetime, source: bytes) -> Mail:
    message = message_from_bytes(source, policy=default)
    return Mail(
        name=name,
        arrived_at=arrived_at,
        sender=str(message["From"] or ""),
        recipient=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=_body(message, "plain") or "",
        html=_body(message, "html"),
        attachments=[_attachment(part) for part in message.iter_attachments()],
        source=source,
    )


def _attachment(part: MIMEPart) -> Attachment:
    return Attachment(part.get_filename() or "attachment", _bytes(part))


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    if part is None:
        return None
    charset = part.get_content_charset("utf-8")
    try:
        text = _bytes(part).decode(charset, "replace")
    except LookupError:
        text = _bytes(part).decode("latin-1")
    return text.replace("\r\n", "\n")


def _bytes(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
