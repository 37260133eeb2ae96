"""File names, which say a lot about a person: sealed in their rows."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from backend.core import keyring


def seal(session: Session, key_id: UUID, attachment_id: UUID, name: str) -> bytes:
    """The name as it is stored."""
    return keyring.seal(session, key_id, name.encode(), context=_place(attachment_id))


def unseal(session: Session, key_id: UUID, attachment_id: UUID, sealed: bytes) -> str:
    """The name as the person gave it, cleaned; raises keyring.KeyGoneError."""
    return keyring.unseal(session, key_id, sealed, context=_place(attachment_id)).decode()


def place_of_bytes(attachment_id: UUID, part: str) -> str:
    """What the stored bytes of a part are bound to."""
    return f"attachment:{attachment_id}:{part}"


def _place(attachment_id: UUID) -> str:
    return f"attachment.name:{attachment_id}"
