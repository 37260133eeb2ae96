"""Brings schema, catalogue and demo capacity up to date in one process; each command's last line is its summary."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from collections.abc import Mapping

import click
from sqlalchemy.exc import OperationalError

from backend.cli import main

STEPS = (("migrate", "Database schema"), ("catalogue import", "Catalogue"))
DEMO = ("capacity demo", "Demo capacity")


class PrepareError(Exception):
    """A step refused its work; the text says which and why."""


def steps(environ: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The commands to run; without the demo nobody's opening hours are made up."""
    return STEPS if environ.get("AMTSWEG_DEMO") == "0" else (*STEPS, DEMO)


def run(command: str, title: str) -> None:
    """Run one command of the operator's line and say in one line what it did and how long it took."""
    began = time.monotonic()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        try:
            main(command.split(), standalone_mode=False)
        except click.ClickException as error:
            raise PrepareError(f"{title}: {error.message}") from error
        except OperationalError as error:
            raise PrepareError(f"{title}: the database does not answer: {error.orig}") from error
    last = (said.getvalue().strip().splitlines() or [""])[-1]
    sys.stdout.write(f"  {title}: {last} ({time.monotonic() - began:.1f} s)\n")
    sys.stdout.flush()


if __name__ == "__main__":
    wanted = steps(os.environ)
    try:
        for words, name in wanted:
            run(words, name)
    except PrepareError as refusal:
        sys.exit(f"  {refusal}")
    if DEMO not in wanted:
        sys.stdout.write("  AMTSWEG_DEMO is off: opening hours come from you, with: capacity load --folder …\n")
