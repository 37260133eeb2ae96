"""The operator's and auditor's look at the trail: seal, verify, head."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask import Flask

from backend.audit import chain, queries
from backend.audit.types import Head
from backend.core.db import db


class HeadType(click.ParamType[Head]):
    """A head as `amtsweg audit head` prints it: number:hash."""

    name = "number:hash"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        """Read it; anything else is refused with a hint."""
        number, _, digest = str(value).partition(":")
        try:
            return Head(int(number), bytes.fromhex(digest))
        except ValueError:
            self.fail("expected number:hash as printed by amtsweg audit head", param, ctx)


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@click.option("--expect", type=HeadType(), help="A head that was kept elsewhere, as printed by `amtsweg audit head`.")
@click.pass_obj
def verify(make_app: Callable[[], Flask], expect: Head | None) -> None:
    """Verify the whole chain; every changed or missing entry is named and ends with code 1."""
    with make_app().app_context():
        report = chain.verify(db.session(), expect)
        db.session.rollback()
    for fault in report.faults:
        click.echo(f"{fault.code}: {fault.place}", err=True)
    if report.faults:
        raise click.ClickException(f"{len(report.faults)} faults in the audit trail")
    click.echo(f"{report.entries} entries in {report.seals} seals are as they were written; head {report.head}")


@audit.command()
@click.pass_obj
def seal(make_app: Callable[[], Flask]) -> None:
    """Chain what was written since the last seal (the worker does it every minute)."""
    with make_app().app_context():
        number = chain.seal(db.session())
        db.session.commit()
    click.echo(f"{number} entries sealed")


@audit.command()
@click.pass_obj
def head(make_app: Callable[[], Flask]) -> None:
    """Print the newest seal, to be kept where nobody of this machine can write."""
    with make_app().app_context():
        click.echo(str(queries.head(db.session())))
        db.session.rollback()


commands = (audit,)
