"""Signing out: here at once, at the provider by the way; and the provider's own word that somebody signed out there."""

from __future__ import annotations

from backend.accounts import providers, queries
from backend.accounts.errors import BadLogoutToken, SignInUnavailable
from backend.accounts.models import AccountSession
from backend.accounts.oidc import ProviderDownError
from backend.accounts.service import sessions
from backend.accounts.tokens import TokenError
from backend.accounts.types import Side
from backend.audit import service as audit
from backend.core.access import Actor
from backend.core.clock import AnySession
from backend.core.settings import get_settings


def sign_out(session: AnySession, side: Side, actor: Actor | None, language: str) -> str | None:
    """End the caller's session; where the browser goes to end the provider's too, None when there is nothing to end."""
    hint = _end(session, actor) if actor is not None else None
    sessions.leave(side)
    provider = providers.find(side)
    if hint is None or provider is None:
        return None
    back_to = side.root(language) if side is Side.CITIZEN else f"{side.root(language)}/anmelden"
    return provider.logout_url(hint, f"{get_settings().public_url}{back_to}")


def end_at_provider(session: AnySession, side: Side, token: str) -> None:
    """Carry out a logout token; raises BadLogoutToken for any that is not ours, not fresh or not new."""
    provider = providers.of(side)
    try:
        notice = provider.read_logout_token(token)
    except TokenError as error:
        raise BadLogoutToken from error
    except ProviderDownError as error:
        raise SignInUnavailable(extra={"configured": True}) from error
    if not queries.remember_logout_token(session, provider.issuer, notice.token_id):
        raise BadLogoutToken
    queries.end_at_provider(
        session,
        side=side,
        issuer=provider.issuer,
        subject=notice.subject,
        provider_session=notice.provider_session,
    )


def _end(session: AnySession, actor: Actor) -> str | None:
    """Delete the session; the ID token that it was made from."""
    row = session.get(AccountSession, actor.session_id)
    account = queries.account(session, actor.account_id) if actor.account_id else None
    if row is None or account is None:
        if actor.session_id is not None:
            queries.end_session(session, actor.session_id)
        return None
    hint = sessions.id_token_of(session, row, account)
    queries.end_session(session, row.id)
    audit.record(
        session,
        actor=actor,
        action="account.sign_out",
        object_type="account",
        object_id=account.id,
        about=account.id,
    )
    return hint
