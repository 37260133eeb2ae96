"""What casework wants to be told: every event of an application, and who of the staff signs in."""

from __future__ import annotations

from flask import Flask

from backend.accounts import service as accounts
from backend.applications import life
from backend.casework.service import follow, workers


def connect(app: Flask) -> None:
    """Cases follow applications; staff are known from their sign-in on."""
    life.listen(app, follow.follow)
    accounts.on_sign_in(app, workers.signed_in)
