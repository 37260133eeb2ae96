"""How often one address range may do something: GCRA, one upsert in an unlogged table, no address stored."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from ipaddress import IPv6Address, ip_address
from math import ceil
from socket import AF_INET, inet_pton
from typing import Any

import structlog
from flask import request
from flask.globals import request_ctx
from sqlalchemy import TIMESTAMP, Boolean, LargeBinary, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, db, reading_engine
from backend.core.errors import TooManyRequests
from backend.core.security import derived_key, keyed_hash
from backend.core.settings import get_settings
from backend.core.sql import Loan, Statement
from backend.core.transaction import is_disconnect

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
KEY_BYTES = 16
LOCAL_ENTRIES = 20_000
log = structlog.get_logger("amtsweg.limits")


class RateLimit(Base):
    """Theoretical arrival times of one (operation, range of today): when soft and hard limit are free again."""

    __tablename__ = "rate_limit"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    soft_until: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True))
    hard_until: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True))
    seen_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True))
    soft_ok: Mapped[bool] = mapped_column(Boolean)
    hard_ok: Mapped[bool] = mapped_column(Boolean)


class Verdict(IntEnum):
    """OK: go on. SOFT: ask for proof of work. HARD: refuse."""

    OK = 0
    SOFT = 1
    HARD = 2


_SPENT_SOFT = "greatest(r.soft_until, excluded.seen_at) + %(soft_step)s::interval"
_SPENT_HARD = "greatest(r.hard_until, excluded.seen_at) + %(hard_step)s::interval"
_END = "excluded.seen_at + %(per)s::interval"
_COUNT = Statement(
    f"""
    INSERT INTO rate_limit AS r (key, soft_until, hard_until, seen_at, soft_ok, hard_ok)
    SELECT %(key)s::bytea, t + %(soft_step)s::interval, t + %(hard_step)s::interval, t, true, true
    FROM clock_timestamp() AS t
    ON CONFLICT (key) DO UPDATE SET
        soft_ok = {_SPENT_SOFT} <= {_END},
        hard_ok = {_SPENT_HARD} <= {_END},
        soft_until = CASE WHEN {_SPENT_SOFT} <= {_END} THEN {_SPENT_SOFT} ELSE r.soft_until END,
        hard_until = CASE WHEN {_SPENT_HARD} <= {_END} THEN {_SPENT_HARD} ELSE r.hard_until END,
        seen_at = excluded.seen_at
    RETURNING soft_ok, hard_ok, hard_until - seen_at AS ahead
    """  # noqa: S608 - built from constants of this module
)
_SPENT = Statement(
    "SELECT hard_until + %(step)s::interval - clock_timestamp() AS ahead FROM rate_limit WHERE key = %(key)s::bytea"
)
_FORGET = text("DELETE FROM rate_limit WHERE seen_at < clock_timestamp() - interval '2 days'")


@dataclass(frozen=True)
class Limit:
    """One operation's limit: `soft` and `hard` calls per period for one subject (usually the caller's address range).

    `sparse`: ask the table only once this process has seen a quarter of `soft` from the subject (for cheap reads).
    """

    operation: str
    soft: int
    hard: int
    per: timedelta
    sparse: bool = False

    def check(self, subject: str | None = None) -> Verdict:
        """Count one call and judge it; on loopback in `observe_loopback` mode it is counted but never refused."""
        return self._judge(subject)[0]

    def enforce(self, subject: str | None = None) -> Verdict:
        """Count one call; OK or SOFT is returned, HARD raises TooManyRequests with Retry-After."""
        verdict, wait = self._judge(subject)
        if verdict is Verdict.HARD:
            raise TooManyRequests(headers={"Retry-After": str(max(1, ceil(wait.total_seconds())))})
        return verdict

    def refuse_if_spent(self, subject: str | None = None) -> None:
        """Raise TooManyRequests when the hard limit is used up, without counting (for limits on failures)."""
        if self._mode() == "off":
            return
        row = _single(_SPENT, {"key": self._key(subject), "step": self.per / self.hard})
        if row is not None and row.ahead > self.per and not self._only_observed(subject):
            raise TooManyRequests(headers={"Retry-After": str(max(1, ceil((row.ahead - self.per).total_seconds())))})

    def _judge(self, subject: str | None) -> tuple[Verdict, timedelta]:
        if self._mode() == "off":
            return Verdict.OK, timedelta()
        key = self._key(subject)
        seen, wait = _local.count(key, self.per.total_seconds() / self.hard, self.per.total_seconds())
        if wait > 0 and not self._only_observed(subject):
            verdict, pause = Verdict.HARD, timedelta(seconds=wait)
        elif self.sparse and seen * 4 <= self.soft:
            return Verdict.OK, timedelta()
        else:
            verdict, pause = self._shared(key)
        if verdict is Verdict.OK:
            return verdict, pause
        log.info("limit", operation=self.operation, verdict=verdict.name, range=key.hex())
        return (Verdict.OK, timedelta()) if self._only_observed(subject) else (verdict, pause)

    def _shared(self, key: bytes) -> tuple[Verdict, timedelta]:
        values = {"key": key, "soft_step": self.per / self.soft, "hard_step": self.per / self.hard, "per": self.per}
        row = _single(_COUNT, values)
        if row is None:  # the upsert always answers with its row
            return Verdict.OK, timedelta()
        if not row.hard_ok:
            return Verdict.HARD, row.ahead + self.per / self.hard - self.per
        return (Verdict.OK if row.soft_ok else Verdict.SOFT), timedelta()

    def _key(self, subject: str | None) -> bytes:
        day = derived_key(f"limits:{datetime.now(UTC).date()}")
        name = f"{self.operation}\n{caller_range() if subject is None else subject}"
        return keyed_hash(day, name.encode())[:KEY_BYTES]

    def _only_observed(self, subject: str | None) -> bool:
        return subject is None and self._mode() == "observe_loopback" and is_loopback()

    @staticmethod
    def _mode() -> str:
        return get_settings().limits


def caller_range() -> str:
    """The caller's IPv4 address or IPv6 /64 (a household, not a device)."""
    told = request_ctx.request.remote_addr or "0.0.0.0"  # noqa: S104 - a value for "unknown", nothing is bound
    try:
        inet_pton(AF_INET, told)
    except (OSError, ValueError):  # no plain IPv4 address, of which there is only one spelling
        address = ip_address(told)
    else:
        return told
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)


def is_loopback() -> bool:
    """True when the caller is this machine."""
    return ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - as above


def forget_old() -> None:
    """Delete ranges of past days (their key no longer exists)."""
    with reading_engine().connect() as connection:
        connection.execute(_FORGET)


def _single(statement: Statement, values: dict[str, Any]) -> Any:
    """Run one statement that may be repeated on a connection of its own; once more after a lost connection."""
    try:
        with Loan(db.engine) as loan:
            return statement.on(loan, values)
    except DBAPIError as error:
        if not is_disconnect(error):
            raise
    with Loan(db.engine) as loan:
        return statement.on(loan, values)


class _LocalCounter:
    """The coarse limiter of this process: refuses before the database is asked; loses its memory when it is full."""

    def __init__(self) -> None:
        self._until: dict[bytes, float] = {}
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Start anew, as after a restart."""
        with self._lock:
            self._until.clear()

    def count(self, key: bytes, pace: float, period: float) -> tuple[float, float]:
        """(calls of this period seen so far, seconds to wait when the hard limit is used up here), all in seconds."""
        now = time.monotonic()
        with self._lock:
            spent = max(self._until.get(key, now), now) + pace
            if spent - now > period:
                return period / pace, spent - now - period
            if len(self._until) >= LOCAL_ENTRIES:
                self._until.clear()
            self._until[key] = spent
        return (spent - now) / pace, 0.0


_local = _LocalCounter()
