"""A real SMTP server for tests: keeps mail, refuses or hangs up when told to, with STARTTLS and AUTH if wanted."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from backend.local.ports import free_port

HANG_UP = "hang up"


@dataclass
class Gateway:
    """What the server got; `after_rcpt` and `after_data` are its next answers, empty = it accepts."""

    accepted: list[EmailMessage] = field(default_factory=list)
    after_rcpt: list[str] = field(default_factory=list)
    after_data: list[str] = field(default_factory=list)
    signed_in: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0
    stall_at: str | None = None  # "rcpt" or "data": once, fall silent there and set `reached`
    reached: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        await self._stall("rcpt")
        if self.after_rcpt:
            return self.after_rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        answer = self.after_data.pop(0) if self.after_data else "250 OK"
        if answer == HANG_UP:
            self._keep(session, envelope)
            server.transport.abort()
            return "250 nobody hears this"
        if answer.startswith("250"):
            self._keep(session, envelope)
        await self._stall("data")
        return answer

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        self.signed_in.append(data.login)
        right = (data.login, data.password) == (b"amtsweg", b"p@ss/word")
        return AuthResult(success=right, handled=False)

    async def _stall(self, step: str) -> None:
        if self.stall_at == step:
            self.stall_at = None
            self.reached.set()
            await asyncio.sleep(60)

    def _keep(self, session: Session, envelope: Envelope) -> None:
        self.encrypted.append(session.ssl is not None)
        content = cast(bytes, envelope.original_content)
        self.accepted.append(cast(EmailMessage, message_from_bytes(content, policy=default)))


@contextmanager
def running(gateway: Gateway, *, tls: ssl.SSLContext | None = None, auth: bool = False) -> Iterator[Gateway]:
    """The server on a free loopback port."""
    gateway.port = free_port()
    options: dict[str, Any] = {"tls_context": tls, "require_starttls": tls is not None}
    if auth:
        options |= {"authenticator": gateway.authenticate, "auth_required": True, "auth_require_tls": tls is not None}
    controller = Controller(gateway, hostname="127.0.0.1", port=gateway.port, enable_SMTPUTF8=True, **options)
    controller.start()
    try:
        yield gateway
    finally:
        controller.stop()
