"""Selects and guarded writes of sessions, sign-ins and accounts; sessions live by the database's clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from backend.accounts.models import Account, AccountSession, LogoutToken, SignIn
from backend.accounts.types import Side
from backend.core.clock import NOW, AnySession
from backend.core.sql import Loan, Statement

SLIDE_AFTER = "30 seconds"

_FIND = Statement(
    "SELECT s.id, s.kind, s.account_id, s.level, s.method, s.roles, s.offices, s.training, a.issuer, a.subject,"  # noqa: S608 - a constant
    f" a.given_name, a.family_name, s.seen_at < clock_timestamp() - interval '{SLIDE_AFTER}' AS resting"
    " FROM account_session s LEFT JOIN account a ON a.id = s.account_id"
    " WHERE s.id_hash = %(hash)s::bytea AND (s.kind = 'staff') = %(staff)s::boolean"
    " AND s.expires_at > clock_timestamp()"
)
_SLIDE = Statement(
    "UPDATE account_session SET seen_at = t, expires_at = least(t + %(idle)s::interval, absolute_until)"
    " FROM clock_timestamp() AS t WHERE id = %(id)s::uuid AND expires_at > t RETURNING id"
)
_LOCK_PERSON = Statement("SELECT pg_advisory_xact_lock(hashtextextended(%(person)s::text, 0))")
_END_AT_PROVIDER = text(
    "DELETE FROM account_session s USING account a WHERE a.id = s.account_id AND a.issuer = :issuer AND a.side = :side"
    " AND (CAST(:subject AS text) IS NULL OR a.subject = :subject)"
    " AND (CAST(:provider_session AS text) IS NULL OR s.provider_session = :provider_session)"
)
_LIVE = AccountSession.expires_at > NOW


def find_session(loan: Loan, id_hash: bytes, side: Side) -> Any:
    """The live session of a cookie with its person, and whether it rested so long that using it is worth a write."""
    return _FIND.on(loan, {"hash": id_hash, "staff": side is Side.STAFF})


def slide(loan: Loan, session_id: UUID, side: Side) -> None:
    """A session that is used lives on, but not beyond its absolute end."""
    _SLIDE.on(loan, {"id": session_id, "idle": side.idle})


def session_by_id(session: AnySession, session_id: UUID) -> AccountSession | None:
    """A live session, locked against the twin of this request."""
    found = select(AccountSession).where(AccountSession.id == session_id, _LIVE)
    return session.scalars(found.with_for_update().execution_options(populate_existing=True)).one_or_none()


def sessions_of(session: AnySession, account_id: UUID) -> Sequence[AccountSession]:
    """A person's live sessions, the one used last first."""
    mine = select(AccountSession).where(AccountSession.account_id == account_id, _LIVE)
    return session.scalars(mine.order_by(AccountSession.seen_at.desc(), AccountSession.id)).all()


def end_session(session: AnySession, session_id: UUID) -> None:
    """The next call with its cookie is nobody's."""
    session.execute(delete(AccountSession).where(AccountSession.id == session_id))


def end_sessions_of(session: AnySession, account_id: UUID, *, but: UUID | None = None) -> int:
    """End all sessions of a person but one; how many there were."""
    mine = delete(AccountSession).where(AccountSession.account_id == account_id)
    ended = session.execute((mine if but is None else mine.where(AccountSession.id != but)).returning(NOW))
    return len(ended.all())


def end_surplus(session: AnySession, account_id: UUID, most: int) -> None:
    """Keep the `most` sessions that were used last."""
    mine = select(AccountSession.id).where(AccountSession.account_id == account_id)
    surplus = mine.order_by(AccountSession.seen_at.desc(), AccountSession.id).offset(most)
    session.execute(delete(AccountSession).where(AccountSession.id.in_(surplus)))


def end_at_provider(
    session: AnySession, *, side: Side, issuer: str, subject: str | None, provider_session: str | None
) -> None:
    """End what the provider signed out: one of its sessions, or all of a person."""
    values = {"side": side.value, "issuer": issuer, "subject": subject, "provider_session": provider_session}
    session.execute(_END_AT_PROVIDER, values)


def remember_logout_token(session: AnySession, issuer: str, token_id: str) -> bool:
    """False when this token was carried out before."""
    row = insert(LogoutToken).values(issuer=issuer, token_id=token_id).on_conflict_do_nothing()
    return session.scalar(row.returning(LogoutToken.token_id)) is not None


def take_sign_in(session: AnySession, id_hash: bytes) -> SignIn | None:
    """The sign-in of a cookie, taken out for good; None when it is unknown, used or too old."""
    taken = delete(SignIn).where(SignIn.id_hash == id_hash).returning(SignIn, SignIn.expires_at > NOW)
    row = session.execute(taken).one_or_none()
    return row[0] if row is not None and row[1] else None


def lock_person(session: AnySession, issuer: str, subject: str) -> None:
    """Two sign-ins of one person come one after the other, also when the person is new."""
    _LOCK_PERSON.execute(session, {"person": f"{issuer}\n{subject}"})


def account_of(session: AnySession, issuer: str, subject: str) -> Account | None:
    """The account of a person."""
    return session.scalars(select(Account).where(Account.issuer == issuer, Account.subject == subject)).one_or_none()


def account(session: AnySession, account_id: UUID, *, lock: bool = False) -> Account | None:
    """An account by its id."""
    wanted = select(Account).where(Account.id == account_id)
    return session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()


def forget_ended(session: AnySession) -> None:
    """Remove sessions and sign-ins a day after their end, and logout tokens that are too old to be believed again."""
    day = text("interval '1 day'")
    session.execute(delete(AccountSession).where(AccountSession.expires_at < func.clock_timestamp() - day))
    session.execute(delete(SignIn).where(SignIn.expires_at < func.clock_timestamp() - day))
    session.execute(delete(LogoutToken).where(LogoutToken.seen_at < func.clock_timestamp() - day))


def idle_unwarned(session: AnySession, idle: timedelta, most: int) -> Sequence[Account]:
    """Accounts that nobody used for so long and whose people were not told, the oldest first."""
    unused = select(Account).where(Account.last_seen_at < NOW - idle, Account.warned_at.is_(None))
    return _locked(session, unused, most)


def idle_over(session: AnySession, idle: timedelta, notice: timedelta, most: int) -> Sequence[Account]:
    """Accounts that nobody used for so long although their people were told long enough ago, the oldest first."""
    over = select(Account).where(Account.last_seen_at < NOW - idle, Account.warned_at < NOW - notice)
    return _locked(session, over, most)


def _locked(session: AnySession, wanted: Select[Account], most: int) -> Sequence[Account]:
    in_order = wanted.order_by(Account.last_seen_at, Account.id).limit(most)
    return session.scalars(in_order.with_for_update(skip_locked=True)).all()
