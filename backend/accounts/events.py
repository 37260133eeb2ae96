"""Wiring at the start of every process: who is calling, by which cookie, and which providers there are."""

from __future__ import annotations

from typing import cast

from flask import Flask

from backend.accounts import providers
from backend.accounts.service import sessions
from backend.core import access
from backend.core.settings import Settings


def connect(app: Flask) -> None:
    """Tell core how to find out who is calling."""
    providers.register(app, cast(Settings, app.extensions["amtsweg-settings"]))
    access.register(app, sessions.load)
