"""What casework wants to be told: every event of an application, and who of the staff signs in."""

from __future__ import annotations

from flask import Flask

from backend.accounts import service as accounts
from backend.applications import life
from backend.applications.service import automatic as rules_grant
from backend.casework.service import automatic, escalation, follow, workers
from backend.notifications import service as notifications


def connect(app: Flask) -> None:
    """Cases follow applications; staff are known from their sign-in on."""
    life.listen(app, follow.follow)
    rules_grant.on_grant(app, automatic.hold)
    notifications.register_office_source(app, escalation.told)
    accounts.on_sign_in(app, workers.signed_in)
