"""Booking's commands: the stock, and whether everything that must hold does hold."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask import Flask

from backend.booking import commands_stock
from backend.booking.service import invariants
from backend.core.db import db


@click.command()
@click.pass_obj
def verify(make_app: Callable[[], Flask]) -> None:
    """Check all that must hold for appointments; what does not is listed and ends with code 1."""
    with make_app().app_context():
        found = invariants.broken(db.session())
        db.session.rollback()
    for each in found:
        click.echo(f"{each.rule}: {each.rows}")
    if found:
        raise click.ClickException(f"{len(found)} rules are broken")
    click.echo(f"{len(invariants.QUESTIONS) + 1} rules hold")


commands = (*commands_stock.commands, verify)
