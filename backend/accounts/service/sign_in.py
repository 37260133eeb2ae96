"""Signing in: out to the provider with a cookie in hand, back with a code, once; a new session id each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog
from flask import g

from backend.accounts import cookies, providers, queries, rules
from backend.accounts.errors import SignInUnavailable
from backend.accounts.models import Account, AccountSession, SignIn
from backend.accounts.oidc import Handshake, Provider, ProviderDownError, RefusedError
from backend.accounts.service import person, sessions, ties
from backend.accounts.types import Identity, Outcome, ReturnPage, ReturnTo, Side
from backend.audit import service as audit
from backend.core import transaction
from backend.core.access import Actor, reaches
from backend.core.clock import AnySession, db_now
from backend.core.security import hash_secret, new_secret

LASTS = timedelta(seconds=cookies.SIGN_IN_SECONDS)
ERRORS = {
    "access_denied": Outcome.CANCELLED,
    "interaction_required": Outcome.CANCELLED,
    "unmet_authentication_requirements": Outcome.LEVEL,
    "temporarily_unavailable": Outcome.UNAVAILABLE,
    "server_error": Outcome.UNAVAILABLE,
}
log = structlog.get_logger("amtsweg.accounts")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a sign-in is for: the level that is needed, where to go afterwards, in which language."""

    side: Side
    level: str
    to: ReturnTo
    language: str


def start(session: AnySession, wish: Wish, *, step_up: Actor | None = None, again: bool = False) -> str:
    """Where the browser goes to sign in; the session of a step-up stays as it is until more was proved.

    `again`: the provider asks also who is signed in there. Raises SignInUnavailable.
    """
    provider, secret = providers.of(wish.side), new_secret()
    try:
        location = provider.authorization_url(
            Handshake.of(secret), level=wish.level, again=again or step_up is not None, language=wish.language
        )
    except ProviderDownError as error:
        raise SignInUnavailable(extra={"configured": True}) from error
    session.add(
        SignIn(
            id_hash=hash_secret(secret), side=wish.side.value, level=wish.level, language=wish.language,
            return_page=wish.to.page.value, return_params=dict(wish.to.params),
            step_up_session=step_up.session_id if step_up else None, expires_at=db_now(session) + LASTS,
        )
    )  # fmt: skip
    session.flush()
    cookies.give_sign_in(secret)
    return location


def finish(session: AnySession, side: Side, answer: Mapping[str, str], *, language: str, device: str | None) -> str:
    """The portal's address after the provider sent the browser back, whatever came of it.

    The sign-in is used up before anything else happens, and no database connection is held while the provider talks.
    """
    secret = cookies.read(cookies.SIGN_IN)
    row = queries.take_sign_in(session, hash_secret(secret)) if secret else None
    session.commit()
    cookies.end_sign_in()
    if secret is None or row is None:
        return rules.outcome_address(side.root(language), Outcome.EXPIRED, ReturnTo(), "basic")
    wish = _wish(row)
    provider = providers.find(side)
    if wish.side is not side or provider is None:
        return _ended(wish, Outcome.FAILED, "side")
    if "error" in answer:
        return _ended(wish, ERRORS.get(answer["error"], Outcome.FAILED), "answer")
    try:
        identity = provider.identify(answer, Handshake.of(secret), again=row.step_up_session is not None)
    except RefusedError as error:
        return _ended(wish, Outcome.FAILED, str(error))
    except ProviderDownError as error:
        return _ended(wish, Outcome.UNAVAILABLE, str(error))
    return transaction.run(partial(_let_in, session, wish, row, identity, device), repeatable=False)


def provider_of(side: Side) -> Provider | None:
    """The provider of a side, None when nobody can sign in here."""
    return providers.find(side)


def _let_in(session: AnySession, wish: Wish, row: SignIn, identity: Identity, device: str | None) -> str:
    """Session and account in one transaction; which page comes next."""
    if wish.side is Side.STAFF and not _may_be_staff(identity):
        return _ended(wish, Outcome.FAILED, "no role or no second factor")
    before = sessions.look(wish.side, use=False)
    account = person.remember(session, wish.side, identity, wish.language)
    raised = _stepped_up(session, row, wish, account, identity)
    if raised is None and row.step_up_session is not None:
        session.rollback()
        return _ended(wish, Outcome.FAILED, "another person")
    if raised is None:
        if before is not None and before.session_id is not None:
            queries.end_session(session, before.session_id)
        raised = sessions.open_session(session, wish.side, account, identity, device)
    actor = sessions.actor_of(raised, account)
    for listener in ties.sign_in_listeners():
        listener(session, before, actor)
    _write_down(session, "step_up" if row.step_up_session else "sign_in", actor)
    session.commit()
    g.actor = actor
    if not reaches(actor.level, wish.level):
        return _ended(wish, Outcome.LEVEL, "level")
    return rules.return_address(wish.side.root(wish.language), wish.to)


def _stepped_up(
    session: AnySession, row: SignIn, wish: Wish, account: Account, identity: Identity
) -> AccountSession | None:
    """The session of a step-up, raised if the same person proved at least as much as before; None if it is not hers."""
    if row.step_up_session is None:
        return None
    found = queries.session_by_id(session, row.step_up_session)
    if found is None or found.account_id != account.id:
        return None
    if reaches(identity.level, found.level):
        sessions.raise_session(session, wish.side, found, account, identity)
    return found


def _write_down(session: AnySession, what: str, actor: Actor) -> None:
    audit.record(
        session,
        actor=actor,
        action=f"account.{what}",
        object_type="account",
        object_id=actor.account_id,
        payload={"level": actor.level, "method": actor.method},
        about=actor.account_id,
    )


def _may_be_staff(identity: Identity) -> bool:
    """Staff have a role and proved it with a second factor."""
    roles = rules.roles_of(rules.texts(identity.claims.get("roles")))
    return bool(roles) and ("mfa" in identity.methods or reaches(identity.level, "substantial"))


def _wish(row: SignIn) -> Wish:
    to = ReturnTo(page=ReturnPage(row.return_page), params=row.return_params)
    return Wish(side=Side(row.side), level=row.level, to=to, language=row.language)


def _ended(wish: Wish, outcome: Outcome, rule: str) -> str:
    log.info("sign_in_ended", state=outcome.value, fault=rule)
    return rules.outcome_address(wish.side.root(wish.language), outcome, wish.to, wish.level)
