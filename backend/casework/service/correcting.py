"""Corrections of small mistakes by staff: by the form's rules, with a reason that the citizen reads."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from backend.applications.service import correcting
from backend.casework.models import Case
from backend.casework.service import deciding, finding, work
from backend.core.access import Actor


def correct(
    session: Session, actor: Actor, reference: str, revision: int, *, pointer: str, value: Any, reason: str
) -> Case:
    """Set one answer; raises NotFound, CaseChanged, DecisionPending, NotNow, Invalid, CorrectionTooFar."""
    case, row = finding.locked(session, actor, reference, revision)
    deciding.refuse_pending(session, case)
    correcting.correct(session, actor, row, pointer, value, reason)
    work.begin_review(session, actor, row)
    return case
