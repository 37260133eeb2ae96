"""The other office's side of an opinion: it sees the question and the pages that were named, and answers once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from backend.applications import sealed as answers_of
from backend.applications.models import Application
from backend.applications.service import office as applied
from backend.audit import service as audit
from backend.casework import cursor, sealed
from backend.casework.errors import OpinionEnded
from backend.casework.models import Case
from backend.casework.models_work import Opinion
from backend.casework.service import office_mail, opinions, show
from backend.casework.types import Happened
from backend.catalogue import service as catalogue
from backend.core import keyring
from backend.core.access import Actor
from backend.core.clock import db_now
from backend.core.errors import Forbidden, NotFound
from backend.core.security import format_reference
from backend.forms import service as forms

PAGE = 20
Scope = Literal["open", "ended"]


def listed(session: Session, actor: Actor, *, scope: Scope, after: str | None) -> dict[str, Any]:
    """Questions to the actor's offices: open ones by their day, ended ones newest first; each look is written down.

    Raises Invalid for a place that is none.
    """
    rows = session.execute(_wanted(actor, scope, after).limit(PAGE + 1)).all()
    last = rows[PAGE - 1][0] if len(rows) > PAGE else None
    return {"items": _shown(session, actor, rows[:PAGE]), "next": _next(scope, last)}


def answer(session: Session, actor: Actor, opinion_id: UUID, text: str) -> dict[str, Any]:
    """Answer a question to one of one's offices; raises NotFound, OpinionEnded (answered, withdrawn), Forbidden."""
    seen = session.get(Opinion, opinion_id)
    if seen is None:
        raise NotFound
    if seen.office not in actor.offices:
        raise audit.foreign(session, actor=actor, object_type="application", object_id=seen.application_id)
    if actor.account_id is None:
        raise Forbidden
    row = applied.case(session, actor, seen.application_id)
    case = session.get(Case, seen.application_id, with_for_update=True, populate_existing=True)
    opinion = session.get(Opinion, opinion_id, with_for_update=True, populate_existing=True)
    if case is None or opinion is None:
        raise NotFound
    if opinion.state != "open":
        raise OpinionEnded(extra={"state": opinion.state})
    opinion.answer = sealed.close(session, row, sealed.answer_place(opinion_id), text)
    opinion.state, opinion.answered_by, opinion.ended_at = "answered", actor.account_id, db_now(session)
    session.flush()
    data = {"opinion": str(opinion_id), "office": opinion.office}
    opinions.written(session, actor, case, row, Happened.OPINION_ANSWERED, data)
    office_mail.tell_question(session, opinion, case)
    return _shown(session, actor, [(opinion, case, row)])[0]


def _wanted(actor: Actor, scope: Scope, after: str | None) -> Select[Opinion, Case, Application]:
    place = cursor.read(after, moments=scope == "ended")
    chosen = select(Opinion, Case, Application).join(Case, Case.application_id == Opinion.application_id)
    chosen = chosen.join(Application, Application.id == Case.application_id)
    chosen = chosen.where(Opinion.office.in_(sorted(actor.offices)))
    if scope == "open":
        chosen = chosen.where(Opinion.state == "open")
        if place is not None:
            chosen = chosen.where(tuple_(Opinion.due_on, Opinion.id) > place)
        return chosen.order_by(Opinion.due_on, Opinion.id)
    chosen = chosen.where(Opinion.state != "open")
    if place is not None:
        chosen = chosen.where(tuple_(Opinion.ended_at, Opinion.id) < place)
    return chosen.order_by(Opinion.ended_at.desc(), Opinion.id.desc())


def _next(scope: Scope, last: Opinion | None) -> str | None:
    if last is None:
        return None
    ends_at = last.due_on if scope == "open" else last.ended_at
    return None if ends_at is None else cursor.written(ends_at, last.id)


def _shown(session: Session, actor: Actor, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Questions as the other office sees them; each look is an entry about the case.

    However many there are: names, keys and entries are one statement each.
    """
    names = catalogue.office_summaries(session, {opinion.asked_for for opinion, _, _ in rows})
    seen = [(row.id, row.owner_account, {"opinion": str(opinion.id)}) for opinion, _, row in rows]
    audit.record_all(session, actor=actor, action="case.opinion_read", object_type="application", seen=seen)
    with keyring.at_hand(session, {row.key_id for _, _, row in rows}):
        return [_told(session, opinion, case, row, names) for opinion, case, row in rows]


def _told(
    session: Session, opinion: Opinion, case: Case, row: Application, names: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """One question; once it is ended, the pages are closed again."""
    copied = ("id", "due_on", "asked_at", "state")
    return {
        **{name: getattr(opinion, name) for name in copied},
        "reference": format_reference(case.reference),
        "service": case.service,
        "title": forms.text(forms.get(case.service, case.version), "service.title", show.STAFF_LANGUAGE),
        "office": opinion.asked_for,
        "office_name": names.get(opinion.asked_for, {}).get("name"),
        "question": sealed.open_(session, row, sealed.question_place(opinion.id), opinion.question),
        "answer": sealed.open_(session, row, sealed.answer_place(opinion.id), opinion.answer),
        "pages": _pages(session, row, opinion.pages) if opinion.state == "open" else [],
    }


def _pages(session: Session, row: Application, named: Sequence[str]) -> list[dict[str, Any]]:
    """The named pages with their answers, without files and without what the account says."""
    document = answers_of.document_of(session, row)
    every = show.shown_pages(forms.get(row.service, row.version), document, [], {})
    return [page for page in every if page["page"] in named]
