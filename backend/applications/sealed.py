"""What is sealed in an application's tables, as values: every reader and writer of ciphertext passes here."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications.models import AnswerHistory, Application, Letter, Note, Request
from backend.applications.types import Document, Prefilled
from backend.core import keyring
from backend.core.errors import NotFound
from backend.core.i18n import DEFAULT, LocalizedText


def document_of(session: Session, row: Application) -> Document:
    """The document of a living application; raises NotFound for an erased one."""
    if row.document is None:
        raise NotFound
    return _document(_open(session, row, row.document, f"application.document:{row.id}:{row.document_revision}"))


def write_document(session: Session, row: Application, document: Document) -> None:
    """Seal a document for the row's next change (the caller raises `revision` by recording or touching)."""
    row.document_revision = row.document_revision + 1
    context = f"application.document:{row.id}:{row.document_revision}"
    row.document = _seal(session, row, asdict(document), context)


def keep_history(
    session: Session, row: Application, entry_id: UUID, by: Literal["citizen", "office"] = "citizen"
) -> AnswerHistory:
    """A sealed copy of the document as it is, for the row's history; `by`: who is about to change it."""
    document = asdict(document_of(session, row))
    sealed = _seal(session, row, document, history_place(entry_id))
    return AnswerHistory(id=entry_id, application_id=row.id, document=sealed, replaced_by=by)


def history_of(session: Session, row: Application, entry: AnswerHistory) -> Document:
    """The document as it was before a change."""
    return _document(_open(session, row, entry.document, history_place(entry.id)))


def seal_text(session: Session, row: Application, place: str, text: str) -> bytes:
    """A text sealed for one place, see `REASON` and its like."""
    return _seal(session, row, text, place)


def seal_reason(session: Session, row: Application, request_id: UUID, german: str, own: list[LocalizedText]) -> bytes:
    """Why the office asks: in German, and as the person reads it, piece by piece with its language."""
    kept = {"de": german, "own": [asdict(each) for each in own]}
    return _seal(session, row, kept, request_place(request_id))


def reason_of(session: Session, row: Application, request: Request) -> str:
    """Why the office asks, in German."""
    kept = _reason(session, row, request)
    return str(kept["de"])


def reason_parts(session: Session, row: Application, request: Request) -> list[LocalizedText]:
    """The same as the person reads it: her language where there is one, each piece with the language it is in."""
    return [LocalizedText(**each) for each in _reason(session, row, request)["own"]]


def _reason(session: Session, row: Application, request: Request) -> dict[str, Any]:
    if request.reason is None:
        return {"de": "", "own": []}
    kept = _open(session, row, request.reason, request_place(request.id))
    return kept if isinstance(kept, dict) else {"de": kept, "own": [{"text": kept, "lang": DEFAULT}]}


def text_of(session: Session, row: Application, note: Note) -> str:
    """What a message says."""
    return _text(session, row, note.text, note_place(note.id))


def content_of(session: Session, row: Application, letter: Letter) -> dict[str, Any]:
    """What a letter is made of."""
    if letter.content is None:
        raise NotFound
    return dict(_open(session, row, letter.content, letter_place(letter.id)))


def seal_content(session: Session, row: Application, letter_id: UUID, content: dict[str, Any]) -> bytes:
    """What a letter is made of, sealed."""
    return _seal(session, row, content, letter_place(letter_id))


def history_place(entry_id: UUID) -> str:
    """Where an older document lies."""
    return f"application_answer_history.document:{entry_id}:1"


def request_place(request_id: UUID) -> str:
    """Where the reason of a request lies."""
    return f"application_request.reason:{request_id}:1"


def note_place(note_id: UUID) -> str:
    """Where the text of a message lies."""
    return f"application_message.text:{note_id}:1"


def letter_place(letter_id: UUID) -> str:
    """Where the content of a letter lies."""
    return f"application_letter.content:{letter_id}:1"


def _document(raw: Any) -> Document:
    prefilled = {name: Prefilled(**value) for name, value in raw.pop("prefilled", {}).items()}
    return Document(**raw, prefilled=prefilled)


def _text(session: Session, row: Application, sealed: bytes | None, place: str) -> str:
    return "" if sealed is None else str(_open(session, row, sealed, place))


def _seal(session: Session, row: Application, value: Any, place: str) -> bytes:
    if row.key_id is None:
        raise NotFound
    return keyring.seal(session, row.key_id, json.dumps(value, ensure_ascii=False).encode(), context=place)


def _open(session: Session, row: Application, sealed: bytes, place: str) -> Any:
    if row.key_id is None:
        raise NotFound
    try:
        return json.loads(keyring.unseal(session, row.key_id, sealed, context=place))
    except keyring.KeyGoneError as error:
        raise NotFound from error
