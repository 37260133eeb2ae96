"""Who gets at an application: its owner or her helper; anybody else gets what a missing one gives, and it is noted."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications import form as reading
from backend.applications import policy, queries
from backend.applications.errors import ChangedElsewhere, NotNow
from backend.applications.models import Application
from backend.applications.types import FileHolder, State
from backend.audit import service as audit
from backend.core.access import Actor
from backend.core.errors import NotFound
from backend.core.security import parse_reference
from backend.forms import service as forms

FILES_PER_MESSAGE = 5


def draft(session: Session, actor: Actor | None, draft_id: UUID, *, lock: bool = False) -> Application:
    """A draft of the caller; raises NotFound (foreign or missing: alike, and foreign is audited), LevelTooLow."""
    row = queries.by_id(session, actor, draft_id, lock=lock)
    if row is None or actor is None or row.state != State.DRAFT:
        raise _foreign(session, actor, queries.by_id_unchecked(session, draft_id))
    policy.require_level(actor, row.filed_level)
    return row


def application(session: Session, actor: Actor | None, reference: str, *, lock: bool = False) -> Application:
    """An application of the caller at the level at which it was filed; raises NotFound, LevelTooLow."""
    stored = parse_reference(reference)
    row = None if stored is None else queries.by_reference(session, actor, stored, lock=lock)
    if row is None or actor is None:
        other = None if stored is None else queries.by_reference_unchecked(session, stored)
        raise _foreign(session, actor, other)
    policy.require_level(actor, row.filed_level)
    return row


def to_send(actor: Actor, row: Application) -> None:
    """Refuse what only the person herself may do; a helper gets NotNow, because she knows that it exists."""
    if not policy.may_send(actor, row):
        raise NotNow(extra={"state": row.state, "reason": "only_the_person"})


def seen(row: Application, revision: int, view: object) -> None:
    """Raise ChangedElsewhere with what is true now when the person saw another revision."""
    if row.revision != revision:
        raise ChangedElsewhere(view)


def access_to_draft(session: Session, actor: Actor | None, draft_id: UUID) -> Application:
    """The draft if the caller may fill it; raises NotFound."""
    return draft(session, actor, draft_id)


def holder(session: Session, actor: Actor | None, application_id: UUID, *, purpose: str) -> FileHolder:
    """What a file for a draft, a message or an open request may be attached to; raises NotFound, Conflict."""
    row = queries.by_id(session, actor, application_id, lock=False)
    if row is None or row.key_id is None or actor is None:
        raise _foreign(session, actor, queries.by_id_unchecked(session, application_id))
    policy.require_level(actor, row.filed_level)
    return FileHolder(id=row.id, key_id=row.key_id, account_id=actor.account_id, slots=_slots(session, row, purpose))


def _slots(session: Session, row: Application, purpose: str) -> dict[str, int]:
    if purpose == "draft" and row.state == State.DRAFT:
        return reading.file_slots(forms.get(row.service, row.version))
    if purpose == "message" and row.state not in (State.DRAFT, State.SUBMITTED, State.CLOSED):
        return {"message": FILES_PER_MESSAGE}
    if purpose == "request":
        open_slots = {
            slot
            for request in queries.requests_of(session, row.id)
            if request.state == "open"
            for slot in request.files
        }
        every = reading.file_slots(forms.get(row.service, row.version))
        if open_slots:
            return {slot: most for slot, most in every.items() if slot in open_slots}
    raise NotNow(extra={"state": row.state})


def _foreign(session: Session, actor: Actor | None, row: Application | None) -> NotFound:
    """The answer for what is not the caller's; an attempt at something that exists leaves a record."""
    if row is None or actor is None:
        return NotFound()
    return audit.foreign(session, actor=actor, object_type="application", object_id=row.id, about=row.owner_account)
