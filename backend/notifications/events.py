"""Wiring at the start of every process: without a usable mail server nobody could confirm an appointment."""

from __future__ import annotations

from typing import cast

from flask import Flask

from backend.core.settings import Settings, SettingsError
from backend.notifications.channels.mail import Server
from backend.notifications.channels.mime import sender_address


def connect(app: Flask) -> None:
    """Refuse settings that no mail could be sent with; raises SettingsError."""
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
