"""Members of staff as far as work is given to them: what the last sign-in said of them, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, cast, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.audit import service as audit
from backend.casework import policy, queries_open
from backend.casework.models import Worker
from backend.casework.types import Action
from backend.core.access import Actor
from backend.core.clock import NOW, AnySession, today
from backend.core.errors import FieldError, Forbidden, Invalid
from backend.forms import service as forms


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
    return queries_open.names(session, wanted)


def of_office(session: Session, account_id: UUID, office: str) -> bool:
    """Whether somebody was known in an office at the last sign-in."""
    row = session.get(Worker, account_id)
    return row is not None and office in row.offices


def listed(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The colleagues of the actor's offices by name, with whom they stand in for."""
    shared = Worker.offices.op("&&")(cast(sorted(actor.offices), ARRAY(Text)))
    mine = true() if policy.manages_everywhere(actor) else shared
    rows = session.scalars(select(Worker).where(mine).order_by(Worker.name, Worker.account_id)).all()
    return lines(session, rows)


def lines(session: Session, rows: Sequence[Worker]) -> list[dict[str, Any]]:
    """Members of staff as a list shows them; an absence that is over is none."""
    day = today(session)
    called = names(session, [row.substitute for row in rows])
    found = []
    for row in rows:
        copied = ("name", "roles", "offices", "teams", "languages", "services")
        away = row.absent_until is not None and row.absent_until >= day
        found.append(
            {
                "id": row.account_id,
                **{name: getattr(row, name) for name in copied},
                "absent_until": row.absent_until if away else None,
                "substitute": row.substitute,
                "substitute_name": called.get(row.substitute) if row.substitute else None,
            }
        )
    return found


def own(session: Session, actor: Actor) -> Worker:
    """The actor's own row, made when she is here for the first time."""
    if actor.account_id is None:
        raise Forbidden
    row = session.get(Worker, actor.account_id)
    if row is None:
        signed_in(session, None, actor)
        row = session.get_one(Worker, actor.account_id, populate_existing=True)
    return row


def profile(session: Session, actor: Actor) -> dict[str, Any]:
    """Who one is here, what one said of oneself, and which actions one's roles have."""
    row = own(session, actor)
    line = lines(session, [row])[0]
    return {
        "account": actor.account_id,
        "name": actor.name or row.name,
        "roles": sorted(actor.roles),
        "offices": sorted(actor.offices),
        "shortcuts": row.shortcuts,
        "training": actor.training,
        **{name: line[name] for name in ("teams", "languages", "services", "absent_until", "substitute")},
        "can": {str(action): policy.may(actor, action) for action in Action},
    }


def set_profile(
    session: Session,
    actor: Actor,
    *,
    languages: Sequence[str] | None,
    services: Sequence[str] | None,
    shortcuts: bool,
) -> dict[str, Any]:
    """Say in which languages and services one takes cases (None: all), and whether single keys are shortcuts.

    Raises Invalid for a service that has no form.
    """
    known = {form.slug for form in forms.all_published()}
    foreign = [number for number, slug in enumerate(services or ()) if slug not in known]
    if foreign:
        raise Invalid(errors=[FieldError(f"/services/{number}", "not_allowed") for number in foreign])
    row = own(session, actor)
    row.languages = None if languages is None else sorted(set(languages))
    row.services = None if services is None else sorted(set(services))
    row.shortcuts = shortcuts
    session.flush()
    audit.record(session, actor=actor, action="staff.profile_set", object_type="staff", object_id=row.account_id)
    return profile(session, actor)
