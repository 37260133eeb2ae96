"""Who else has a case open right now: told every twenty seconds by the page, forgotten after a minute of silence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case as case_
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.casework import queries_open
from backend.casework.models_reading import Presence
from backend.casework.service import finding, workers
from backend.core.access import Actor
from backend.core.clock import NOW
from backend.core.errors import Forbidden

LASTS = timedelta(seconds=60)


def tell(session: Session, actor: Actor, reference: str) -> dict[str, Any]:
    """The actor has this case open; who else has, and the revision that is true now. Raises NotFound."""
    case = finding.case(session, actor, reference)
    added = insert(Presence).values(application_id=case.application_id, account_id=_account(actor))
    since = case_((Presence.seen_at < NOW - LASTS, NOW), else_=Presence.since)  # a new visit after a silence
    session.execute(
        added.on_conflict_do_update(
            index_elements=[Presence.application_id, Presence.account_id], set_={"seen_at": NOW, "since": since}
        )
    )
    return {"present": others(session, actor, case.application_id), "revision": case.revision}


def end(session: Session, actor: Actor, reference: str) -> None:
    """The actor closed the case. Raises NotFound."""
    case = finding.case(session, actor, reference)
    mine = Presence.application_id == case.application_id, Presence.account_id == actor.account_id
    session.execute(delete(Presence).where(*mine))


def others(session: Session, actor: Actor, application_id: UUID) -> list[dict[str, Any]]:
    """Everybody else who has the case open, the first one first."""
    rows = queries_open.present_in(session, application_id, actor.account_id, LASTS)
    names = workers.names(session, [each.account_id for each in rows])
    return [{"account": each.account_id, "name": names.get(each.account_id), "since": each.since} for each in rows]


def sweep(session: Session) -> None:
    """Forget entries that nobody renewed."""
    session.execute(delete(Presence).where(Presence.seen_at < NOW - LASTS))


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise Forbidden
    return actor.account_id
