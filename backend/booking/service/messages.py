"""Messages about an appointment, queued in the transaction of what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from backend.notifications import service as notifications
from backend.notifications.types import MessageKind


def send(session: Session, row: Row[Any], kind: MessageKind, secrets: Mapping[str, str]) -> None:
    """Queue one message about the appointment as it is now; one per kind, sequence and mail number."""
    notifications.queue(
        session,
        kind=kind,
        language=row.language,
        to=row.email or row.mobile,
        object_id=row.id,
        sequence=row.sequence,
        business_key=f"{kind}:{row.id}:{row.sequence}:{row.mails}",
        secrets=secrets,
    )
