"""The citizen asks for a person to look at what the rules decided (VwVfG § 35a, GDPR article 22)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.applications import life, queries
from backend.applications.errors import NotNow
from backend.applications.service import access, automatic, view
from backend.applications.types import By, Happening
from backend.core.access import Actor


def ask(session: Session, actor: Actor, reference: str, revision: int) -> view.ApplicationView:
    """Give an automatic grant to a clerk; it counts until she decides. Raises NotFound, ChangedElsewhere, NotNow."""
    row = access.application(session, actor, reference, lock=True)
    access.to_send(actor, row)
    access.seen(row, revision, view.of(session, actor, row, row.language))
    if not automatic.is_automatic(queries.events_of(session, row.id)):
        raise NotNow(extra={"state": row.state})
    life.record(session, row, Happening.PERSON_ASKED, By.PERSON)
    row.erase_after = None  # it has not ended any more
    session.flush()
    return view.of(session, actor, row, row.language)
