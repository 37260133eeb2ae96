"""What the rest of applications does with files: count, fill slots, freeze on sending, copy back, erase."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from backend.applications.files.models import Attachment
from backend.applications.files.types import AttachmentView, FileState
from backend.applications.files.view import of_application
from backend.core.jobs import defer

SHRED_TASK = "applications.shred_attachment"
_TAKEN = (FileState.PENDING, FileState.CLEAN)


def of_draft(session: Session, draft_id: UUID) -> list[AttachmentView]:
    """All files of a draft or application with their states, oldest first."""
    return of_application(session, draft_id)


def slots_of(session: Session, application_id: UUID) -> dict[str, list[str]]:
    """Slot → ids of its complete files that are clean or still waiting (also for a scanner that is down).

    An infected or unreadable file does not fill a slot; one that is still being sent does not either.
    """
    waiting = Attachment.state.in_(_TAKEN) | ((Attachment.state == FileState.FAILED) & Attachment.due_at.is_not(None))
    rows = session.execute(
        select(Attachment.slot, Attachment.id)
        .where(Attachment.application_id == application_id, Attachment.purpose == "draft", waiting)
        .order_by(Attachment.created_at, Attachment.id)
    )
    found: dict[str, list[str]] = {}
    for slot, attachment_id in rows:
        found.setdefault(slot, []).append(str(attachment_id))
    return found


def owners(session: Session, application_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Attachment → application, for all files of these applications."""
    rows = session.execute(
        select(Attachment.id, Attachment.application_id).where(Attachment.application_id.in_(list(application_ids)))
    )
    return {row.id: row.application_id for row in rows}


def freeze(session: Session, application_id: UUID, *, purpose: str, subject_id: UUID | None = None) -> list[UUID]:
    """Keep the files that were added for this purpose as they are now; which ones they were.

    `subject_id` is the request or message that they were sent with. Files that are not complete are left out.
    """
    frozen = session.scalars(
        update(Attachment)
        .where(
            Attachment.application_id == application_id,
            Attachment.purpose == purpose,
            Attachment.frozen_at.is_(None),
            Attachment.state != FileState.RECEIVING,
        )
        .values(frozen_at=func.clock_timestamp(), subject_id=subject_id)
        .returning(Attachment.id)
    )
    return list(frozen)


def thaw(session: Session, application_id: UUID) -> None:
    """An undone application is a draft again: its files may change."""
    session.execute(
        update(Attachment)
        .where(Attachment.application_id == application_id, Attachment.purpose == "draft")
        .values(frozen_at=None)
    )


def drop_slots(session: Session, application_id: UUID, slots: Iterable[str]) -> int:
    """Erase the files of slots whose question is no longer asked; how many there were."""
    hidden = list(slots)
    return _erase(session, Attachment.application_id == application_id, Attachment.slot.in_(hidden)) if hidden else 0


def erase(session: Session, application_id: UUID) -> int:
    """Erase every file of an application; how many there were."""
    return _erase(session, Attachment.application_id == application_id)


def discard(session: Session, rows: Iterable[Attachment]) -> None:
    """Delete rows now and their bytes after the commit, by a job of the same transaction."""
    for row in rows:
        session.delete(row)
        defer(session, SHRED_TASK, row.id)
    session.flush()


def _erase(session: Session, *where: ColumnElement[bool]) -> int:
    rows = list(session.scalars(select(Attachment).where(*where).with_for_update()))
    discard(session, rows)
    return len(rows)
