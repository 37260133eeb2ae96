"""`amtsweg demo-case …`: act as the office in a demo; `amtsweg verify-applications`: does all hold that must?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import click
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.applications import commands_erasures, life, queries
from backend.applications.models import Application
from backend.applications.service import invariants, office, undo
from backend.applications.types import By, State
from backend.core.access import Actor
from backend.core.clock import db_now, today
from backend.core.db import db
from backend.core.errors import DomainError
from backend.core.security import format_reference, parse_reference
from backend.core.settings import get_settings

CLERK = Actor(kind="staff", method="command line", roles=frozenset({"clerk"}))
REFERENCE = click.argument("reference")
MakeApp = Callable[[], Flask]


@click.group("demo-case")
def demo_case() -> None:
    """Act as the office on an application (demo only)."""


@demo_case.command("list")
@click.pass_obj
def list_cases(make_app: MakeApp) -> None:
    """Sent applications, newest change first."""
    with _session(make_app) as session:
        sent = select(Application).where(Application.state != State.DRAFT, Application.erased_at.is_(None))
        for row in session.scalars(sent.order_by(Application.touched_at.desc()).limit(50)):
            waits = f"waits for {row.waiting_for}" if row.waiting_for else ""
            click.echo(f"{format_reference(row.reference or '')}  {row.service:<24}{row.state:<22}{waits}")


@demo_case.command("show")
@REFERENCE
@click.pass_obj
def show(make_app: MakeApp, reference: str) -> None:
    """What happened to an application."""
    with _session(make_app) as session:
        row = _row(session, reference)
        for event in queries.events_of(session, row.id):
            click.echo(f"{event.at:%Y-%m-%d %H:%M:%S} UTC  {event.by:<8}{event.type}  {dict(event.data)}")
        click.echo(f"now: {life.standing_of(session, row).state}, ETag {row.revision}")


@demo_case.command("receive")
@REFERENCE
@click.pass_obj
def receive(make_app: MakeApp, reference: str) -> None:
    """End the fifteen minutes for undoing at once."""
    with _session(make_app) as session:
        row = _row(session, reference)
        row.undo_until = db_now(session)
        undo.receive(session, row, By.SYSTEM)


@demo_case.command("review")
@REFERENCE
@click.pass_obj
def review(make_app: MakeApp, reference: str) -> None:
    """Begin to work on it."""
    with _session(make_app) as session:
        office.start_review(session, CLERK, _case(session, reference))


@demo_case.command("request")
@REFERENCE
@click.argument("reason")
@click.option("--field", "fields", multiple=True, help="Field to correct (repeatable).")
@click.option("--file", "files", multiple=True, help="File slot to fill again (repeatable).")
@click.option("--days", default=14, show_default=True, help="Days for the answer.")
@click.pass_obj
def request(
    make_app: MakeApp, reference: str, reason: str, fields: tuple[str, ...], files: tuple[str, ...], days: int
) -> None:
    """Ask for a correction of these fields and files."""
    with _session(make_app) as session:
        due_on = today(session) + timedelta(days=days)
        row = _case(session, reference)
        office.open_request(session, CLERK, row, fields=fields, files=files, reason=reason, due_on=due_on)


@demo_case.command("message")
@REFERENCE
@click.argument("text")
@click.pass_obj
def message(make_app: MakeApp, reference: str, text: str) -> None:
    """Write to the person."""
    with _session(make_app) as session:
        office.write(session, CLERK, _case(session, reference), text)


@demo_case.command("fee")
@REFERENCE
@click.argument("cents", type=click.IntRange(1, 100_000_000))
@click.pass_obj
def fee(make_app: MakeApp, reference: str, cents: int) -> None:
    """Tell the fee that the rules did not know."""
    with _session(make_app) as session:
        office.set_fee(session, CLERK, _case(session, reference), cents)


@demo_case.command("decide")
@REFERENCE
@click.argument("outcome", type=click.Choice(["granted", "partly", "refused"]))
@click.option("--reason", default=None, help="Needed unless granted.")
@click.pass_obj
def decide(make_app: MakeApp, reference: str, outcome: str, reason: str | None) -> None:
    """Decide, with a letter."""
    with _session(make_app) as session:
        office.decide(session, CLERK, _case(session, reference), outcome, reason)  # type: ignore[arg-type]  # a Choice


@demo_case.command("lapse")
@REFERENCE
@click.argument("reason")
@click.pass_obj
def lapse(make_app: MakeApp, reference: str, reason: str) -> None:
    """End it because it was never completed (only after reminder and grace)."""
    with _session(make_app) as session:
        row = _case(session, reference)
        office.refuse_early(session, row)
        office.decide(session, CLERK, row, "closed", reason)


@demo_case.command("close")
@REFERENCE
@click.pass_obj
def close(make_app: MakeApp, reference: str) -> None:
    """Close a decided, withdrawn or lapsed one."""
    with _session(make_app) as session:
        office.close(session, CLERK, _case(session, reference))


@contextmanager
def _session(make_app: MakeApp) -> Iterator[Session]:
    """A session of the demo that commits at its end; a refusal is said in one line."""
    with make_app().app_context():
        if not get_settings().demo:
            raise click.ClickException("demo-case works only with AMTSWEG_DEMO=1: real cases belong to clerks.")
        try:
            yield db.session()
            db.session.commit()
        except DomainError as error:
            db.session.rollback()
            faults = ", ".join(f"{fault.pointer} {fault.code}" for fault in error.errors)
            raise click.ClickException(f"{error.code} {error.extra or ''} {faults}".strip()) from error


def _row(session: Session, reference: str) -> Application:
    stored = parse_reference(reference)
    row = None if stored is None else queries.by_reference_unchecked(session, stored, lock=True)
    if row is None:
        raise click.ClickException("There is no such application.")
    return row


def _case(session: Session, reference: str) -> Application:
    return office.case(session, CLERK, _row(session, reference).id)


@click.command("verify-applications")
@click.pass_obj
def verify(make_app: MakeApp) -> None:
    """Check all that must hold for applications; what does not is listed and ends with code 1."""
    with make_app().app_context():
        found = list(invariants.broken(db.session()))
        db.session.rollback()
    for rule, rows in found:
        click.echo(f"{rule}: {rows}")
    if found:
        raise click.ClickException(f"{len(found)} rules are broken")
    click.echo(f"{len(invariants.QUESTIONS) + 1} rules hold")


commands = (demo_case, verify, *commands_erasures.commands)
