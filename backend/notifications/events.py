"""Wiring at the start of every process: mails about unused accounts, and a mail server that can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from flask import Flask

from backend.accounts import service as accounts
from backend.accounts.types import Idle
from backend.core.clock import AnySession
from backend.core.settings import Settings, SettingsError
from backend.notifications import service
from backend.notifications.channels.mail import Server
from backend.notifications.channels.mime import sender_address, wire_address
from backend.notifications.types import MessageKind


def connect(app: Flask) -> None:
    """Tell people of unused accounts; refuse settings that no mail could be sent with (SettingsError)."""
    accounts.on_idle(app, tell_idle)
    if faults := list(_faults(cast(Settings, app.extensions["amtsweg-settings"]))):
        raise SettingsError(faults)


def _faults(settings: Settings) -> Iterator[str]:
    if not _readable(Server.of, settings.smtp_url):
        yield "SMTP_URL must be smtp:// or smtps:// with a host."
    if not _readable(sender_address, settings.mail_from):
        yield "AMTSWEG_MAIL_FROM is not a mail address."
    # the answers to every mail go there: with an address that is none, not a single mail would leave
    if settings.feedback_email is not None and not _readable(wire_address, settings.feedback_email):
        yield "AMTSWEG_FEEDBACK_EMAIL is not a mail address alone, such as hilfe@stadt.example."


def _readable(read: Callable[[str], object], setting: str) -> bool:
    try:
        read(setting)
    except ValueError:
        return False
    return True


def tell_idle(session: AnySession, idle: Idle) -> None:
    """Queue the mail that an unused account will end."""
    service.queue(
        session,
        kind=MessageKind.ACCOUNT_IDLE,
        language=idle.language,
        to=idle.email,
        object_id=idle.account_id,
        sequence=None,
        business_key=f"{MessageKind.ACCOUNT_IDLE}:{idle.account_id}:{idle.ends_at.date()}",
        secrets={},
    )
