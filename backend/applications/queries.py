"""Selects of applications: those for a person take the actor, the others say `unchecked` or start from a known row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.applications.models import (
    Application,
    ApplicationEvent,
    ApplicationGuest,
    IssuedDocument,
    Letter,
    Note,
    PowerOfAttorney,
    Request,
)
from backend.applications.types import By, Event, Happening, State
from backend.core.access import Actor
from backend.core.clock import NOW, TODAY, AnySession

MOST_LISTED = 200


def mine(actor: Actor | None) -> ColumnElement[bool]:
    """The applications a caller owns: by account, or by a guest session that was given one."""
    if actor is None:
        return false()
    if actor.kind == "citizen" and actor.account_id is not None:
        return Application.owner_account == actor.account_id
    if actor.kind == "guest" and actor.session_id is not None:
        held = select(ApplicationGuest.application_id).where(ApplicationGuest.session_id == actor.session_id)
        return Application.id.in_(held)
    return false()


def helped(actor: Actor | None) -> ColumnElement[bool]:
    """The applications a caller fills for somebody else, as long as the power of attorney lives."""
    if actor is None or actor.kind != "citizen" or actor.account_id is None:
        return false()
    living = exists().where(
        PowerOfAttorney.id == Application.power_id,
        PowerOfAttorney.helper == actor.account_id,
        PowerOfAttorney.revoked_at.is_(None),
        PowerOfAttorney.valid_until >= TODAY,
    )
    return and_(Application.helper_account == actor.account_id, living)


def by_id(session: Session, actor: Actor | None, application_id: UUID, *, lock: bool) -> Application | None:
    """An application that is the caller's, as owner or helper."""
    return _one(session, and_(Application.id == application_id, or_(mine(actor), helped(actor))), lock=lock)


def by_reference(session: Session, actor: Actor | None, reference: str, *, lock: bool) -> Application | None:
    """The same by the stored reference."""
    return _one(session, and_(Application.reference == reference, or_(mine(actor), helped(actor))), lock=lock)


def by_id_unchecked(session: Session, application_id: UUID, *, lock: bool = False) -> Application | None:
    """An application by id, for work that no caller asked for (jobs, listeners, staff services)."""
    return _one(session, Application.id == application_id, lock=lock)


def by_reference_unchecked(session: Session, reference: str, *, lock: bool = False) -> Application | None:
    """An application by its stored reference, likewise."""
    return _one(session, Application.reference == reference, lock=lock)


def lock(session: AnySession, application_id: UUID) -> None:
    """Lock an application's row until the transaction ends."""
    session.execute(select(Application.id).where(Application.id == application_id).with_for_update())


def list_of(session: Session, actor: Actor, *, drafts: bool) -> Sequence[Application]:
    """What a caller owns or fills, newest change first: drafts, or what was sent."""
    wanted = Application.state == State.DRAFT if drafts else Application.state != State.DRAFT
    return session.scalars(
        select(Application)
        .where(or_(mine(actor), helped(actor)), wanted, Application.erased_at.is_(None))
        .order_by(Application.touched_at.desc(), Application.id)
        .limit(MOST_LISTED)
    ).all()


def open_drafts(session: Session, actor: Actor, service: str) -> int:
    """How many drafts of a service a caller has."""
    counted = select(func.count()).where(
        or_(mine(actor), helped(actor)),
        Application.state == State.DRAFT,
        Application.service == service,
        Application.erased_at.is_(None),
    )
    return session.execute(counted).scalar_one()


def events_of(session: Session, application_id: UUID) -> list[Event]:
    """All that happened to an application, oldest first."""
    rows = session.execute(
        select(ApplicationEvent.type, ApplicationEvent.by, ApplicationEvent.at, ApplicationEvent.data)
        .where(ApplicationEvent.application_id == application_id)
        .order_by(ApplicationEvent.id)
    )
    return [Event(type=Happening(row.type), by=By(row.by), at=row.at, data=row.data) for row in rows]


def events_of_many(session: Session, application_ids: Sequence[UUID]) -> dict[UUID, list[Event]]:
    """The same for the applications of a list, in one query."""
    found: dict[UUID, list[Event]] = {each: [] for each in application_ids}
    rows = session.execute(
        select(
            ApplicationEvent.application_id,
            ApplicationEvent.type,
            ApplicationEvent.by,
            ApplicationEvent.at,
            ApplicationEvent.data,
        )
        .where(ApplicationEvent.application_id.in_(found))
        .order_by(ApplicationEvent.id)
    )
    for row in rows:
        found[row.application_id].append(Event(type=Happening(row.type), by=By(row.by), at=row.at, data=row.data))
    return found


def requests_of(session: Session, application_id: UUID) -> Sequence[Request]:
    """The office's requests, oldest first."""
    wanted = select(Request).where(Request.application_id == application_id)
    return session.scalars(wanted.order_by(Request.opened_at, Request.id)).all()


def notes_of(session: Session, application_id: UUID) -> Sequence[Note]:
    """The dialogue, oldest first."""
    wanted = select(Note).where(Note.application_id == application_id)
    return session.scalars(wanted.order_by(Note.written_at, Note.id)).all()


def letters_of(session: Session, application_id: UUID) -> Sequence[Letter]:
    """The letters, oldest first."""
    wanted = select(Letter).where(Letter.application_id == application_id)
    return session.scalars(wanted.order_by(Letter.provided_at, Letter.id)).all()


def receipt_of(session: Session, application_id: UUID) -> IssuedDocument | None:
    """The receipt that counts: that of the last time it was sent."""
    wanted = select(IssuedDocument).where(
        IssuedDocument.application_id == application_id,
        IssuedDocument.kind == "receipt",
        IssuedDocument.void_at.is_(None),
    )
    return session.scalars(wanted.order_by(IssuedDocument.issued_at.desc(), IssuedDocument.id).limit(1)).first()


def due_unchecked(session: Session, column: InstrumentedAttribute[datetime | None], limit: int) -> Sequence[UUID]:
    """Ids of living applications whose date in a column is over, locked; rows in work are skipped."""
    return session.scalars(
        select(Application.id)
        .where(column <= NOW, Application.erased_at.is_(None))
        .order_by(column, Application.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def _one(session: Session, wanted: ColumnElement[bool], *, lock: bool) -> Application | None:
    found = select(Application).where(wanted, Application.erased_at.is_(None))
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).one_or_none()
