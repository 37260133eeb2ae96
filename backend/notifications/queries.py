"""Selects and the guarded updates of the outbox; every update names the state it expects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, true, update
from sqlalchemy.orm import Session, scoped_session

from backend.core.clock import NOW
from backend.core.sql import Asked, Statement
from backend.notifications.models import Message
from backend.notifications.types import FINAL, MessageKind, MessageState

LEASE = timedelta(minutes=2)
NUDGE_AGAIN = timedelta(minutes=2)
SWEEP_LIMIT = 500

AnySession = Session | scoped_session[Session]

_LOCK_CONTACT = Statement("SELECT pg_advisory_xact_lock(hashtextextended(encode(%(key)s::bytea, 'hex'), 0))")
_RECENT = Statement(
    "SELECT due_at FROM message WHERE contact_key = %(key)s::bytea AND due_at > clock_timestamp() - interval '1 day'"
    " AND kind = ANY(%(kinds)s::text[]) AND state <> 'superseded' ORDER BY due_at DESC LIMIT %(most)s::integer"
)
_WAITING = Message.state.in_((MessageState.QUEUED, MessageState.FAILED))
_ABANDONED = and_(Message.state == MessageState.SENDING, Message.lease_until < NOW)


def unsent_secrets_unchecked(session: AnySession, object_id: UUID) -> Sequence[Message]:
    """Messages about an object that still carry secrets, oldest first (their content is never shown to anybody)."""
    return session.scalars(
        select(Message)
        .where(Message.object_id == object_id, Message.sealed.is_not(None))
        .order_by(Message.created_at, Message.id)
    ).all()


def unsent_tried(session: AnySession, object_id: UUID) -> Sequence[Message]:
    """Messages about an object that were tried in vain since the last one went out, oldest first."""
    about = Message.object_id == object_id
    sent = select(func.max(Message.created_at)).where(about, Message.state == MessageState.SENT)
    tried = (MessageState.FAILED, MessageState.DEAD, MessageState.UNKNOWN)
    later = func.coalesce(Message.created_at > sent.scalar_subquery(), true())
    wanted = select(Message).where(about, Message.state.in_(tried), later)
    return session.scalars(wanted.order_by(Message.created_at, Message.id)).all()


def ending(session: AnySession, business_key: str) -> tuple[str, datetime | None] | None:
    """The state of the message of this key and when it came to its end; None when there is no such message."""
    wanted = select(Message.state, Message.finished_at).where(Message.business_key == business_key)
    row = session.execute(wanted).first()
    return None if row is None else (row.state, row.finished_at)


def ask_recent_times(session: AnySession, key: bytes, kinds: Sequence[MessageKind], limit: int) -> Asked:
    """When the last messages of these kinds go or went to a contact, newest first; outdated ones do not count.

    Until the transaction ends only this one counts the messages of the contact.
    """
    _LOCK_CONTACT.ask(session, {"key": key})
    names = f"{{{','.join(kinds)}}}"  # an array as PostgreSQL writes it (plain words only)
    return _RECENT.ask(session, {"key": key, "kinds": names, "most": limit})


def claim(session: AnySession, message_id: UUID) -> Message | None:
    """Take a due or abandoned row for one try, or None; `attempts` of the (detached) row names this try."""
    in_doubt: ColumnElement[bool] = and_(Message.state == MessageState.SENDING, Message.handed_over_at.is_not(None))
    claimed = session.scalars(
        update(Message)
        .where(Message.id == message_id, or_(and_(_WAITING, Message.due_at <= NOW), _ABANDONED))
        .values(
            state=MessageState.SENDING,
            attempts=Message.attempts + 1,
            uncertain=Message.uncertain + case((in_doubt, 1), else_=0),
            lease_until=NOW + LEASE,
            handed_over_at=None,
        )
        .returning(Message)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).one_or_none()
    if claimed is not None:
        session.expunge(claimed)  # a later refresh would show another worker's try as ours
    return claimed


def update_try(session: AnySession, message_id: UUID, attempt: int, **values: Any) -> bool:
    """Write the result of a try; False when the row was taken over meanwhile (the lease ran out)."""
    written = session.execute(
        update(Message)
        .where(Message.id == message_id, Message.state == MessageState.SENDING, Message.attempts == attempt)
        .values(**values)
        .execution_options(synchronize_session=False)
        .returning(Message.id)
    )
    return written.first() is not None


def nudge_due(session: AnySession) -> Sequence[UUID]:
    """Mark due and abandoned rows that no job was queued for lately and return them; locked rows are skipped."""
    since = case((Message.state == MessageState.SENDING, Message.lease_until), else_=Message.due_at)
    due: ColumnElement[bool] = or_(and_(_WAITING, Message.due_at <= NOW), _ABANDONED)
    not_lately = or_(Message.nudged_at.is_(None), Message.nudged_at < since, Message.nudged_at < NOW - NUDGE_AGAIN)
    rows = (
        select(Message.id)
        .where(due, not_lately)
        .order_by(Message.due_at, Message.id)
        .limit(SWEEP_LIMIT)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(
        update(Message)
        .where(Message.id.in_(rows))
        .values(nudged_at=NOW)
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    ).all()


def forget_recipients(session: AnySession, kept: timedelta) -> int:
    """Erase the contact of final messages older than `kept`; the delivery state stays for statistics."""
    erased = session.execute(
        update(Message)
        .where(Message.recipient.is_not(None), Message.created_at < NOW - kept, Message.state.in_(FINAL))
        .values(recipient=None, contact_key=None)
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    )
    return len(erased.all())


def forget_messages(session: AnySession, kept: timedelta) -> int:
    """Delete messages whose contact was erased and whose delivery state is older than `kept`."""
    old = delete(Message).where(Message.recipient.is_(None), Message.created_at < NOW - kept).returning(Message.id)
    return len(session.execute(old.execution_options(synchronize_session=False)).all())


def needing_a_person(session: AnySession, limit: int = 100) -> Sequence[Message]:
    """Dead letters and messages of unknown outcome, newest first."""
    lost = Message.state.in_((MessageState.DEAD, MessageState.UNKNOWN))
    return session.scalars(
        select(Message).where(lost).order_by(Message.finished_at.desc(), Message.id).limit(limit)
    ).all()


def counts(session: AnySession) -> dict[str, int]:
    """How many messages are in each state."""
    rows = session.execute(
        select(Message.state, func.count().label("number")).group_by(Message.state).order_by(Message.state)
    )
    return {row.state: row.number for row in rows}
