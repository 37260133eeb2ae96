"""What could not be sent so far and is tried again: a letter that cannot be made, a notice that mail does not take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.casework.models import Proposal
from backend.casework.types import ProposalState
from backend.notifications import service as notifications


def of(session: Session, application_id: UUID, proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The troubles of a case, with since when and how often it was tried."""
    letters = [
        {"kind": "letter", "since": each.failed_at, "tries": each.tries}
        for each in proposals
        if each.state == ProposalState.LEAVING and each.failed_at is not None
    ]
    unsent = notifications.unsent(session, application_id)
    return [*letters, *({"kind": "mail", "since": each.created_at, "tries": each.attempts} for each in unsent)]
