"""The case that an act is about: in one of the actor's offices, locked behind its application, as the actor saw it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.applications.service import office
from backend.audit import service as audit
from backend.casework import policy, queries, queries_open
from backend.casework.errors import CaseChanged
from backend.casework.models import Case
from backend.core.access import Actor
from backend.core.errors import NotFound
from backend.core.security import parse_reference


def case(session: Session, actor: Actor, reference: str) -> Case:
    """A case of the actor's offices; raises NotFound, for a foreign one with an entry in the audit trail."""
    stored = parse_reference(reference)
    found = None if stored is None else queries.by_reference_unchecked(session, stored)
    if found is None:
        raise NotFound
    if not policy.in_office(actor, found.office):
        raise audit.foreign(session, actor=actor, object_type="application", object_id=found.application_id)
    return found


def locked(session: Session, actor: Actor, reference: str, revision: int | None = None) -> tuple[Case, Application]:
    """The case and its application, both locked, to be changed; raises NotFound, CaseChanged.

    The application is locked first, as everywhere. `revision` is that of the case as the actor saw it.
    """
    return lock(session, actor, case(session, actor, reference), revision)


def lock(session: Session, actor: Actor, seen: Case, revision: int | None = None) -> tuple[Case, Application]:
    """The same for a case that was found; one that was handed over meanwhile is not found any more."""
    row = office.case(session, actor, seen.application_id)
    held = session.get(Case, seen.application_id, with_for_update=True, populate_existing=True)
    if held is None or not policy.in_office(actor, held.office):
        raise NotFound
    if revision is not None and held.revision != revision:
        raise changed(session, held, revision)
    return held, row


def changed(session: Session, held: Case, seen: int) -> CaseChanged:
    """What to tell somebody who acts on an older state: what happened since then, by whom."""
    changes = [
        {"type": each.type, "at": each.at.isoformat(), "actor": None if each.actor is None else str(each.actor)}
        for each in queries_open.events_of(session, held.application_id, since=seen)
    ]
    told = {"revision": held.revision, "state": held.state, "changes": changes}
    return CaseChanged(extra=told, headers={"ETag": f'"{held.revision}"'})
