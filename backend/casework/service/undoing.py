"""Taking back what a batch did to one case, as long as nothing else happened to that very thing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.applications.service import office
from backend.casework.errors import CaseChanged
from backend.casework.models import Case
from backend.casework.service import deciding, work
from backend.core.access import Actor


def undo(session: Session, actor: Actor, case: Case, row: Application, action: str, entry: dict[str, Any]) -> None:
    """Undo one entry of a batch on a locked case; raises CaseChanged, NotNow, NoDecisionPending, Forbidden."""
    match action:
        case "assign":
            now = None if case.assigned_to is None else str(case.assigned_to)
            if now != entry["after"]:
                raise CaseChanged
            before = entry["before"]
            work.put_back(session, actor, case, to=None if before is None else UUID(before))
        case "label":
            work.label(session, actor, case, add=entry["removed"], remove=entry["added"])
        case "request":
            office.cancel_request(session, actor, row, UUID(entry["request"]))
        case _:
            deciding.take_back(session, actor, case, UUID(entry["proposal"]))
