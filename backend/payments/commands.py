"""The cashier's look at payments: what needs a person, and the word that money was given back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import click
from flask import Flask

from backend.core.db import db
from backend.payments import queries, service


@click.group()
def payments() -> None:
    """Payments."""


@payments.command(name="open")
@click.pass_obj
def show_open(make_app: Callable[[], Flask]) -> None:
    """List what needs a person: refunds that are due, amounts that do not fit, invoices over their date."""
    with make_app().app_context():
        for row in queries.needing_a_person(db.session()):
            what = "refund" if row.refund_due_at and not row.refunded_at else row.failure or "overdue"
            click.echo(
                f"{what:<16} {row.id} {row.cents / 100:>10.2f} EUR  {row.receipt_number or ''} {row.reason or ''}"
            )
        db.session.rollback()


@payments.command()
@click.argument("payment", type=click.UUID)
@click.pass_obj
def refunded(make_app: Callable[[], Flask], payment: UUID) -> None:
    """Write down that the money of a payment was given back."""
    with make_app().app_context():
        done = service.refund_done(db.session, payment)
        db.session.commit()
    click.echo(f"{done.receipt_number} is refunded")


commands = (payments,)
