"""Erase an application: its key first, then all that hangs on it; a tombstone without a person stays."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from backend.applications import form as reading
from backend.applications import life, sealed
from backend.applications.files import service as files
from backend.applications.models import (
    AnswerHistory,
    Application,
    ApplicationGuest,
    Letter,
    Note,
    Request,
    ResumeLink,
)
from backend.applications.types import By, Happening
from backend.core import keyring
from backend.core.clock import db_now
from backend.forms import service as forms


def erase(session: Session, row: Application, by: By) -> None:
    """Destroy the key and every sealed text, files and links; state, dates and counts stay for statistics."""
    now = db_now(session)
    life.record(session, row, Happening.ERASED, by)
    files.erase(session, row.id)
    for table in (ApplicationGuest, ResumeLink, AnswerHistory):
        session.execute(delete(table).where(table.application_id == row.id))
    session.execute(update(Request).where(Request.application_id == row.id).values(reason=None))
    session.execute(update(Note).where(Note.application_id == row.id).values(text=None))
    session.execute(update(Letter).where(Letter.application_id == row.id).values(content=None))
    if row.key_id is not None:
        keyring.destroy(session, row.key_id)
    row.key_id = row.document = row.owner_account = row.helper_account = row.erase_after = None
    row.erased_at = now
    session.flush()


def purge(session: Session, row: Application, stage: str) -> None:
    """Erase what the form keeps only until this stage: answers, files, and older answers that a correction replaced."""
    form, document = forms.get(row.service, row.version), sealed.document_of(session, row)
    left = reading.purged(form.fields, document.answers, stage)
    slots = [slot for slot in reading.file_slots(form) if form.fields[slot].get("x-purge") == stage]
    if left == document.answers and not slots:
        return
    document.answers = left
    sealed.write_document(session, row, document)
    files.drop_slots(session, row.id, slots)
    session.execute(delete(AnswerHistory).where(AnswerHistory.application_id == row.id))
    session.flush()
