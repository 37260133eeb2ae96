"""What others see of attachments, and the bytes of clean ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.applications import policy, queries
from backend.applications.errors import Foreign
from backend.applications.files import errors, names, rules
from backend.applications.files.models import Attachment
from backend.applications.files.stores import store_of
from backend.applications.files.types import MEDIA_TYPES, AttachmentView, Content, FileState, Purpose, Reason
from backend.audit import service as audit
from backend.core import keyring
from backend.core.access import Actor
from backend.core.settings import get_settings

WHOLE = "file"


def shown(session: Session, actor: Actor | None, attachment_id: UUID, *, lock: bool = False) -> Attachment:
    """An attachment of an application of the caller; raises NotFound for missing and foreign ones (audited)."""
    query = select(Attachment).where(Attachment.id == attachment_id)
    row = session.scalar(query.with_for_update() if lock else query)
    owner = None if row is None else queries.by_id(session, actor, row.application_id, lock=False)
    if row is not None and owner is not None and actor is not None:
        policy.require_level(actor, owner.filed_level)
        return row
    if row is not None and actor is not None:
        whose = queries.by_id_unchecked(session, row.application_id)
        audit.record(
            session,
            actor=actor,
            action="attachment.refused",
            object_type="attachment",
            object_id=str(attachment_id),
            about=whose.owner_account if whose else None,
        )
    raise Foreign


def view_of(session: Session, row: Attachment) -> AttachmentView:
    """One row as its owner and the office see it."""
    name = names.unseal(session, row.key_id, row.id, row.name)
    return AttachmentView(
        attachment_id=row.id,
        slot=row.slot,
        purpose=cast(Purpose, row.purpose),
        name=rules.saved_name(name, row.kind) if row.kind else name,
        size=row.size,
        offset=row.received,
        state=FileState(row.state),
        reason=Reason(row.reason) if row.reason else None,
        media_type=MEDIA_TYPES.get(row.kind or ""),
        pages=row.pages,
        has_text=bool(row.has_text),
    )


def of_application(session: Session, application_id: UUID) -> list[AttachmentView]:
    """All files of an application or draft, oldest first."""
    rows = select(Attachment).where(Attachment.application_id == application_id)
    return [view_of(session, row) for row in session.scalars(rows.order_by(Attachment.created_at, Attachment.id))]


def content_of(session: Session, row: Attachment) -> tuple[Content, Iterator[bytes]]:
    """A clean file's facts and its bytes, piece by piece; raises NotClean."""
    if row.state != FileState.CLEAN or row.kind is None or row.stored_bytes is None:
        raise errors.NotClean(extra={"state": row.state, "reason": row.reason})
    view = view_of(session, row)
    sealed = store_of(get_settings()).read(f"{row.id}/{WHOLE}")
    pieces = keyring.unseal_stream(session, row.key_id, sealed, context=names.place_of_bytes(row.id, WHOLE))
    return Content(name=view.name, media_type=MEDIA_TYPES[row.kind], size=row.stored_bytes), pieces
