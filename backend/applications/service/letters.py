"""Decisions as letters: written once in the words of the form, provided in the portal, told by mail (OZG § 9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from backend.applications import codes, life, policy, queries, sealed
from backend.applications.models import Application, IssuedDocument, Letter
from backend.applications.receipt import calendar
from backend.applications.receipt import document as paper
from backend.applications.receipt import letter as letter_text
from backend.applications.service import access, mail
from backend.applications.service.papers import PDF, Paper
from backend.applications.types import By, Happening
from backend.core.access import Actor
from backend.core.clock import BERLIN, NOW, db_now
from backend.core.errors import NotFound
from backend.core.settings import get_settings
from backend.notifications.types import MessageKind

ICS = "text/calendar; charset=utf-8"


def provide(session: Session, row: Application, content: letter_text.Content, by: By) -> Letter:
    """Deliver the letter of a decision and tell the person that it is there; nothing of it stands in the mail."""
    letter_id, now = uuid4(), db_now(session)
    electronic = row.electronic_delivery is not False
    letter = Letter(
        id=letter_id,
        application_id=row.id,
        kind=content["outcome"],
        content=sealed.seal_content(session, row, letter_id, content),
        electronic=electronic,
        provided_at=now,
        notified_at=now if mail.reachable(session, row) else None,
        deemed_announced_on=announced_on(now) if electronic else None,
    )
    session.add(letter)
    issued = IssuedDocument(
        id=letter_id,
        application_id=row.id,
        kind="letter",
        service=row.service,
        version=row.version,
        code_hash=codes.document_hash(codes.document_code_of(letter_id)),
        content_hash=paper.hash_of(letter_id, content),
        issued_at=now,
    )
    session.add(issued)
    session.flush()
    life.record(session, row, Happening.LETTER_PROVIDED, by, {"letter": str(letter_id)})
    mail.tell(session, row, MessageKind.APPLICATION_DECIDED, about=letter_id)
    session.flush()
    return letter


def announced_on(provided: datetime) -> date:
    """The day on which a letter counts as announced: some days after it was provided (OZG § 9), by a setting."""
    return provided.astimezone(BERLIN).date() + timedelta(days=get_settings().announced_after_days)


def download(session: Session, actor: Actor, reference: str, letter_id: UUID, lang: str | None) -> Paper:
    """A letter as PDF/UA; the first time the person fetches it is kept as proof. Raises NotFound, LevelTooLow."""
    row, letter = _of_caller(session, actor, reference, letter_id)
    if policy.may_send(actor, row):
        first = Letter.first_retrieved_at.is_(None)
        session.execute(update(Letter).where(Letter.id == letter_id, first).values(first_retrieved_at=NOW))
    content = paper.letter_pdf(session, row, letter, lang or row.language)
    return Paper(content=content, media_type=PDF, filename=f"bescheid-{row.reference}.pdf")


def remedy_calendar(session: Session, actor: Actor, reference: str, letter_id: UUID, lang: str | None) -> Paper:
    """The last day to contest a decision, as a calendar file; raises NotFound (also without a day), LevelTooLow."""
    row, letter = _of_caller(session, actor, reference, letter_id)
    day = letter_text.last_day(sealed.content_of(session, row, letter), letter.deemed_announced_on)
    if day is None:
        raise NotFound
    content = calendar.last_day(row, letter, day, lang or row.language)
    return Paper(content=content, media_type=ICS, filename=f"frist-{row.reference}.ics")


def shown(session: Session, row: Application, letter: Letter) -> dict[str, Any]:
    """A letter as its person sees it in the list: its dates, and the remedy where a rule is known."""
    names = ("id", "kind", "electronic", "provided_at", "first_retrieved_at", "deemed_announced_on")
    content: Mapping[str, Any] = sealed.content_of(session, row, letter)
    rule = content["remedy"]
    until = letter_text.last_day(content, letter.deemed_announced_on)
    told = None if rule is None else {"kind": rule["kind"], "last_day": until}
    return {**{name: getattr(letter, name) for name in names}, "remedy": told}


def _of_caller(session: Session, actor: Actor, reference: str, letter_id: UUID) -> tuple[Application, Letter]:
    row = access.application(session, actor, reference)
    letter = next((each for each in queries.letters_of(session, row.id) if each.id == letter_id), None)
    if letter is None:
        raise NotFound
    return row, letter
