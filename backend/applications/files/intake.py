"""Receives files in pieces: announced, appended at the right byte, safely stored before the answer."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import timedelta
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.applications.files import errors, names, rules
from backend.applications.files.models import Attachment
from backend.applications.files.service import discard
from backend.applications.files.stores import store_of
from backend.applications.files.types import (
    CHUNK_BYTES,
    LEAST_FREE_SHARE,
    MOST_ACCOUNT_BYTES_A_DAY,
    MOST_APPLICATION_BYTES,
    MOST_FILE_BYTES,
    AttachmentView,
    FileState,
    Purpose,
)
from backend.applications.files.view import shown, view_of
from backend.applications.service import access
from backend.applications.types import FileHolder
from backend.core import keyring
from backend.core.access import Actor
from backend.core.clock import NOW
from backend.core.jobs import defer
from backend.core.settings import get_settings

CHECK_TASK = "applications.check_attachment"
DAY = timedelta(days=1)


def announce(
    session: Session, actor: Actor | None, application_id: UUID, *, purpose: Purpose, slot: str, name: str, size: int
) -> AttachmentView:
    """Make place for a file of `size` bytes in a slot; refuses before anything is sent.

    Raises NotFound, UnknownSlot, WrongType, FileTooLarge, TooManyFiles, QuotaSpent, StorageFull.
    """
    holder = access.holder(session, actor, application_id, purpose=purpose)
    plain = rules.clean_name(name)
    if slot not in holder.slots:
        raise errors.UnknownSlot
    if not rules.takes(plain):
        raise errors.WrongType
    if size > MOST_FILE_BYTES:
        raise errors.FileTooLarge(extra={"max_bytes": MOST_FILE_BYTES})
    _check_room(session, holder, slot, size)
    row = Attachment(
        id=uuid4(),
        application_id=holder.id,
        account_id=holder.account_id,
        key_id=holder.key_id,
        purpose=purpose,
        slot=slot,
        size=size,
        received=0,
        state=FileState.RECEIVING,
    )
    row.name = names.seal(session, holder.key_id, row.id, plain)
    session.add(row)
    session.flush()
    return view_of(session, row)


def append(
    session: Session, actor: Actor | None, attachment_id: UUID, *, offset: int, chunk: bytes, checksum: str | None
) -> AttachmentView:
    """Add the next piece (at most 5 MiB); the last one makes the file wait for its check.

    Raises NotFound, OffsetWrong (with the right `offset`), FileTooLarge, ChecksumWrong, Frozen.
    """
    row = own(session, actor, attachment_id, lock=True)
    if row.state != FileState.RECEIVING or offset != row.received:
        raise errors.OffsetWrong(extra={"offset": row.received}, headers={"Upload-Offset": str(row.received)})
    if len(chunk) > CHUNK_BYTES or offset + len(chunk) > row.size:
        raise errors.FileTooLarge(extra={"max_bytes": min(CHUNK_BYTES, row.size - offset)})
    if checksum is not None and not _unchanged(chunk, checksum):
        raise errors.ChecksumWrong
    if not chunk:
        return view_of(session, row)
    part = f"{offset:012d}"
    sealed = keyring.seal_stream(session, row.key_id, [chunk], context=names.place_of_bytes(row.id, part))
    try:
        store_of(get_settings()).write(f"{row.id}/{part}", sealed)
    except OSError as error:
        raise errors.StorageFull from error
    row.received = offset + len(chunk)
    row.touched_at = func.clock_timestamp()
    if row.received == row.size:
        row.state = FileState.PENDING
        row.due_at = func.clock_timestamp()
        session.flush()
        defer(session, CHECK_TASK, row.id)
    session.flush()
    return view_of(session, row)


def remove(session: Session, actor: Actor | None, attachment_id: UUID) -> None:
    """Take a file away again; raises NotFound, Frozen (it was sent)."""
    row = own(session, actor, attachment_id, lock=True)
    discard(session, [row])


def own(session: Session, actor: Actor | None, attachment_id: UUID, *, lock: bool = False) -> Attachment:
    """A file that the caller may still change; raises NotFound (foreign ones too), Frozen."""
    row = shown(session, actor, attachment_id, lock=lock)
    if row.frozen_at is not None:
        raise errors.Frozen
    access.holder(session, actor, row.application_id, purpose=cast(Purpose, row.purpose))
    return row


def _check_room(session: Session, holder: FileHolder, slot: str, size: int) -> None:
    """Refuse what does not fit into the slot, the application, the account's day or the disk."""
    kept = Attachment.state.not_in([FileState.INFECTED, FileState.FAILED])
    of_application = select(
        func.count().filter(Attachment.slot == slot, kept, Attachment.frozen_at.is_(None)),
        func.coalesce(func.sum(Attachment.size), 0),
    ).where(Attachment.application_id == holder.id)
    in_slot, in_all = session.execute(of_application).one()
    if in_slot >= holder.slots[slot]:
        raise errors.TooManyFiles(extra={"max": holder.slots[slot]})
    if in_all + size > MOST_APPLICATION_BYTES:
        raise errors.QuotaSpent(extra={"max_bytes": MOST_APPLICATION_BYTES})
    if holder.account_id is not None:
        today = select(func.coalesce(func.sum(Attachment.size), 0)).where(
            Attachment.account_id == holder.account_id, Attachment.created_at > NOW - DAY
        )
        if session.scalar(today) + size > MOST_ACCOUNT_BYTES_A_DAY:  # type: ignore[operator]  # coalesce is never NULL
            raise errors.QuotaSpent(extra={"max_bytes": MOST_ACCOUNT_BYTES_A_DAY})
    if store_of(get_settings()).free_share() < LEAST_FREE_SHARE:
        raise errors.StorageFull


def _unchanged(chunk: bytes, checksum: str) -> bool:
    """True when `sha256 <base64>` (tus' checksum extension) is that of the piece; another algorithm is a fault."""
    algorithm, _, encoded = checksum.partition(" ")
    try:
        return algorithm == "sha256" and base64.b64decode(encoded, validate=True) == hashlib.sha256(chunk).digest()
    except binascii.Error:
        return False
