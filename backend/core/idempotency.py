"""One key, one effect, one answer: the key's row lives and dies with the transaction of the effect it stands for."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Request, Response
from sqlalchemy import TIMESTAMP, Index, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core import access
from backend.core.clock import NOW
from backend.core.db import Base, db
from backend.core.errors import IdempotencyKeyInvalid, IdempotencyKeyMissing, IdempotencyKeyReused
from backend.core.security import derived_key, keyed_hash
from backend.core.sql import Asked, Statement

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
STORED_REFUSALS = frozenset({404, 409, 410, 422})
VISIBLE_ASCII = re.compile(r"[\x21-\x7e]{8,255}\Z")
NONCE_BYTES = 12
View = TypeVar("View", bound=Callable[..., Any])


class IdempotencyRecord(Base):
    """A key that was used: what was asked (hash) and what was answered (encrypted with the client's own key)."""

    __tablename__ = "idempotency"
    __table_args__ = (Index("ix_idempotency_created_at", "created_at", postgresql_using="brin"),)

    scope: Mapped[str] = mapped_column(String(100), primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None] = mapped_column(SmallInteger)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True), server_default=NOW)


_MINE = "scope = %(scope)s::text AND key_hash = %(key)s::bytea"
_OLD = f"created_at < clock_timestamp() - interval '{KEPT // timedelta(hours=1)} hours'"
_CLAIM = Statement(
    "INSERT INTO idempotency (scope, key_hash, request_hash) VALUES (%(scope)s::text, %(key)s::bytea,"
    " %(request)s::bytea) ON CONFLICT DO NOTHING"
)
_READ = Statement(f"SELECT request_hash, status, answer, {_OLD} AS old FROM idempotency WHERE {_MINE}")  # noqa: S608 - constants
_FINISH = Statement(
    f"UPDATE idempotency SET status = %(status)s::smallint, answer = %(answer)s::bytea WHERE {_MINE}"  # noqa: S608 - constants
)
_FORGET = Statement(f"DELETE FROM idempotency WHERE {_MINE} AND {_OLD}")  # noqa: S608 - constants


def idempotent(*, required: bool, joins: bool = False) -> Callable[[View], View]:
    """Declare that an operation demands the key (`required`); every unsafe operation accepts one.

    `joins`: the key is taken together with the view's first statement instead of before the view, which saves a round
    trip; only for views that do nothing outside the database before it.
    """

    def declare(view: View) -> View:
        view.__dict__["idempotency_required"] = required
        view.__dict__["idempotency_joins"] = joins
        return view

    return declare


class KeyInUseError(Exception):
    """The key that was announced is somebody's already: what the view did is given up."""


@dataclass(frozen=True)
class Key:
    """One use of a key: its row's identity, the hash of the request and the key that seals the answer."""

    scope: str
    key_hash: bytes
    request_hash: bytes
    seal: bytes

    @classmethod
    def of(cls, request: Request, *, required: bool) -> Key | None:
        """The key of a request, or None; raises 400 when it is demanded and missing, or malformed."""
        given = request.headers.get(HEADER)
        if given is None:
            if required:
                raise IdempotencyKeyMissing
            return None
        if not VISIBLE_ASCII.match(given):
            raise IdempotencyKeyInvalid
        raw = given.encode()
        asked = hashlib.sha256(f"{request.method} {request.full_path}\n".encode() + request.get_data(cache=True))
        return cls(
            scope=f"{request.endpoint}:{_whose()}",
            key_hash=keyed_hash(derived_key("idempotency-name"), raw),
            request_hash=asked.digest(),
            seal=keyed_hash(derived_key("idempotency-seal"), raw),
        )

    def claim(self) -> Response | None:
        """Take the key in this transaction (None), or give the answer that it already got.

        A twin that is still running holds the row: PostgreSQL lets this INSERT wait until the twin has ended.
        """
        while not _CLAIM.execute(db.session, self._mine):
            found = _READ.first(db.session, self._mine)
            if found is not None and not found.old:
                if found.request_hash != self.request_hash:
                    raise IdempotencyKeyReused
                return self._open(found.status, found.answer)
            _FORGET.execute(db.session, self._mine)
        return None

    def announce(self) -> Asked:
        """Take the key together with the next statement, which raises KeyInUseError when it was taken before."""
        return _CLAIM.ask(db.session, self._mine, otherwise=KeyInUseError)

    def finish(self, response: Response) -> None:
        """Store the answer in the transaction of its effect, with its commit."""
        _FINISH.ask(db.session, {**self._mine, "status": response.status_code, "answer": self._seal(response)})

    @property
    def _mine(self) -> dict[str, Any]:
        return {"scope": self.scope, "key": self.key_hash, "request": self.request_hash}

    def _seal(self, response: Response) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        headers = [pair for pair in response.headers if pair[0] != "Content-Length"]
        text = json.dumps(headers).encode() + b"\n" + response.get_data()
        return nonce + AESGCM(self.seal).encrypt(nonce, text, self.scope.encode() + self.key_hash)

    def _open(self, status: int, sealed: bytes) -> Response:
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        text = AESGCM(self.seal).decrypt(nonce, rest, self.scope.encode() + self.key_hash)
        headers, _, body = text.partition(b"\n")
        return Response(body, status, headers=json.loads(headers))


def _whose() -> str:
    """Whose keys these are: a person's (in whichever session), a guest session's, or everybody's without one."""
    who = access.current()
    return "guest" if who is None else str(who.account_id or who.session_id)
