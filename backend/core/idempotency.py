"""One key, one effect, one answer: the key's row lives and dies with the transaction of the effect it stands for."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Request, Response
from sqlalchemy import TIMESTAMP, LargeBinary, SmallInteger, String, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.clock import NOW
from backend.core.db import Base, db
from backend.core.errors import IdempotencyKeyInvalid, IdempotencyKeyMissing, IdempotencyKeyReused
from backend.core.security import derived_key

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
STORED_REFUSALS = frozenset({404, 409, 410, 422})
VISIBLE_ASCII = re.compile(r"[\x21-\x7e]{8,255}\Z")
NONCE_BYTES = 12
View = TypeVar("View", bound=Callable[..., Any])


class IdempotencyRecord(Base):
    """A key that was used: what was asked (hash) and what was answered (encrypted with the client's own key)."""

    __tablename__ = "idempotency"

    scope: Mapped[str] = mapped_column(String(100), primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None] = mapped_column(SmallInteger)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True), server_default=NOW, index=True)


_T = IdempotencyRecord.__table__
_MINE = (_T.c.scope == bindparam("b_scope"), _T.c.key_hash == bindparam("b_key"))
_CLAIM = insert(IdempotencyRecord).on_conflict_do_nothing().returning(_T.c.request_hash)
_READ = select(_T.c.request_hash, _T.c.status, _T.c.answer, (_T.c.created_at < NOW - KEPT).label("old")).where(*_MINE)
_FINISH = update(IdempotencyRecord).where(*_MINE)
_FORGET = delete(IdempotencyRecord).where(*_MINE, _T.c.created_at < NOW - KEPT)


def idempotent(*, required: bool) -> Callable[[View], View]:
    """Declare that an operation demands the key (`required`); every unsafe operation accepts one."""

    def declare(view: View) -> View:
        view.__dict__["idempotency_required"] = required
        return view

    return declare


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
            scope=f"{request.endpoint}:guest",
            key_hash=hmac.digest(derived_key("idempotency-name"), raw, "sha256"),
            request_hash=asked.digest(),
            seal=hmac.digest(derived_key("idempotency-seal"), raw, "sha256"),
        )

    def claim(self) -> Response | None:
        """Take the key in this transaction (None), or give the answer that it already got.

        A twin that is still running holds the row: PostgreSQL lets this INSERT wait until the twin has ended.
        """
        values = {"scope": self.scope, "key_hash": self.key_hash, "request_hash": self.request_hash}
        while db.session.execute(_CLAIM, values).first() is None:
            found = db.session.execute(_READ, self._mine).first()
            if found is not None and not found.old:
                if found.request_hash != self.request_hash:
                    raise IdempotencyKeyReused
                return self._open(found.status, found.answer)
            db.session.execute(_FORGET, self._mine)
        return None

    def finish(self, response: Response) -> None:
        """Store the answer in the transaction of its effect."""
        db.session.execute(_FINISH.values(status=response.status_code, answer=self._seal(response)), self._mine)

    @property
    def _mine(self) -> dict[str, Any]:
        return {"b_scope": self.scope, "b_key": self.key_hash}

    def _seal(self, response: Response) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        text = f"{response.content_type or ''}\n".encode() + response.get_data()
        return nonce + AESGCM(self.seal).encrypt(nonce, text, self.scope.encode() + self.key_hash)

    def _open(self, status: int, sealed: bytes) -> Response:
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        text = AESGCM(self.seal).decrypt(nonce, rest, self.scope.encode() + self.key_hash)
        content_type, _, body = text.partition(b"\n")
        return Response(body, status, content_type=content_type.decode() or None)
