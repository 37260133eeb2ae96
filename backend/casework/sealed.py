"""What casework seals with an application's own key: notes and reasons; they go with the application."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.core import keyring
from backend.core.errors import NotFound


def note_place(note_id: UUID) -> str:
    """Where the text of a note lies."""
    return f"staff_case_note.text:{note_id}:1"


def reason_place(proposal_id: UUID) -> str:
    """Where the reason of a proposed decision lies."""
    return f"staff_case_proposal.reason:{proposal_id}:1"


def content_place(proposal_id: UUID) -> str:
    """Where the letter of a proposed decision lies."""
    return f"staff_case_proposal.content:{proposal_id}:1"


def returned_place(proposal_id: UUID) -> str:
    """Where it lies why a proposal was returned."""
    return f"staff_case_proposal.returned_because:{proposal_id}:1"


def question_place(opinion_id: UUID) -> str:
    """Where the question to another office lies."""
    return f"staff_case_opinion.question:{opinion_id}:1"


def answer_place(opinion_id: UUID) -> str:
    """Where the other office's answer lies."""
    return f"staff_case_opinion.answer:{opinion_id}:1"


def close(session: Session, row: Application, place: str, text: str | None) -> bytes | None:
    """A text sealed for one place, None for none; raises NotFound for an erased application."""
    if text is None:
        return None
    if row.key_id is None:
        raise NotFound
    return keyring.seal(session, row.key_id, text.encode(), context=place)


def open_(session: Session, row: Application, place: str, sealed: bytes | None) -> str | None:
    """The text again; raises NotFound when its key was destroyed."""
    if sealed is None:
        return None
    if row.key_id is None:
        raise NotFound
    try:
        return keyring.unseal(session, row.key_id, sealed, context=place).decode()
    except keyring.KeyGoneError as error:
        raise NotFound from error
