"""My data: what is stored about a person, where each value came from, who looked at it, what deleting would mean."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit
from uuid import UUID

from backend.accounts import queries
from backend.accounts.models import Account
from backend.accounts.service import farewell, person, ties
from backend.accounts.types import Delivery, MyData
from backend.audit import service as audit
from backend.audit.types import Look
from backend.core.access import Actor, reaches
from backend.core.clock import AnySession, db_now
from backend.core.errors import Unauthenticated


def my_data(session: AnySession, actor: Actor, language: str) -> MyData:
    """Everything stored about the caller; claims said at a higher level than this session's are held back."""
    account = own_account(session, actor)
    told = ((tie.name, tie.tell(session, actor, language)) for tie in ties.sections())
    return MyData(
        issuer=urlsplit(account.issuer).hostname or account.issuer,
        level=account.level,
        held_back=not reaches(actor.level, account.level),
        created_at=account.created_at,
        last_seen_at=account.last_seen_at,
        claims=person.profile_of(session, account, level=actor.level).claims,
        delivery=Delivery(account.electronic_delivery, account.electronic_delivery_at),
        sections=tuple((name, section) for name, section in told if section is not None),
        looks=tuple(_looks(session, account.id, language)),
        consequences=tuple(farewell.consequences(session, account.id)),
    )


def own_copy(session: AnySession, actor: Actor, language: str) -> MyData:
    """The same with all content: what the person wrote and what she was written."""
    data = my_data(session, actor, language)
    whole = [found for source in ties.copy_sources() for found in source(session, actor, language)]
    return replace(data, sections=(*data.sections, *whole))


def set_electronic_delivery(session: AnySession, actor: Actor, *, allowed: bool) -> Delivery:
    """Whether decisions may be announced in the portal (§ 9 OZG: yes, unless the person says no); for future ones."""
    account = own_account(session, actor)
    if account.electronic_delivery != allowed or account.electronic_delivery_at is None:
        account.electronic_delivery, account.electronic_delivery_at = allowed, db_now(session)
        session.flush()
        write_down(session, actor, "electronic_delivery", {"allowed": allowed})
    return Delivery(account.electronic_delivery, account.electronic_delivery_at)


def own_account(session: AnySession, actor: Actor) -> Account:
    """The caller's account; raises Unauthenticated for guests and when it was deleted meanwhile."""
    found = queries.account(session, actor.account_id) if actor.account_id else None
    if found is None:
        raise Unauthenticated
    return found


def write_down(session: AnySession, actor: Actor, verb: str, payload: dict[str, object] | None = None) -> None:
    """An audit entry about the caller's own account."""
    mine = actor.account_id
    audit.record(
        session,
        actor=actor,
        action=f"account.{verb}",
        object_type="account",
        object_id=mine,
        payload=payload,
        about=mine,
    )


def _looks(session: AnySession, account_id: UUID, language: str) -> list[Look]:
    """Who looked at what: every object is called by the name that the person knows it by."""
    named = {key: name for each in ties.object_sources() for key, name in each(session, account_id, language).items()}
    found = audit.looks(session, account_id=account_id, objects=list(named))
    return [replace(look, name=named.get((look.object_type, look.object_id))) for look in found]
