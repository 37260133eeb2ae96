"""Core's commands: migrate, work, describe the interface, check languages.

Every room's `commands.py` lists its click commands in `commands`. The context object makes the application:
`@click.pass_obj def import_(make_app): with make_app().app_context(): …`.
"""

from __future__ import annotations

from collections.abc import Callable

import click
from flask import Flask

from backend.core import i18n, jobs, locale_check, migrate, openapi
from backend.core import keyring as keys
from backend.core.db import db
from backend.core.settings import get_settings

MakeApp = Callable[[], Flask]


@click.command(name="migrate")
@click.pass_obj
def bring_up(make_app: MakeApp) -> None:
    """Bring the database's tables to this version."""
    with make_app().app_context():
        migrate.upgrade(get_settings())
    click.echo("up to date")


@click.command()
@click.pass_obj
def worker(make_app: MakeApp) -> None:
    """Carry out jobs until SIGINT or SIGTERM."""
    app = make_app()
    with app.app_context():
        settings = get_settings()
    jobs.run_worker(app, settings)


@click.command(name="openapi")
@click.option("--write", is_flag=True, help="Write backend/openapi.json.")
@click.pass_obj
def describe(make_app: MakeApp, write: bool) -> None:
    """Check that backend/openapi.json is current (or write it)."""
    make_app()
    text = openapi.rendered()
    if write:
        openapi.COMMITTED.write_text(text, encoding="utf-8")
        click.echo(f"{openapi.COMMITTED.name} written")
    elif not openapi.COMMITTED.exists() or openapi.COMMITTED.read_text(encoding="utf-8") != text:
        raise click.ClickException("backend/openapi.json is not current: run amtsweg openapi --write")
    else:
        click.echo(f"{openapi.COMMITTED.name} is current")


@click.group()
def locales() -> None:
    """The languages."""


@locales.command(name="check")
def check_locales() -> None:
    """All languages complete, with equal placeholders and plural forms."""
    faults = list(locale_check.check(i18n.LOCALES))
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults in locales/")
    click.echo(f"{len(i18n.LANGUAGES)} languages are complete")


@click.group()
def keyring() -> None:
    """The keys over everything that people send."""


@keyring.command()
@click.pass_obj
def rewrap(make_app: MakeApp) -> None:
    """Seal all keys with the newest master key; when it says 0, the older ones are needed by backups only."""
    app, done = make_app(), 0
    with app.app_context():
        while count := keys.rewrap(db.session()):
            db.session.commit()
            done += count
    click.echo(f"{done} keys sealed again, 0 left")


commands = (bring_up, worker, describe, locales, keyring)
