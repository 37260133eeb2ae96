"""After a restore: whatever the ledger says was erased is erased again, with all that a single erasure does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.applications.models import Application
from backend.applications.service import erasure
from backend.applications.types import By
from backend.audit import service as audit
from backend.core import erasures, keyring
from backend.core.access import SYSTEM

AT_ONCE = 200


@dataclass
class Replayed:
    """What a replay found: keys in the ledger, and what came back to life and was erased again."""

    keys: int = 0
    applications: int = 0
    accounts: int = 0
    others: int = 0


def replay(session: Session, ledger: Iterable[UUID]) -> Replayed:
    """Erase again what a copy revived; commits in pieces, and a second time finds nothing."""
    found, batch = Replayed(), list[UUID]()
    for key in ledger:
        batch.append(key)
        if len(batch) == AT_ONCE:
            _piece(session, batch, found)
            batch = []
    _piece(session, batch, found)
    payload = {"applications": found.applications, "accounts": found.accounts, "others": found.others}
    audit.record(session, actor=SYSTEM, action="ledger.replayed", object_type="ledger", object_id="-", payload=payload)
    session.commit()
    return found


def _piece(session: Session, keys: list[UUID], found: Replayed) -> None:
    found.keys += len(keys)
    for key in erasures.revived(session, keys):
        row = session.scalars(select(Application).where(Application.key_id == key).with_for_update()).one_or_none()
        if row is not None:
            erasure.erase(session, row, By.SYSTEM)
            found.applications += 1
        elif accounts.erase_again(session, key):
            found.accounts += 1
        else:
            keyring.destroy(session, key)
            found.others += 1
    session.commit()
