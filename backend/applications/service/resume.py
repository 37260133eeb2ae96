"""Go on elsewhere without an account, also after sending: a link by mail, exchanged once for a guest session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.applications import life, queries, sealed
from backend.applications.errors import LinkSentAgain, NotNow
from backend.applications.models import Application, ApplicationGuest, ResumeLink
from backend.applications.service import access, mail, status
from backend.applications.types import State
from backend.core.access import Actor
from backend.core.clock import NOW, db_now
from backend.core.errors import NotFound
from backend.core.limits import HOUR, MINUTE, Limit
from backend.core.security import format_reference, hash_secret
from backend.notifications.types import MessageKind

SENDING = Limit("sendResumeLink", soft=5, hard=10, per=HOUR)
WRONG = Limit("wrongResumeSecret", soft=10, hard=30, per=MINUTE)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a link opened: a draft by its id, what was sent by its number."""

    service: str
    draft_id: UUID | None
    reference: str | None


def send_link(session: Session, actor: Actor, draft_id: UUID, email: str) -> None:
    """Mail a link to the draft; the address is kept with it for what comes later.

    Raises NotFound, NotNow (it lies in an account, where signing in opens it).
    """
    SENDING.enforce()
    row = access.draft(session, actor, draft_id, lock=True)
    if row.owner_account is not None:
        raise NotNow(extra={"state": row.state, "reason": "in_an_account"})
    document = sealed.document_of(session, row)
    document.email = email
    sealed.write_document(session, row, document)
    life.touch(session, row)
    session.flush()
    _mail_link(session, row)


def send_link_by_code(session: Session, reference: str, code: str) -> None:
    """Mail a link to what was sent without an account, to the address that was given with it.

    Raises NotFound (wrong number or code), NotNow (it lies in an account, or no address was given), TooManyRequests.
    """
    row = status.found(session, reference, code)
    SENDING.enforce()
    if row.owner_account is not None or mail.reachable(session, row) is None:
        raise NotNow(extra={"state": row.state, "reason": "nobody_to_write_to"})
    _mail_link(session, row)


def resume(session: Session, actor: Actor | None, secret: str) -> Opened:
    """Exchange a link for access on this device; a signed-in person takes the application into her account.

    Raises NotFound (nobody's secret, or it is erased), LinkSentAgain (used or too old: a fresh one is mailed).
    """
    WRONG.refuse_if_spent()
    link = session.scalars(
        select(ResumeLink).where(ResumeLink.secret_hash == hash_secret(secret)).with_for_update()
    ).one_or_none()
    row = None if link is None else queries.by_id_unchecked(session, link.application_id, lock=True)
    if link is None or row is None or row.key_id is None or row.owner_account is not None:
        WRONG.enforce()
        raise NotFound
    if link.used_at is not None or link.expires_at <= db_now(session):
        SENDING.enforce()
        _mail_link(session, row)
        raise LinkSentAgain
    link.used_at = db_now(session)
    _let_in(session, actor, row)
    if row.state == State.DRAFT:
        life.touch(session, row)
        session.flush()
        return Opened(service=row.service, draft_id=row.id, reference=None)
    return Opened(service=row.service, draft_id=None, reference=format_reference(row.reference or ""))


def _mail_link(session: Session, row: Application) -> None:
    mail.tell(session, row, MessageKind.APPLICATION_RESUME, about=uuid4())


def _let_in(session: Session, actor: Actor | None, row: Application) -> None:
    if actor is not None and actor.kind == "citizen":
        row.owner_account = actor.account_id
        session.execute(delete(ApplicationGuest).where(ApplicationGuest.application_id == row.id))
        return
    if actor is None:
        actor = accounts.start_guest_session(session)
    known = session.get(ApplicationGuest, (row.id, actor.session_id))
    if known is None:
        session.add(ApplicationGuest(application_id=row.id, session_id=actor.session_id))
        session.flush()


def forget_old(session: Session) -> None:
    """Take links away that nobody needs any more: as long as a draft can live, an old one can still send a new one."""
    session.execute(delete(ResumeLink).where(ResumeLink.expires_at < NOW - timedelta(days=60)))
