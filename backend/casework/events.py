"""What casework wants to be told: every event of an application, and who of the staff signs in."""

from __future__ import annotations

from flask import Flask

from backend.accounts import service as accounts
from backend.applications import life
from backend.applications.service import automatic as rules_grant
from backend.casework.service import automatic, escalation, follow, office_mail, workers
from backend.core.clock import AnySession
from backend.notifications import service as notifications
from backend.notifications.types import OfficeMessage, Secrets


def connect(app: Flask) -> None:
    """Cases follow applications; staff are known from their sign-in on."""
    life.listen(app, follow.follow)
    rules_grant.on_grant(app, automatic.hold)
    notifications.register_office_source(app, _news)
    accounts.on_sign_in(app, workers.signed_in)


def _news(session: AnySession, secrets: Secrets) -> OfficeMessage | None:
    """What a mail to an office says when it leaves, by what it is about."""
    return office_mail.question(session, secrets) if "opinion" in secrets else escalation.told(session, secrets)
