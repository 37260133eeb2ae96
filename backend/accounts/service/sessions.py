"""Sessions: found by the cookie, kept alive by use, with a new id at each sign-in, listed and ended by people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from flask import Request, g

from backend.accounts import cookies, queries, rules
from backend.accounts.models import Account, AccountSession
from backend.accounts.types import Identity, SessionKind, SessionView, Side
from backend.core import keyring, transaction
from backend.core.access import Access, Actor, Level, training_office
from backend.core.clock import AnySession, db_now
from backend.core.db import db
from backend.core.errors import Unauthenticated
from backend.core.security import hash_secret, new_secret
from backend.core.sql import Loan

WARNING = timedelta(minutes=5)
WATCHING = "X-Amtsweg-Watch"  # a page that looks for news by itself: nobody works there


def load(request: Request, rule: Access | None) -> Actor | None:
    """Who is calling, by the cookie of the route's side; only what a person does at such a route keeps it alive."""
    staff_only = rule is not None and rule.kind == "staff"
    demanded = rule is not None and rule.kind in {"citizen", "staff"}
    return look(Side.STAFF if staff_only else Side.CITIZEN, use=demanded and WATCHING not in request.headers)


def look(side: Side, *, use: bool) -> Actor | None:
    """The actor of a side's cookie; runs outside the request's transaction."""
    secret = cookies.read(side.cookie)
    return None if secret is None else transaction.run(lambda: _find(secret, side, use=use), repeatable=True)


def open_session(
    session: AnySession, side: Side, account: Account, identity: Identity, device: str | None
) -> AccountSession:
    """A new session of a person, with a new cookie; beyond five the one that rested longest ends."""
    now = db_now(session)
    made = AccountSession(id=uuid4(), kind=side.value, account_id=account.id, device=device, created_at=now)
    made.absolute_until = now + side.absolute
    secret = _prove(session, made, side, account, identity, now)
    session.add(made)
    session.flush()
    queries.end_surplus(session, account.id, rules.MOST_SESSIONS)
    cookies.give_session(side.cookie, secret)
    return made


def raise_session(session: AnySession, side: Side, row: AccountSession, account: Account, identity: Identity) -> None:
    """The person proved more: the same session under a new id; its absolute end stays."""
    secret = _prove(session, row, side, account, identity, db_now(session))
    session.flush()
    cookies.give_session(side.cookie, secret)


def open_guest_session(session: AnySession, device: str | None) -> Actor:
    """A session without an account, for the drafts that it makes or resumes."""
    now, secret = db_now(session), new_secret()
    side = Side.CITIZEN
    made = AccountSession(
        id=uuid4(), id_hash=hash_secret(secret), kind=SessionKind.GUEST.value, level="none", device=device,
        created_at=now, seen_at=now, expires_at=now + side.idle, absolute_until=now + side.absolute,
    )  # fmt: skip
    session.add(made)
    session.flush()
    cookies.give_session(side.cookie, secret)
    return Actor(kind="guest", session_id=made.id)


def actor_of(row: AccountSession, account: Account) -> Actor:
    """The actor that a session with an account makes."""
    return Actor(
        kind="staff" if row.kind == SessionKind.STAFF else "citizen",
        account_id=account.id, session_id=row.id, level=cast(Level, row.level), method=row.method,
        name=full_name(account.given_name, account.family_name), issuer=account.issuer, subject=account.subject,
        roles=frozenset(row.roles), offices=_offices(row), training=row.training,
    )  # fmt: skip


def full_name(given: str | None, family: str | None) -> str | None:
    """A person's name as one text; people with one name have no given name."""
    return " ".join(part for part in (given, family) if part) or None


def extend(session: AnySession, side: Side, actor: Actor) -> None:
    """The person wants to stay; raises Unauthenticated when the session ended meanwhile."""
    found = queries.session_by_id(session, actor.session_id) if actor.session_id else None
    if found is None:
        raise Unauthenticated
    found.seen_at = db_now(session)
    found.expires_at = min(found.seen_at + side.idle, found.absolute_until)
    session.flush()


def train(session: AnySession, actor: Actor, *, on: bool) -> None:
    """Begin or end training in the caller's session of staff; it ends with the session. Raises Unauthenticated."""
    found = queries.session_by_id(session, actor.session_id) if actor.session_id else None
    if found is None or found.kind != SessionKind.STAFF:
        raise Unauthenticated
    found.training = on
    session.flush()


def view(session: AnySession, actor: Actor) -> SessionView:
    """The caller's own session; raises Unauthenticated when it ended meanwhile."""
    row = session.get(AccountSession, actor.session_id, populate_existing=True)
    if row is None:
        raise Unauthenticated
    return _view(row, actor)


def list_sessions(session: AnySession, actor: Actor) -> Sequence[SessionView]:
    """All live sessions of a person; a guest has the one."""
    if actor.account_id is None:
        return [view(session, actor)]
    return [_view(row, actor) for row in queries.sessions_of(session, actor.account_id)]


def end_others(session: AnySession, actor: Actor) -> int:
    """End all other sessions of the person; how many there were."""
    return 0 if actor.account_id is None else queries.end_sessions_of(session, actor.account_id, but=actor.session_id)


def leave(side: Side) -> None:
    """Let the browser forget a session that is no more."""
    cookies.end_session(side.cookie)
    g.actor = None


def id_token_of(session: AnySession, row: AccountSession, account: Account) -> str | None:
    """The ID token of a session's sign-in, the hint for signing out at the provider."""
    if row.id_token is None:
        return None
    return keyring.unseal(session, account.key_id, row.id_token, context=_token_place(row.id)).decode()


def _find(secret: str, side: Side, *, use: bool) -> Actor | None:
    with Loan(db.engine) as loan:
        row = queries.find_session(loan, hash_secret(secret), side)
        if row is not None and use and row.resting:
            queries.slide(loan, row.id, side)
    return None if row is None else _actor(row)


def _actor(row: Any) -> Actor:
    return Actor(
        kind=row.kind, account_id=row.account_id, session_id=row.id, level=row.level, method=row.method,
        name=full_name(row.given_name, row.family_name), issuer=row.issuer, subject=row.subject,
        roles=frozenset(row.roles), offices=_offices(row), training=row.training,
    )  # fmt: skip


def _offices(row: Any) -> frozenset[str]:
    """The offices that the issuer named; while somebody trains, only the one of her exercises."""
    return frozenset((training_office(row.account_id),)) if row.training else frozenset(row.offices)


def _prove(
    session: AnySession, row: AccountSession, side: Side, account: Account, identity: Identity, now: datetime
) -> str:
    """Write down what was just proved, under a new secret; the secret."""
    secret = new_secret()
    row.id_hash = hash_secret(secret)
    row.level, row.method, row.auth_time = identity.level, next(iter(identity.methods), None), identity.auth_time
    row.provider_session = identity.provider_session
    row.seen_at, row.expires_at = now, min(now + side.idle, row.absolute_until)
    row.roles = rules.roles_of(rules.texts(identity.claims.get("roles"))) if side is Side.STAFF else []
    row.offices = rules.texts(identity.claims.get("offices")) if side is Side.STAFF else []
    row.id_token = keyring.seal(session, account.key_id, identity.id_token.encode(), context=_token_place(row.id))
    return secret


def _view(row: AccountSession, actor: Actor) -> SessionView:
    return SessionView(
        id=row.id, kind=SessionKind(row.kind), level=cast(Level, row.level), method=row.method, name=actor.name,
        created_at=row.created_at, seen_at=row.seen_at, expires_at=row.expires_at, absolute_until=row.absolute_until,
        device=row.device, current=row.id == actor.session_id,
    )  # fmt: skip


def _token_place(session_id: UUID) -> str:
    return f"account_session.id_token:{session_id}:1"
