"""Evidence and letters of a case as bytes, and the lists of letters and of who did what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select, true, tuple_
from sqlalchemy.orm import Session

from backend.applications import queries as applications
from backend.applications.errors import NotNow
from backend.applications.files import view as files
from backend.applications.files.models import Attachment
from backend.applications.files.types import Content
from backend.applications.models import Letter
from backend.applications.receipt import document as paper
from backend.applications.service.papers import PDF, Paper
from backend.audit import service as audit
from backend.casework import cursor, policy
from backend.casework.models import Case
from backend.casework.service import finding, follow, proposed, workers
from backend.casework.types import Happened
from backend.core.access import Actor
from backend.core.clock import db_now
from backend.core.errors import NotFound
from backend.core.security import format_reference

PAGE = 50


def attachment(session: Session, actor: Actor, reference: str, attachment_id: UUID) -> tuple[Content, Iterator[bytes]]:
    """A clean file of a case, the look written down; raises NotFound, NotClean."""
    case = finding.case(session, actor, reference)
    row = session.get(Attachment, attachment_id)
    if row is None or row.application_id != case.application_id:
        raise NotFound
    found = files.content_of(session, row)
    _looked(session, actor, case, "case.file_opened", attachment_id)
    return found


def letter(session: Session, actor: Actor, reference: str, letter_id: UUID) -> Paper:
    """A letter as PDF/UA in the citizen's language, to read or to print; raises NotFound."""
    case = finding.case(session, actor, reference)
    row = applications.by_id_unchecked(session, case.application_id)
    found = next((each for each in applications.letters_of(session, case.application_id) if each.id == letter_id), None)
    if row is None or found is None:
        raise NotFound
    _looked(session, actor, case, "case.letter_opened", letter_id)
    content = paper.letter_pdf(session, row, found, row.language)
    return Paper(content=content, media_type=PDF, filename=f"bescheid-{case.reference}.pdf")


def letters(session: Session, actor: Actor, *, to_print: bool, after: str | None) -> dict[str, Any]:
    """Letters of the actor's offices, newest first; `to_print`: those that still have to go by post. Raises Invalid."""
    place = cursor.read(after, moments=True)
    mine = true() if policy.everywhere(actor) else Case.office.in_(sorted(actor.offices))
    chosen = select(Letter, Case.reference, Case.service).join(Case, Case.application_id == Letter.application_id)
    chosen = chosen.where(mine)
    if to_print:
        chosen = chosen.where(Letter.electronic.is_(False), Letter.printed_at.is_(None))
    if place is not None:
        chosen = chosen.where(tuple_(Letter.provided_at, Letter.id) < place)
    ordered = chosen.order_by(Letter.provided_at.desc(), Letter.id.desc()).limit(PAGE + 1)
    rows = session.execute(ordered).all()
    last = rows[PAGE - 1][0] if len(rows) > PAGE else None
    return {
        "items": [_line(each, format_reference(number), service) for each, number, service in rows[:PAGE]],
        "next": None if last is None else cursor.written(last.provided_at, last.id),
    }


def printed(session: Session, actor: Actor, letter_id: UUID) -> dict[str, Any]:
    """Note that a letter was printed for the post; a second time changes nothing. Raises NotFound, NotNow."""
    sent = session.get(Letter, letter_id)
    case = None if sent is None else session.get(Case, sent.application_id)
    if case is None:
        raise NotFound
    case, row = finding.locked(session, actor, case.reference)
    sent = session.get(Letter, letter_id, with_for_update=True, populate_existing=True)
    if sent is None or sent.electronic:
        raise NotNow(extra={"state": row.state, "reason": "not_for_post"})
    if sent.printed_at is None:
        sent.printed_at = db_now(session)
        follow.note(session, case, Happened.LETTER_PRINTED, actor.account_id, {"letter": str(letter_id)})
        _looked(session, actor, case, "case.letter_printed", letter_id)
    return _line(sent, format_reference(case.reference), case.service)


def trail(session: Session, actor: Actor, reference: str, *, after: int | None) -> dict[str, Any]:
    """Who looked at a case or did something with it, newest first; this look is an entry too. Raises NotFound."""
    case = finding.case(session, actor, reference)
    _looked(session, actor, case, "case.audited", None)
    found = audit.trail(session, object_type="application", object_id=case.application_id, before=after, limit=PAGE + 1)
    names = workers.names(session, [each.actor_account for each in found if each.actor_kind == "staff"])
    items = [
        {
            "id": each.id,
            "at": each.at,
            "actor_kind": each.actor_kind,
            "actor": each.actor_account if each.actor_kind == "staff" else None,
            "actor_name": names.get(each.actor_account) if each.actor_account else None,
            "roles": each.actor_roles.split(),
            "action": each.action,
            "reason": each.reason,
        }
        for each in found[:PAGE]
    ]
    return {"items": items, "next": found[PAGE - 1].id if len(found) > PAGE else None}


def _line(sent: Letter, reference: str, service: str) -> dict[str, Any]:
    return {**proposed.letter(sent), "reference": reference, "service": service}


def _looked(session: Session, actor: Actor, case: Case, action: str, thing: UUID | None) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        object_type="application",
        object_id=case.application_id,
        payload=None if thing is None else {"id": str(thing)},
    )
