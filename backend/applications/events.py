"""What applications tell others about itself when the application starts, and what it wants to be told."""

from __future__ import annotations

from flask import Flask

from backend.accounts import service as accounts
from backend.applications.service import accounts_ties, copies, paying
from backend.applications.service.mail import Applications
from backend.notifications import service as notifications
from backend.payments import service as payments


def connect(app: Flask) -> None:
    """Mails ask what is true now; payments and accounts tell what changed."""
    notifications.register_application_source(app, Applications())
    payments.on_change(app, paying.changed, lock=paying.lock)
    accounts.on_sign_in(app, accounts_ties.take_over)
    accounts.register_section(app, "applications", accounts_ties.section)
    accounts.register_copies(app, copies.copies)
    accounts.register_objects(app, accounts_ties.objects)
    accounts.register_farewell(app, consequences=accounts_ties.consequences, forget=accounts_ties.forget)
