"""One key per case: data is sealed with the case's own key, the master key seals only these; no key, no data.

Keys lie in the schema `keyring`, apart from the data, so that they can have backups of their own that live shorter.
Destroying a key erases everything that it sealed (`docs/adr/0012-keys-and-files.md` says what backups mean for that).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID, uuid4

from sqlalchemy.orm import scoped_session

from backend.core import envelope
from backend.core.clock import AnySession, made
from backend.core.master_keys import MasterKeysError
from backend.core.settings import get_settings
from backend.core.sql import Statement

_ADD = Statement("INSERT INTO keyring.data_key (id, sealed) VALUES (%(id)s::uuid, %(sealed)s::bytea)")
_GET = Statement("SELECT sealed FROM keyring.data_key WHERE id = %(id)s::uuid")
_GET_ALL = Statement("SELECT id, sealed FROM keyring.data_key WHERE id = ANY(%(ids)s::uuid[])")
_DROP = Statement("DELETE FROM keyring.data_key WHERE id = %(id)s::uuid")
_NOTE = Statement("INSERT INTO keyring.erased (key_id) VALUES (%(id)s::uuid) ON CONFLICT DO NOTHING")
_FOREIGN = Statement(
    "SELECT id, sealed FROM keyring.data_key WHERE substring(sealed FROM 2 FOR 8) <> %(name)s::bytea"
    " ORDER BY id LIMIT %(most)s::int FOR UPDATE SKIP LOCKED"
)
_REWRAP = Statement("UPDATE keyring.data_key SET sealed = %(sealed)s::bytea WHERE id = %(id)s::uuid")

_AT_HAND = "keys-at-hand"


class KeyGoneError(Exception):
    """The key was destroyed: what it sealed is erased."""


@contextmanager
def at_hand(session: AnySession, key_ids: Iterable[UUID | None]) -> Iterator[None]:
    """Read these keys at once: in the block, unsealing with one of them asks the database no more.

    For reading only, so that what is written is always sealed with a key that is there at that moment.
    """
    wanted = {key_id for key_id in key_ids if key_id is not None}
    rows = _GET_ALL.all(session, {"ids": list(wanted)}) if wanted else []
    here = made(session).info
    before = here.get(_AT_HAND, {})
    here[_AT_HAND] = {row.id: _unwrap(row.id, bytes(row.sealed)) for row in rows}
    try:
        yield
    finally:
        here[_AT_HAND] = before


def new_key(session: AnySession) -> UUID:
    """Make a key of 256 bits for one account or case; it exists exactly if the caller's transaction does."""
    key_id = uuid4()
    _ADD.execute(session, {"id": key_id, "sealed": _wrap(key_id, secrets.token_bytes(envelope.KEY_BYTES))})
    return key_id


def destroy(session: AnySession, key_id: UUID) -> bool:
    """Erase all that this key ever sealed and note it for the ledger; False when it was gone before."""
    _held(session).pop(key_id, None)
    _NOTE.execute(session, {"id": key_id})
    return _DROP.execute(session, {"id": key_id}) > 0


def seal(session: AnySession, key_id: UUID, plain: bytes, *, context: str) -> bytes:
    """Seal bytes for one place (`table.column:row id:version`); raises KeyGoneError."""
    return envelope.seal(_key(session, key_id), _name(key_id), plain, context)


def unseal(session: AnySession, key_id: UUID, sealed: bytes, *, context: str) -> bytes:
    """The plain bytes; raises KeyGoneError, envelope.DamagedError."""
    return envelope.unseal(_key_to_read(session, key_id), sealed, context)


def seal_stream(session: AnySession, key_id: UUID, parts: Iterable[bytes], *, context: str) -> Iterator[bytes]:
    """Seal a file piece by piece; the key is read before the first piece, so the session may end meanwhile."""
    return envelope.seal_stream(_key(session, key_id), _name(key_id), parts, context)


def unseal_stream(session: AnySession, key_id: UUID, parts: Iterable[bytes], *, context: str) -> Iterator[bytes]:
    """The plain pieces of a sealed file; likewise."""
    return envelope.unseal_stream(_key(session, key_id), parts, context)


def rewrap(session: AnySession, most: int = 500) -> int:
    """Seal up to `most` keys again that an older master key sealed; how many there were (0: it can be taken away)."""
    newest, _ = next(iter(master_keys().items()))
    rows = _FOREIGN.all(session, {"name": newest, "most": most})
    for row in rows:
        _REWRAP.execute(session, {"id": row.id, "sealed": _wrap(row.id, _unwrap(row.id, row.sealed))})
    return len(rows)


def master_keys() -> Mapping[bytes, bytes]:
    """The deployment's master keys by name (8 bytes), newest first; raises MasterKeysError."""
    return get_settings().master_keys


def _key(session: AnySession, key_id: UUID) -> bytes:
    row = _GET.first(session, {"id": key_id})
    if row is None:
        raise KeyGoneError
    return _unwrap(key_id, bytes(row.sealed))


def _key_to_read(session: AnySession, key_id: UUID) -> bytes:
    return _held(session).get(key_id) or _key(session, key_id)


def _held(session: AnySession) -> dict[UUID, bytes]:
    if isinstance(session, scoped_session) and not session.registry.has():
        return {}  # no session was made yet, and none shall be for this
    held: dict[UUID, bytes] = made(session).info.get(_AT_HAND, {})
    return held


def _wrap(key_id: UUID, key: bytes) -> bytes:
    name, master = next(iter(master_keys().items()))
    return envelope.seal(master, name, key, f"data_key.sealed:{key_id}")


def _unwrap(key_id: UUID, sealed: bytes) -> bytes:
    master = master_keys().get(envelope.name_of(sealed))
    if master is None:
        raise MasterKeysError("a key that is still needed was taken away")
    return envelope.unseal(master, sealed, f"data_key.sealed:{key_id}")


def _name(key_id: UUID) -> bytes:
    """What stands in the envelope: the first half of the id, a hint for people who look at bytes."""
    return key_id.bytes[: envelope.NAME_BYTES]
