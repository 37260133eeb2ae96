"""Go on with a draft on another device without an account: a link by mail, exchanged once for a guest session."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.applications import life, queries, sealed
from backend.applications.errors import LinkSentAgain
from backend.applications.models import Application, ApplicationGuest, ResumeLink
from backend.applications.service import access, draft_view, filling, mail
from backend.applications.types import DraftView, State
from backend.core.access import Actor
from backend.core.clock import NOW, db_now
from backend.core.errors import NotFound
from backend.core.limits import HOUR, MINUTE, Limit
from backend.core.security import hash_secret, new_secret
from backend.notifications.types import MessageKind

LIFETIME = timedelta(minutes=60)
SENDING = Limit("sendResumeLink", soft=5, hard=10, per=HOUR)
WRONG = Limit("wrongResumeSecret", soft=10, hard=30, per=MINUTE)


def send_link(session: Session, actor: Actor, draft_id: UUID, email: str) -> None:
    """Mail a link to the draft; the address is kept with it for what comes later. Raises NotFound."""
    SENDING.enforce()
    row = access.draft(session, actor, draft_id, lock=True)
    document = sealed.document_of(session, row)
    document.email = email
    sealed.write_document(session, row, document)
    life.touch(session, row)
    session.flush()
    _mail_link(session, row)


def resume(session: Session, actor: Actor | None, secret: str) -> DraftView:
    """Exchange a link for access on this device; a signed-in person takes the draft into her account.

    Raises NotFound (nobody's secret, or the draft is over), LinkSentAgain (used or too old: a fresh one is mailed).
    """
    WRONG.refuse_if_spent()
    link = session.scalars(
        select(ResumeLink).where(ResumeLink.secret_hash == hash_secret(secret)).with_for_update()
    ).one_or_none()
    row = None if link is None else queries.by_id_unchecked(session, link.application_id, lock=True)
    if link is None or row is None or row.state != State.DRAFT or row.owner_account is not None:
        WRONG.enforce()
        raise NotFound
    if link.used_at is not None or link.expires_at <= db_now(session):
        SENDING.enforce()
        _mail_link(session, row)
        raise LinkSentAgain
    link.used_at = db_now(session)
    actor = _let_in(session, actor, row)
    life.touch(session, row)
    session.flush()
    return draft_view.view(session, actor, filling.opened(session, row))


def fresh_secret(session: Session, row: Application) -> str:
    """A new link's secret; only its hash is kept."""
    secret = new_secret()
    link = ResumeLink(secret_hash=hash_secret(secret), application_id=row.id, expires_at=db_now(session) + LIFETIME)
    session.add(link)
    session.flush()
    return secret


def _mail_link(session: Session, row: Application) -> None:
    secret = fresh_secret(session, row)
    mail.tell(session, row, MessageKind.APPLICATION_RESUME, about=uuid4(), secrets={"resume": secret})


def _let_in(session: Session, actor: Actor | None, row: Application) -> Actor:
    if actor is not None and actor.kind == "citizen":
        row.owner_account = actor.account_id
        session.execute(delete(ApplicationGuest).where(ApplicationGuest.application_id == row.id))
        return actor
    if actor is None:
        actor = accounts.start_guest_session(session)
    known = session.get(ApplicationGuest, (row.id, actor.session_id))
    if known is None:
        session.add(ApplicationGuest(application_id=row.id, session_id=actor.session_id))
        session.flush()
    return actor


def forget_old(session: Session) -> None:
    """Take links away that nobody needs any more: as long as a draft can live, an old one can still send a new one."""
    session.execute(delete(ResumeLink).where(ResumeLink.expires_at < NOW - timedelta(days=60)))
