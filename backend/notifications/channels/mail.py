"""The mail channel: one SMTP session per letter (RFC 5321), encrypted beyond this machine, bounded in time."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from backend.core.settings import LOOPBACK, Settings
from backend.notifications.channels import mime
from backend.notifications.channels.types import Outcome, Result
from backend.notifications.types import Envelope, Letter

SECONDS = 20.0
GOODBYE_SECONDS = 2.0


class EncryptionMissingError(Exception):
    """The server does not offer STARTTLS, and it is not this machine."""


@dataclass(frozen=True)
class Server:
    """Where mail goes; `implicit_tls` for smtps://, `tls` False only by `?tls=off` (a relay in a closed network)."""

    host: str
    port: int
    implicit_tls: bool
    tls: bool
    user: str | None
    password: str | None

    @classmethod
    def of(cls, url: str) -> Server:
        """Read `smtp://` (STARTTLS when offered, demanded beyond loopback) or `smtps://[user:password@]host[:port]`."""
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("SMTP_URL must be smtp:// or smtps:// with a host")
        implicit = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if implicit else 25),
            implicit_tls=implicit,
            tls=parse_qs(parts.query).get("tls") != ["off"],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )


class MailChannel:
    """Sends letters by SMTP."""

    def __init__(self, server: Server, *, mail_from: str, reply_to: str | None, greeting: str) -> None:
        self._server = server
        self._greeting = greeting
        self._mail_from = mail_from
        self._reply_to = reply_to

    @classmethod
    def of(cls, settings: Settings) -> MailChannel:
        """The channel of a deployment."""
        return cls(
            Server.of(settings.smtp_url),
            mail_from=settings.mail_from,
            reply_to=settings.feedback_email,
            greeting=urlsplit(settings.public_url).hostname or "localhost",
        )

    def send(self, envelope: Envelope, letter: Letter, handing_over: Callable[[], None]) -> Result:
        """Hand the letter to the server; at most 20 seconds until it may be taken, and 20 for its answer."""
        try:
            message = mime.build(envelope, letter, mail_from=self._mail_from, reply_to=self._reply_to)
        except mime.AddressError:
            return Result(Outcome.REFUSED, "address")
        try:
            client = _Client(self._server, self._greeting)
        except (smtplib.SMTPException, OSError, EncryptionMissingError) as error:
            return Result(Outcome.TRY_AGAIN, _reason(error))
        return _converse(client, message, handing_over)


def _converse(client: _Client, message: EmailMessage, handing_over: Callable[[], None]) -> Result:
    try:
        refusal = client.envelope(message)
    except (smtplib.SMTPException, OSError) as error:
        client.close()
        return Result(Outcome.TRY_AGAIN, _reason(error))
    if refusal:
        return refusal
    try:
        handing_over()
    except BaseException:
        client.close()
        raise
    return client.data(message)


class _Client:
    """One SMTP session; every step gets only what is left of the time."""

    def __init__(self, server: Server, greeting: str) -> None:
        """Connect, encrypt, sign in; raises SMTPException, OSError or EncryptionMissingError."""
        self._end = time.monotonic() + SECONDS
        if server.implicit_tls:
            context = ssl.create_default_context()
            self._smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, greeting, timeout=SECONDS, context=context
            )
        else:
            self._smtp = smtplib.SMTP(server.host, server.port, greeting, timeout=SECONDS)
        try:
            self._sign_in(server)
        except BaseException:
            self.close()
            raise

    def _sign_in(self, server: Server) -> None:
        self._next().ehlo_or_helo_if_needed()
        if not server.implicit_tls and server.tls:
            if self._smtp.has_extn("starttls"):
                self._next().starttls(context=ssl.create_default_context())
                self._next().ehlo_or_helo_if_needed()
            elif server.host not in LOOPBACK:
                raise EncryptionMissingError
        if server.user is not None:
            self._next().login(server.user, server.password or "")

    def envelope(self, message: EmailMessage) -> Result | None:
        """MAIL and RCPT; a refusal of them, or None when the server waits for the letter."""
        sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
        options = []
        if not recipient.isascii():
            if not self._smtp.has_extn("smtputf8"):
                return self._goodbye(Result(Outcome.REFUSED, "smtputf8_unsupported"))
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        code, _text = self._next().mail(sender, options)
        if code == 250:
            code, _text = self._next().rcpt(recipient)
        return None if code in {250, 251} else self._goodbye(_judge(code))

    def data(self, message: EmailMessage) -> Result:
        """DATA; from here on a lost connection says nothing about where the letter is."""
        self._end = time.monotonic() + SECONDS
        try:
            code, _text = self._next().data(message.as_bytes())
        except smtplib.SMTPDataError as error:  # the server did not even ask for the letter
            return self._goodbye(_judge(error.smtp_code))
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Result(Outcome.UNCERTAIN, _reason(error))
        return self._goodbye(_judge(code) if code != 250 else Result(Outcome.ACCEPTED))

    def close(self) -> None:
        """Drop the connection."""
        self._smtp.close()

    def _goodbye(self, result: Result) -> Result:
        """Say goodbye; what the server answers to that changes nothing, so it is not waited for long."""
        try:
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(GOODBYE_SECONDS)
            self._smtp.quit()
        except (smtplib.SMTPException, OSError):
            self.close()
        return result

    def _next(self) -> smtplib.SMTP:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(left)
        return self._smtp


def _judge(code: int) -> Result:
    """4xx may pass, 5xx will not (RFC 5321, 4.2.1)."""
    return Result(Outcome.REFUSED if code >= 500 else Outcome.TRY_AGAIN, f"smtp_{code}")


def _reason(error: Exception) -> str:
    code = getattr(error, "smtp_code", None)
    return f"smtp_{code}" if code else type(error).__name__
