"""The ledger of destroyed keys: random names and dates in a file beside the backups, so that no copy revives a person.

A backup that is restored brings keys back that were destroyed after it was made. Whoever restores it replays the ledger
before the portal opens (docs/adr/0017-reading-cases.md).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from backend.core.clock import AnySession
from backend.core.sql import Statement

NAME = "erasures.jsonl"
AT_ONCE = 1_000
_WAITING = Statement(
    "SELECT key_id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM keyring.erased WHERE written_at IS NULL"
    " ORDER BY at, key_id LIMIT %(most)s::int FOR UPDATE SKIP LOCKED"
)
_WRITTEN = Statement("UPDATE keyring.erased SET written_at = clock_timestamp() WHERE key_id = ANY(%(keys)s::uuid[])")
_LIVING = Statement("SELECT id FROM keyring.data_key WHERE id = ANY(%(keys)s::uuid[]) ORDER BY id")


def write(session: AnySession, file: Path) -> int:
    """Add what was destroyed since the last time to the ledger, flushed to the disk; how many. The caller commits.

    A crash before the commit writes lines twice, which changes nothing; none is ever left out.
    """
    rows = _WAITING.all(session, {"most": AT_ONCE})
    if rows:
        lines = "".join(json.dumps({"key": str(row.key_id), "day": row.day}) + "\n" for row in rows)
        with file.open("a", encoding="ascii") as ledger:
            ledger.write(lines)
            ledger.flush()
            os.fsync(ledger.fileno())
        _WRITTEN.execute(session, {"keys": [row.key_id for row in rows]})
    return len(rows)


def read(lines: Iterable[str]) -> Iterator[UUID]:
    """The destroyed keys of a ledger, each once; raises ValueError with the number of a line that is none."""
    seen: set[UUID] = set()
    for number, line in enumerate(lines, 1):
        try:
            key = UUID(json.loads(line)["key"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"line {number} of the ledger cannot be read") from error
        if key not in seen:
            seen.add(key)
            yield key


def revived(session: AnySession, keys: list[UUID]) -> list[UUID]:
    """Those of these keys that exist again."""
    return [row.id for row in _LIVING.all(session, {"keys": keys})]
