"""The fifteen minutes after sending: take it back, or let it go at once; then the office's part begins."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from backend.applications import life, queries
from backend.applications.errors import UndoOver
from backend.applications.files import service as files
from backend.applications.models import Application, IssuedDocument
from backend.applications.service import access, automatic, draft_view, erasure, filling, paying, view
from backend.applications.types import By, DraftView, Happening, State
from backend.core.access import Actor
from backend.core.clock import db_now


def undo(session: Session, actor: Actor, reference: str, revision: int) -> DraftView:
    """Make a draft of it again; what was paid goes back. Raises NotFound, ChangedElsewhere, UndoOver."""
    row = _mine(session, actor, reference, revision)
    if row.state != State.SUBMITTED or row.undo_until is None or row.undo_until <= db_now(session):
        raise UndoOver
    session.execute(
        update(IssuedDocument)
        .where(IssuedDocument.application_id == row.id, IssuedDocument.void_at.is_(None))
        .values(void_at=db_now(session))
    )
    paying.take_back(session, row, "undone")
    files.thaw(session, row.id)
    life.record(session, row, Happening.UNDONE, By.PERSON)
    row.fee_cents = row.filed_method = None  # the level stays: below it nobody may read what was sent
    session.flush()
    return draft_view.view(session, actor, filling.opened(session, row))


def send_now(session: Session, actor: Actor, reference: str, revision: int) -> view.ApplicationView:
    """End the time for undoing; a second time gives the same answer. Raises NotFound, ChangedElsewhere, NotNow."""
    row = _mine(session, actor, reference, revision)
    receive(session, row, By.PERSON)
    return view.of(session, actor, row, row.language)


def end_of_undo(session: Session, application_id: UUID) -> bool:
    """What the worker does when the time is over; False when there was nothing to do any more."""
    row = queries.by_id_unchecked(session, application_id, lock=True)
    if row is None or row.undo_until is None or row.undo_until > db_now(session):
        return False
    receive(session, row, By.SYSTEM)
    return True


def receive(session: Session, row: Application, by: By) -> None:
    """From now on it is the office's: staff see it, the clock runs, and rules may decide."""
    life.record(session, row, Happening.RECEIVED, by)
    session.flush()
    erasure.purge(session, row, "submitted")
    automatic.begin(session, row)


def _mine(session: Session, actor: Actor, reference: str, revision: int) -> Application:
    row = access.application(session, actor, reference, lock=True)
    access.to_send(actor, row)
    access.seen(row, revision, view.of(session, actor, row, row.language))
    return row
