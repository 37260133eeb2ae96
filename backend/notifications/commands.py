"""The operator's look at the outbox."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask import Flask

from backend.core.db import db
from backend.notifications import queries


@click.command()
@click.pass_obj
def messages(make_app: Callable[[], Flask]) -> None:
    """Show how many messages are in each state, and those that need a person (dead letters, unknown outcome)."""
    with make_app().app_context():
        for state, number in queries.counts(db.session()).items():
            click.echo(f"{state:<12}{number:>8}")
        for row in queries.needing_a_person(db.session()):
            click.echo(
                f"{row.state:<12}{row.id}  {row.kind:<16} {row.error or ''}  {row.finished_at:%Y-%m-%d %H:%M} UTC"
            )


commands = (messages,)
