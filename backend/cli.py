"""The operator's command line: `amtsweg …` (python -m backend.cli …) with each domain's commands mounted on demand."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import click
from flask import Flask

from backend.core.settings import SettingsError, load_settings

COMMAND_MODULES = (
    "core",
    "audit",
    "payments",
    "catalogue",
    "forms",
    "booking",
    "applications",
    "casework",
    "notifications",
    "shell",
)


class Mounted(click.Group):
    """A group that finds its commands in each room's `commands.py` when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command of every room."""
        return sorted({*super().list_commands(ctx), *_mounted()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, wherever it lives."""
        return super().get_command(ctx, cmd_name) or _mounted().get(cmd_name)


def _mounted() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for room in COMMAND_MODULES:
        commands = importlib.import_module(f"backend.{room}.commands").commands
        found |= {str(command.name): command for command in commands}
    return found


def make_app() -> Flask:
    """The application for a command; every fault of the settings is printed and ends the program."""
    from backend.app import create_app

    try:
        return create_app(load_settings(os.environ))
    except SettingsError as error:
        for fault in error.faults:
            click.echo(fault, err=True)
        sys.exit(2)


@click.group(cls=Mounted)
@click.pass_context
def main(context: click.Context) -> None:
    """Amtsweg's commands."""
    context.obj = make_app


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main(prog_name="amtsweg")
