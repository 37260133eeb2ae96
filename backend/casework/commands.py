"""`amtsweg demo-leave …`: let a decision leave at once in a demo."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask import Flask

from backend.applications.queries import by_reference_unchecked
from backend.casework import queries
from backend.casework.service import deciding
from backend.casework.types import ProposalState
from backend.core.clock import db_now
from backend.core.db import db
from backend.core.security import parse_reference
from backend.core.settings import get_settings


@click.command("demo-leave")
@click.argument("reference")
@click.pass_obj
def demo_leave(make_app: Callable[[], Flask], reference: str) -> None:
    """End the fifteen minutes for undoing a decision at once (demo only)."""
    with make_app().app_context():
        if not get_settings().demo:
            raise click.ClickException("demo-leave works only with AMTSWEG_DEMO=1: real decisions have their time.")
        session = db.session()
        row = by_reference_unchecked(session, parse_reference(reference) or "", lock=True)
        proposals = [] if row is None else queries.proposals_of(session, row.id, lock=True)
        leaving = next((each for each in proposals if each.state == ProposalState.LEAVING), None)
        if leaving is None:
            raise click.ClickException("No decision about this case is about to leave.")
        leaving.leaves_at = db_now(session)
        session.flush()
        left = deciding.leave(session, leaving.id)
        session.commit()
        click.echo("left" if left else "void")


commands = (demo_leave,)
