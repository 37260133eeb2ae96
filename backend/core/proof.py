"""Proof of work (altcha): asked only under load, bound to a purpose and an address range, each solution used once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import altcha
from sqlalchemy import TIMESTAMP, LargeBinary, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.clock import NOW, db_now
from backend.core.db import Base, db, reading_engine
from backend.core.errors import ProofRequired, ProofReused
from backend.core.limits import caller_range
from backend.core.security import derived_key

ALGORITHM = "PBKDF2/SHA-256"
COST = 1_000  # iterations of each try
TRIES = (200, 400)  # how many tries one challenge takes: bounded, so that a cheap phone is never unlucky
LIFETIME = timedelta(minutes=5)


class UsedChallenge(Base):
    """A challenge whose solution was accepted; the primary key refuses the second use."""

    __tablename__ = "used_challenge"

    signature: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    used_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True), server_default=NOW, index=True)


_USE = insert(UsedChallenge).on_conflict_do_nothing().returning(UsedChallenge.signature)
_FORGET = text("DELETE FROM used_challenge WHERE used_at < clock_timestamp() - interval '1 hour'")


def new_challenge(purpose: str) -> dict[str, Any]:
    """A signed challenge for one purpose and the caller's range, valid for five minutes (altcha v2 shape)."""
    least, most = TRIES
    made = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=least + secrets.randbelow(most - least),
        expires_at=db_now(db.session) + LIFETIME,
        data={"purpose": purpose, "range": _range_mark()},
        hmac_secret=derived_key("proof-challenge"),
        hmac_key_secret=derived_key("proof-solution"),
    )
    found: dict[str, Any] = made.to_dict()
    return found


def require(purpose: str, payload: str | None) -> None:
    """Accept the solution once, in the caller's transaction.

    Raises ProofRequired (428, with a fresh challenge) when it is missing, wrong, late or meant for something else, and
    ProofReused (409) when it was used before.
    """
    if payload is None or (signature := _verified(purpose, payload)) is None:
        raise ProofRequired(extra={"challenge": new_challenge(purpose)})
    if db.session.execute(_USE, {"signature": signature}).first() is None:
        raise ProofReused


def forget_old() -> None:
    """Delete challenges that could not be used again anyway."""
    with reading_engine().connect() as connection:
        connection.execute(_FORGET)


def _verified(purpose: str, payload: str) -> bytes | None:
    """The challenge's identity if the solution is right, in time and meant for this purpose and range."""
    try:
        parsed = altcha.Payload.from_base64(payload)
        data = parsed.challenge.parameters.data
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    result = altcha.verify_solution(
        payload, derived_key("proof-challenge"), hmac_key_secret=derived_key("proof-solution")
    )
    meant = isinstance(data, Mapping) and data == {"purpose": purpose, "range": _range_mark()}
    if not (result.verified and meant):
        return None
    return hashlib.sha256(str(parsed.challenge.signature).lower().encode()).digest()


def _range_mark() -> str:
    return hashlib.sha256(derived_key("proof-range") + caller_range().encode()).hexdigest()[:16]
