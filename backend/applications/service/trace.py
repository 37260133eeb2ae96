"""What somebody did with an application, or saw of it, in the audit trail: what its person reads as "who looked"."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.audit import service as audit
from backend.audit.types import Payload
from backend.core.access import Actor


def write(
    session: Session,
    actor: Actor,
    row: Application,
    action: str,
    payload: Payload | None = None,
    *,
    reason: str | None = None,
) -> None:
    """One entry about an application; `payload` as in `audit.record`: codes and ids, no names or answers."""
    audit.record(
        session,
        actor=actor,
        action=action,
        object_type="application",
        object_id=row.id,
        reason=reason,
        payload=payload,
        about=row.owner_account,
    )
