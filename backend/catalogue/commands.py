"""The operator's commands for the catalogue."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask

from backend.catalogue import files, importer
from backend.catalogue.yaml_source import BadFileError
from backend.core.clock import today
from backend.core.db import db

MakeApp = Callable[[], Flask]
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
KINDS = ("added", "changed", "removed")


@click.group()
def catalogue() -> None:
    """Services, offices, life situations."""


@catalogue.command(name="import")
@click.option("--folder", type=FOLDER, default=files.DATA, help="Folder of the files.")
@click.option(
    "--days", type=click.IntRange(1, 730), default=importer.STOP_HORIZON.days, help="How far mobile stops are expanded."
)
@click.option("--check", is_flag=True, help="Only read and check the files; no database is needed.")
@click.pass_obj
def import_(make_app: MakeApp, folder: Path, days: int, check: bool) -> None:
    """Bring the tables to what the files say; refuse bad files with file, line and reason and change nothing."""
    try:
        wanted = files.load(folder)
    except BadFileError as error:
        click.echo(str(error), err=True)
        raise click.ClickException(f"{len(error.faults)} faults, nothing was changed") from None
    if check:
        for line in files.missing_lines(wanted):
            click.echo(line)
        click.echo(f"{len(wanted.services)} services and {len(wanted.offices)} offices are well-formed")
        return
    with make_app().app_context():
        report = importer.import_folder(db.session, wanted, today(db.session), timedelta(days=days))
        db.session.commit()
    for line in report_lines(report):
        click.echo(line)


def report_lines(report: importer.Report) -> list[str]:
    """Return what an import did, one line per kind and change, the totals last."""
    lines = [
        f"{kind} {what}: {', '.join(slugs)}"
        for kind, changes in report.items()
        for what in KINDS
        if (slugs := getattr(changes, what))
    ]
    totals = [f"{what} {sum(len(getattr(c, what)) for c in report.values())}" for what in (*KINDS, "unchanged")]
    return [*lines, "catalogue: " + ", ".join(totals)]


commands = (catalogue,)
