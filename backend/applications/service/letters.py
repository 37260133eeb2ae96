"""Decisions as letters: written once in the words of the form, provided in the portal, told by mail (OZG § 9)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from backend.applications import codes, life, policy, queries, sealed
from backend.applications.models import Application, IssuedDocument, Letter
from backend.applications.receipt import document as paper
from backend.applications.service import access, mail
from backend.applications.service.papers import PDF, Paper
from backend.applications.types import By, Happening, Outcome
from backend.core.access import Actor
from backend.core.clock import BERLIN, NOW, db_now
from backend.core.errors import NotFound
from backend.notifications.types import MessageKind

ANNOUNCED_AFTER = timedelta(days=3)  # OZG § 9 as read in 2026; other law says four days: to be checked


def provide(session: Session, row: Application, outcome: Outcome, by: By, reason: str | None = None) -> Letter:
    """Write the letter of a decision and tell the person that it is there; nothing of it stands in the mail."""
    letter_id, now = uuid4(), db_now(session)
    electronic = row.electronic_delivery is not False
    letter = Letter(
        id=letter_id,
        application_id=row.id,
        kind=outcome,
        content=sealed.seal_content(session, row, letter_id, {"outcome": outcome, "reason": reason}),
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
        content_hash=paper.hash_of(letter_id, outcome, reason),
        issued_at=now,
    )
    session.add(issued)
    session.flush()
    life.record(session, row, Happening.LETTER_PROVIDED, by, {"letter": str(letter_id)})
    mail.tell(session, row, MessageKind.APPLICATION_DECIDED, about=letter_id)
    session.flush()
    return letter


def announced_on(provided: datetime) -> date:
    """The day on which a letter counts as announced: the third day after it was provided."""
    return (provided.astimezone(BERLIN) + ANNOUNCED_AFTER).date()


def download(session: Session, actor: Actor, reference: str, letter_id: UUID, lang: str | None) -> Paper:
    """A letter as PDF/UA; the first time the person fetches it is kept as proof. Raises NotFound, LevelTooLow."""
    row = access.application(session, actor, reference)
    letter = next((each for each in queries.letters_of(session, row.id) if each.id == letter_id), None)
    if letter is None:
        raise NotFound
    if policy.may_send(actor, row):
        first = Letter.first_retrieved_at.is_(None)
        session.execute(update(Letter).where(Letter.id == letter_id, first).values(first_retrieved_at=NOW))
    content = paper.letter_pdf(session, row, letter, lang or row.language)
    return Paper(content=content, media_type=PDF, filename=f"bescheid-{row.reference}.pdf")
