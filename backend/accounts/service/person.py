"""What the service account says about a person: names in the clear, all else sealed with the account's own key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

from backend.accounts import queries, rules
from backend.accounts.models import Account
from backend.accounts.types import Address, Claim, Identity, Profile, Side
from backend.core import keyring
from backend.core.access import Level, reaches
from backend.core.clock import AnySession, db_now
from backend.core.errors import NotFound

SOURCE = "service_account"


def remember(session: AnySession, side: Side, identity: Identity, language: str) -> Account:
    """The person's account with what this sign-in says; made at the first one. What an earlier one said is gone."""
    queries.lock_person(session, identity.issuer, identity.subject)
    found = queries.account_of(session, identity.issuer, identity.subject)
    if found is None:
        found = Account(
            id=uuid4(), side=side.value, issuer=identity.issuer, subject=identity.subject,
            key_id=keyring.new_key(session),
        )  # fmt: skip
        session.add(found)
    kept = rules.person_claims(identity.claims)
    found.given_name, found.family_name = (kept.pop(name, None) for name in rules.NAMES)
    found.language, found.level = language, identity.level
    found.claims_at = found.last_seen_at = db_now(session)
    found.warned_at = None
    found.claims = keyring.seal(session, found.key_id, json.dumps(kept).encode(), context=_place(found.id))
    session.flush()
    return found


def profile(session: AnySession, account_id: UUID, *, level: str | None = None) -> Profile:
    """What is known of a person; raises NotFound.

    `level`: of the session that will see it. Claims that were said at a higher level are left out then, as the one who
    is signed in now proved less.
    """
    account = queries.account(session, account_id)
    if account is None:
        raise NotFound
    return profile_of(session, account, level=level)


def profile_of(session: AnySession, account: Account, *, level: str | None = None) -> Profile:
    """Likewise, of an account that was read."""
    open_to = level is None or reaches(level, account.level)
    claims = claims_of(session, account) if open_to else {}
    return Profile(
        account_id=account.id,
        given_name=account.given_name,
        family_name=account.family_name,
        birth_name=claims.get("birth_family_name"),
        birth_date=_date(claims.get("birthdate")),
        address=_address(claims.get("address")),
        email=claims.get("email"),
        mailbox_handle=claims.get("mailbox_handle"),
        level=cast(Level, account.level),
        electronic_delivery=account.electronic_delivery,
        claims=_listed(account, claims),
    )


def claims_of(session: AnySession, account: Account) -> Mapping[str, Any]:
    """The sealed claims of an account."""
    if account.claims is None:
        return {}
    plain = keyring.unseal(session, account.key_id, account.claims, context=_place(account.id))
    return cast(Mapping[str, Any], json.loads(plain))


def _listed(account: Account, claims: Mapping[str, Any]) -> tuple[Claim, ...]:
    names = {"given_name": account.given_name, "family_name": account.family_name}
    at = account.claims_at or account.created_at
    known = {**names, **claims}
    return tuple(Claim(name=name, value=known[name], source=SOURCE, asserted_at=at) for name in known if known[name])


def _address(parts: Mapping[str, str] | None) -> Address | None:
    if not parts:
        return None
    street, number = rules.street_and_number(parts.get("street_address"))
    return Address(
        street=street,
        house_number=parts.get("house_number", number),
        postcode=parts.get("postal_code"),
        city=parts.get("locality"),
        country=parts.get("country"),
    )


def _date(text: str | None) -> date | None:
    """A birth date; people whose day or month is unknown have none that a calendar knows."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _place(account_id: UUID) -> str:
    return f"account.claims:{account_id}:1"
