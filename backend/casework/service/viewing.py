"""The viewer of evidence: a page as a picture, the text as its alternative, both made in the sandbox."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications.files import sandbox
from backend.applications.files import view as files
from backend.applications.files.errors import NotClean
from backend.applications.files.models import Attachment
from backend.audit import service as audit
from backend.casework.models import Case
from backend.casework.service import finding
from backend.core.access import Actor
from backend.core.errors import NotFound

FIRST = 1


def page(session: Session, actor: Actor, reference: str, attachment_id: UUID, number: int, width: int) -> bytes:
    """A page of a clean file as PNG; raises NotFound (no such file or page), NotClean.

    The look is written down with the first page, and with another one unless that is the same look going on.
    """
    case, row = found(session, actor, reference, attachment_id)
    if row.pages is not None and not FIRST <= number <= row.pages:
        raise NotFound
    content = _bytes(session, row)
    if number == FIRST or not _looking(session, actor, case, attachment_id):
        looked(session, actor, case, attachment_id)
    session.commit()  # no connection is held while the sandbox works
    try:
        return sandbox.page(row.kind or "", content, number, width)
    except sandbox.RefusedFileError as error:
        raise NotClean(extra={"state": row.state, "reason": error.reason}) from error


def text(session: Session, actor: Actor, reference: str, attachment_id: UUID) -> list[str]:
    """The text of each page, empty for a picture; raises NotFound, NotClean."""
    case, row = found(session, actor, reference, attachment_id)
    content = _bytes(session, row)
    looked(session, actor, case, attachment_id)
    session.commit()
    if row.kind != "pdf":
        return [""]
    try:
        return sandbox.texts(content)
    except sandbox.RefusedFileError as error:
        raise NotClean(extra={"state": row.state, "reason": error.reason}) from error


def found(session: Session, actor: Actor, reference: str, attachment_id: UUID) -> tuple[Case, Attachment]:
    """A file of a case of the actor's offices; raises NotFound."""
    case = finding.case(session, actor, reference)
    row = session.get(Attachment, attachment_id)
    if row is None or row.application_id != case.application_id:
        raise NotFound
    return case, row


def looked(session: Session, actor: Actor, case: Case, attachment_id: UUID) -> None:
    """Write down who looked at a file."""
    audit.record(session, actor=actor, **_look(case, attachment_id))


def _looking(session: Session, actor: Actor, case: Case, attachment_id: UUID) -> bool:
    return audit.repeated(session, actor=actor, **_look(case, attachment_id))


def _look(case: Case, attachment_id: UUID) -> dict[str, Any]:
    file = {"id": str(attachment_id)}
    return {
        "action": "case.file_opened",
        "object_type": "application",
        "object_id": case.application_id,
        "payload": file,
    }


def _bytes(session: Session, row: Attachment) -> bytes:
    _, pieces = files.content_of(session, row)
    return b"".join(pieces)
