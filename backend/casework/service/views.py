"""Saved views: somebody's own filters under a name of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.casework import queries
from backend.casework.errors import TooManyViews
from backend.casework.models import SavedView
from backend.core.access import Actor
from backend.core.errors import Forbidden, NotFound

MOST_VIEWS = 20


def save(session: Session, actor: Actor, name: str, wanted: Mapping[str, Any]) -> SavedView:
    """Keep filters under a name; the same name replaces them. Raises TooManyViews."""
    if actor.account_id is None:
        raise Forbidden
    others = [each for each in queries.views_of(session, actor) if each.name != name]
    if len(others) >= MOST_VIEWS:
        raise TooManyViews
    added = insert(SavedView).values(id=uuid4(), account_id=actor.account_id, name=name, wanted=dict(wanted))
    kept = added.on_conflict_do_update(
        index_elements=[SavedView.account_id, SavedView.name], set_={"wanted": added.excluded.wanted}
    )
    return session.scalars(kept.returning(SavedView), execution_options={"populate_existing": True}).one()


def listed(session: Session, actor: Actor) -> Sequence[SavedView]:
    """The actor's own views by name."""
    return queries.views_of(session, actor)


def remove(session: Session, actor: Actor, view_id: UUID) -> None:
    """Forget a view; raises NotFound for none of one's own."""
    gone = delete(SavedView).where(SavedView.id == view_id, SavedView.account_id == actor.account_id)
    if not session.execute(gone.returning(SavedView.id)).all():
        raise NotFound
