"""The operator's commands for capacity and its read model (here, because only booking knows the claims)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from backend.booking import stock
from backend.capacity import load as files
from backend.capacity import service
from backend.catalogue import service as catalogue
from backend.catalogue.yaml_source import BadFileError
from backend.core.db import db
from backend.core.settings import get_settings

MakeApp = Callable[[], Flask]
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
SHOWN = 50


@click.group()
def capacity() -> None:
    """Opening rules, lanes and the read model of free time."""


@capacity.command()
@click.option("--folder", type=FOLDER, default=files.DATA, help="Folder of the files.")
@click.option("--check", is_flag=True, help="Only read and check the files; no database is needed.")
@click.pass_obj
def load(make_app: MakeApp, folder: Path, check: bool) -> None:
    """Replace the opening rules of each office that has a file; refuse bad files and change nothing."""
    wanted = _read(folder)
    if check:
        click.echo(f"capacity of {len(wanted)} offices is well-formed")
        return
    with make_app().app_context():
        click.echo(_load(wanted))
        db.session.commit()


@capacity.command()
@click.pass_obj
def demo(make_app: MakeApp) -> None:
    """Load the demo's capacity and fill its first weeks with blocked times; only where the demo is on."""
    wanted = _read(files.DATA)
    with make_app().app_context():
        if not get_settings().demo:
            raise click.ClickException("AMTSWEG_DEMO is off: nothing was changed")
        session = db.session()
        click.echo(_load(wanted))
        offices = catalogue.bookable_offices(session)
        blocks = 0
        for office in wanted:
            blocks += stock.fill_demo(session, offices[office["office"]].id, office["office"])
            session.commit()
    click.echo(f"demo capacity: {len(wanted)} offices, {blocks} more times blocked")


@capacity.command()
@click.pass_obj
def extend(make_app: MakeApp) -> None:
    """Bring the read model to today's rules and booking horizon (the worker does this by itself)."""
    with make_app().app_context():
        done = service.extend(db.session())
        db.session.commit()
    click.echo(f"lane days: {done.made} made, {done.corrected} corrected, {done.removed} past ones removed")


@capacity.command()
@click.pass_obj
def verify(make_app: MakeApp) -> None:
    """Compare the read model with rules and claims; differences are listed and end with code 1."""
    with make_app().app_context():
        found = stock.verify(db.session())
        db.session.rollback()
    for difference in found[:SHOWN]:
        click.echo(f"resource {difference.resource_id} on {difference.day.isoformat()}: {difference.what}")
    if found:
        raise click.ClickException(f"{len(found)} lane days differ; repair them with: amtsweg capacity rebuild")
    click.echo("the read model is what rules and claims say")


@capacity.command()
@click.pass_obj
def rebuild(make_app: MakeApp) -> None:
    """Make the read model from rules and claims again, while people go on booking."""
    changed = 0
    with make_app().app_context():
        for office_id in service.bookable_office_ids(db.session()):
            changed += stock.rebuild(db.session(), [office_id])
            db.session.commit()
    click.echo(f"{changed} lane days made or changed")


def _read(folder: Path) -> list[files.CapacityFile]:
    try:
        return files.read_folder(folder)
    except BadFileError as error:
        click.echo(str(error), err=True)
        raise click.ClickException(f"{len(error.faults)} faults, nothing was changed") from None


def _load(wanted: list[files.CapacityFile]) -> str:
    try:
        done = files.load(db.session(), wanted)
    except LookupError as error:
        raise click.ClickException(f"{error.args[0]}; nothing was changed") from None
    return f"capacity: {len(done.changed)} offices changed, {len(done.unchanged)} unchanged, {done.lane_days} lane days"


commands = [capacity]
