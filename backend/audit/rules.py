"""The digests of the chain, on plain values: content (erasable), entry, seal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from backend.audit.types import Payload, Row

GENESIS = bytes(32)
_COVERED = (
    "id", "xid", "actor_kind", "actor_account", "actor_session", "actor_level", "actor_roles",
    "action", "object_type", "object_id", "about",
)  # fmt: skip


def written(payload: Payload | None) -> str | None:
    """The payload as it is stored and hashed: JSON with sorted keys."""
    if payload is None:
        return None
    return json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def content_digest(salt: bytes, reason: str | None, payload: str | None) -> bytes:
    """SHA-256 over salt, reason and payload; unguessable once the salt is erased."""
    return hashlib.sha256(salt + json.dumps([reason, payload]).encode()).digest()


def entry_digest(row: Row) -> bytes:
    """SHA-256 over all that must never change: every plain column and the content's digest."""
    at: datetime = row["at"]
    values: list[Any] = [None if row[name] is None else str(row[name]) for name in _COVERED]
    covered = [at.astimezone(UTC).isoformat(timespec="microseconds"), *values]
    return hashlib.sha256(json.dumps(covered).encode() + bytes(row["content"])).digest()


def seal_hash(previous: bytes, number: int, digests: Iterable[bytes]) -> bytes:
    """SHA-256 over the previous hash, the seal's number and its entries' digests in their order."""
    total = hashlib.sha256(previous + number.to_bytes(8, "big"))
    for digest in digests:
        total.update(digest)
    return total.digest()


def content_fits(row: Row) -> bool:
    """True while reason and payload are those that were written, or were erased with their salt."""
    if row["salt"] is None:
        return row["reason"] is None and row["payload"] is None
    return content_digest(bytes(row["salt"]), row["reason"], row["payload"]) == bytes(row["content"])
