"""Commands of the shell: what is generated when the portal is built."""

import json
from pathlib import Path

import click

from backend.core.openapi import COMMITTED
from backend.shell import api_docs
from backend.shell.events import DIST


@click.command(name="api-docs")
@click.option("--description", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=COMMITTED)
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=DIST / "api-docs")
def write_api_docs(description: Path, folder: Path) -> None:
    """Write the page about the API (served at /api/docs) from openapi.json, beside the built portal."""
    written = api_docs.write(json.loads(description.read_text(encoding="utf-8")), folder)
    click.echo(f"{len(written)} files written to {folder}")


commands = (write_api_docs,)
