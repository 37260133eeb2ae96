"""The end of an account: by its person at once, or by itself after a year without use that was announced."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from backend.accounts import providers, queries
from backend.accounts.errors import AccountInUse
from backend.accounts.models import Account, AccountSession
from backend.accounts.service import sessions, ties
from backend.accounts.types import Consequence, Side
from backend.audit import service as audit
from backend.core import keyring
from backend.core.access import SYSTEM, Actor
from backend.core.clock import AnySession
from backend.core.errors import Unauthenticated
from backend.core.settings import get_settings


def consequences(session: AnySession, account_id: UUID) -> list[Consequence]:
    """What the end of this account means for what belongs to it."""
    return [found for each in ties.farewells() for found in each.consequences(session, account_id)]


def delete_account(session: AnySession, actor: Actor, language: str) -> str | None:
    """Erase the caller's account; where the browser goes to end the provider's session too.

    Raises AccountInUse while something of the person must go on, Unauthenticated.
    """
    account = queries.account(session, actor.account_id, lock=True) if actor.account_id else None
    row = session.get(AccountSession, actor.session_id)
    if account is None or row is None:
        raise Unauthenticated
    hint, provider = sessions.id_token_of(session, row, account), providers.find(Side.CITIZEN)
    blocked = [found for found in consequences(session, account.id) if found.blocks]
    if blocked:
        reasons = [{"code": found.code, "count": found.count} for found in blocked]
        raise AccountInUse(extra={"reasons": reasons})
    _erase(session, account, actor)
    sessions.leave(Side.CITIZEN)
    return provider.logout_url(hint, f"{get_settings().public_url}/{language}") if provider and hint else None


def end_idle_account(session: AnySession, account: Account) -> bool:
    """Erase an account that nobody used; False while something of it must go on."""
    if any(found.blocks for found in consequences(session, account.id)):
        return False
    _erase(session, account, SYSTEM)
    return True


def erase_again(session: AnySession, key_id: UUID) -> bool:
    """Erase an account that a restored copy brought back, by its key; False when no account has this key."""
    account = session.scalars(select(Account).where(Account.key_id == key_id).with_for_update()).one_or_none()
    if account is not None:
        _erase(session, account, SYSTEM)
    return account is not None


def _erase(session: AnySession, account: Account, actor: Actor) -> None:
    """Rooms above first, then the row with its sessions, then the key: what it sealed is gone, wherever it lies."""
    for each in ties.farewells():
        each.forget(session, account.id)
    session.delete(account)
    session.flush()
    keyring.destroy(session, account.key_id)
    audit.record(
        session,
        actor=actor,
        action="account.delete",
        object_type="account",
        object_id=account.id,
        about=account.id,
    )
