"""Members of staff as far as work is given to them: name, roles and offices of the last sign-in, own languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.casework.models import Worker
from backend.core.access import Actor
from backend.core.clock import NOW, AnySession


def signed_in(session: AnySession, _before: Actor | None, actor: Actor) -> None:
    """Remember what the issuer said of somebody of the staff."""
    if actor.kind != "staff" or actor.account_id is None:
        return
    said = {"name": actor.name, "roles": sorted(actor.roles), "offices": sorted(actor.offices), "seen_at": NOW}
    added = insert(Worker).values(account_id=actor.account_id, **said)
    session.execute(added.on_conflict_do_update(index_elements=[Worker.account_id], set_=said))


def names(session: Session, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of members of staff by account."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    rows = session.execute(select(Worker.account_id, Worker.name).where(Worker.account_id.in_(wanted)))
    return {row.account_id: row.name or "" for row in rows}


def of_office(session: Session, account_id: UUID, office: str) -> bool:
    """Whether somebody was known in an office at the last sign-in."""
    row = session.get(Worker, account_id)
    return row is not None and office in row.offices


def languages_of(session: Session, actor: Actor) -> list[str] | None:
    """The languages somebody said to work in; None: said nothing, so all of them."""
    row = session.get(Worker, actor.account_id)
    return None if row is None else row.languages


def set_languages(session: Session, actor: Actor, languages: Sequence[str] | None) -> list[str] | None:
    """Say in which languages one takes cases; None takes the limit away."""
    signed_in(session, None, actor)
    row = session.get(Worker, actor.account_id, populate_existing=True)
    if row is None:
        return None
    row.languages = None if languages is None else sorted(set(languages))
    session.flush()
    return row.languages
