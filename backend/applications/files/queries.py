"""Reads and single-row changes of attachments that jobs need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from backend.applications.files import names
from backend.applications.files.models import Attachment
from backend.applications.files.stores.types import FileStore
from backend.applications.files.types import FileState
from backend.applications.files.view import WHOLE
from backend.core import keyring
from backend.core.clock import NOW

MOST_AT_ONCE = 100


def lease(session: Session, attachment_id: UUID, lasts: timedelta) -> Attachment | None:
    """Take a due file for this worker and count the try; None when it is not due or another worker has it."""
    taken = session.scalar(
        update(Attachment)
        .where(Attachment.id == attachment_id, *_due())
        .values(lease_until=NOW + lasts, attempts=Attachment.attempts + 1)
        .returning(Attachment)
    )
    session.flush()
    return taken


def due(session: Session) -> list[UUID]:
    """Files that wait for their check, or whose worker was killed."""
    rows = select(Attachment.id).where(*_due()).order_by(Attachment.due_at, Attachment.id).limit(MOST_AT_ONCE)
    return list(session.scalars(rows))


def abandoned(session: Session, after: timedelta) -> list[Attachment]:
    """Files whose upload nobody went on with, locked for removal."""
    rows = (
        select(Attachment)
        .where(Attachment.state == FileState.RECEIVING, Attachment.touched_at < NOW - after)
        .order_by(Attachment.touched_at, Attachment.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(rows))


def sealed_parts(session: Session, row: Attachment, store: FileStore) -> list[Iterator[bytes]]:
    """The plain pieces of everything that was received, in order; the key is read now, the bytes when asked for."""
    return [
        keyring.unseal_stream(
            session, row.key_id, store.read(key), context=names.place_of_bytes(row.id, key.rpartition("/")[2])
        )
        for key in store.list(str(row.id))
        if not key.endswith(f"/{WHOLE}")
    ]


def write_result(
    session: Session, row: Attachment, *, state: FileState, pause: timedelta | None, **values: Any
) -> bool:
    """Write what a check found if the row is still there and still this worker's."""
    written = session.execute(
        update(Attachment)
        .where(Attachment.id == row.id, Attachment.attempts == row.attempts)
        .values(state=state, lease_until=None, due_at=None if pause is None else NOW + pause, **values)
        .returning(Attachment.id)
        .execution_options(synchronize_session=False)
    )
    return written.first() is not None


def _due() -> tuple[Any, ...]:
    waits = or_(
        Attachment.state == FileState.PENDING,
        (Attachment.state == FileState.FAILED) & Attachment.due_at.is_not(None),
    )
    free = or_(Attachment.lease_until.is_(None), Attachment.lease_until < func.clock_timestamp())
    return waits, Attachment.due_at <= func.clock_timestamp(), free
