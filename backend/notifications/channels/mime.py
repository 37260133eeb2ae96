"""A letter as an internet message: complete plain text, HTML, calendar file; headers that cannot be injected into."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, localtime, parseaddr
from uuid import UUID

from backend.notifications import ical
from backend.notifications.types import Envelope, Letter

PRODUCT = "Amtsweg"


class AddressError(ValueError):
    """No mail can go to this address."""


# No quoted local parts: they allow nearly every sign, and booking does not accept them either.
_ADDRESS = re.compile(r"""([^\s@"<>(),:;\\\[\]\x00-\x1f\x7f]+)@([^\s@"<>(),:;\\\[\]\x00-\x1f\x7f]+)""")
_DENSE = {"ar", "uk"}  # scripts for which base64 is shorter than quoted-printable


def build(envelope: Envelope, letter: Letter, *, mail_from: str, reply_to: str | None) -> EmailMessage:
    """The message; raises AddressError for an address that is none, ValueError for line breaks in a header."""
    sender = sender_address(mail_from)
    recipient = wire_address(envelope.recipient)
    message = EmailMessage(policy=SMTP if recipient.addr_spec.isascii() else SMTPUTF8)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = message_id(envelope.message_id, sender)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if reply_to:
        message["Reply-To"] = wire_address(reply_to)
    encoding = "base64" if envelope.language in _DENSE else "quoted-printable"
    message.set_content(letter.text, cte=encoding)
    message.add_alternative(letter.html, subtype="html", cte=encoding)
    if letter.calendar and letter.calendar_method:
        text = letter.calendar.decode()
        message.add_alternative(text, subtype="calendar", cte="base64", params={"method": letter.calendar_method})
        message.add_attachment(letter.calendar, maintype="application", subtype="ics", filename=ical.FILENAME)
    message["Content-Language"] = "de" if envelope.language == "de-simple" else envelope.language
    return message


def sender_address(mail_from: str) -> Address:
    """The configured sender; its name is the product's when the setting gives none. Raises AddressError."""
    name, address = parseaddr(mail_from)
    plain = wire_address(address)
    return Address(display_name=name or PRODUCT, username=plain.username, domain=plain.domain)


def wire_address(address: str) -> Address:
    """An address as it travels: the domain in ASCII (IDNA), the local part as it is; raises AddressError."""
    parts = _ADDRESS.fullmatch(address)
    if parts is None:
        raise AddressError("not a mail address")
    local, domain = parts.groups()
    try:
        return Address(username=local, domain=domain.encode("idna").decode())
    except UnicodeError as error:
        raise AddressError("not a mail address") from error


def message_id(row_id: UUID, sender: Address) -> str:
    """The same for every try of a row, so that mailboxes can drop a repeat."""
    return f"<{row_id}@{sender.domain}>"
