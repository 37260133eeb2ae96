"""Wiring at the start of every process: mails about unused accounts, and a mail server that can be used."""

from __future__ import annotations

from typing import cast

from flask import Flask

from backend.accounts import service as accounts
from backend.accounts.types import Idle
from backend.core.clock import AnySession
from backend.core.settings import Settings, SettingsError
from backend.notifications import service
from backend.notifications.channels.mail import Server
from backend.notifications.channels.mime import sender_address
from backend.notifications.types import MessageKind


def connect(app: Flask) -> None:
    """Tell people of unused accounts; refuse settings that no mail could be sent with (SettingsError)."""
    accounts.on_idle(app, tell_idle)
    settings = cast(Settings, app.extensions["amtsweg-settings"])
    faults = []
    try:
        Server.of(settings.smtp_url)
    except ValueError:
        faults.append("SMTP_URL must be smtp:// or smtps:// with a host.")
    try:
        sender_address(settings.mail_from)
    except ValueError:
        faults.append("AMTSWEG_MAIL_FROM is not a mail address.")
    if faults:
        raise SettingsError(faults)


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
