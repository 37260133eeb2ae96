"""`amtsweg erasures …`: what will be erased soon, the ledger of what was, and its replay after a restore."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import select

from backend.applications import rules
from backend.applications.models import Application
from backend.applications.service import keeping, replay
from backend.core import erasures as ledger
from backend.core.clock import BERLIN, NOW
from backend.core.db import db
from backend.core.security import format_reference
from backend.core.settings import get_settings

MakeApp = Callable[[], Flask]


@click.group()
def erasures() -> None:
    """What is erased, and that it stays so."""


@erasures.command()
@click.option("--days", default=14, show_default=True, type=click.IntRange(0, 3650), help="How far to look ahead.")
@click.pass_obj
def preview(make_app: MakeApp, days: int) -> None:
    """List what will be erased within some days by the rules of its form: number, service, state, day."""
    with make_app().app_context():
        session = db.session()
        while keeping.set_ends(session):  # give everything that ended its day, as the worker does
            session.commit()
        ends = [str(state) for state in rules.ENDED]
        chosen = select(Application).where(
            Application.erase_after <= NOW + timedelta(days=days), Application.erased_at.is_(None)
        )
        counted: Counter[str] = Counter()
        for row in session.scalars(
            chosen.order_by(Application.erase_after, Application.id).execution_options(yield_per=500)
        ):
            counted[row.service if row.state in ends else "drafts"] += 1
            number = format_reference(row.reference) if row.reference else "-"
            day = row.erase_after.astimezone(BERLIN).date().isoformat() if row.erase_after else ""
            click.echo(f"{day}  {number:<12} {row.service:<24} {row.state}")
        session.rollback()
    for name, rows in sorted(counted.items()):
        click.echo(f"{rows} {name}", err=True)
    click.echo(f"{sum(counted.values())} within {days} days", err=True)


@erasures.command()
@click.pass_obj
def write(make_app: MakeApp) -> None:
    """Add what was erased to the ledger file (the worker does it every minute); keep the file beside the backups."""
    with make_app().app_context():
        file = get_settings().data_dir / ledger.NAME
        number = 0
        while piece := ledger.write(db.session, file):
            db.session.commit()
            number += piece
        db.session.rollback()
    click.echo(f"{number} added to {file}")


@erasures.command(name="replay")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def replay_(make_app: MakeApp, file: Path) -> None:
    """Erase again what a restored copy revived. Run it before the portal opens; a second time finds nothing."""
    with make_app().app_context(), file.open(encoding="ascii", errors="replace") as lines:
        try:
            keys = list(ledger.read(lines))  # all of it first: a damaged ledger erases nothing
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        found = replay.replay(db.session(), keys)
    click.echo(
        f"{found.keys} entries; erased again: {found.applications} applications, {found.accounts} accounts,"
        f" {found.others} other keys"
    )


commands = (erasures,)
