"""Requests to the citizen: exactly these fields and files, with a reason and a day; cancelled without being lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications.service import office
from backend.casework.models import Case
from backend.casework.service import deciding, finding
from backend.core.access import Actor
from backend.core.clock import today
from backend.core.errors import FieldError, Invalid


def open_request(
    session: Session,
    actor: Actor,
    reference: str,
    revision: int,
    *,
    fields: Sequence[str],
    files: Sequence[str],
    reason: str,
    due_on: date,
) -> Case:
    """Ask the citizen; raises NotFound, CaseChanged, DecisionPending, Invalid, NotNow (e.g. decided already)."""
    case, row = finding.locked(session, actor, reference, revision)
    deciding.refuse_pending(session, case)
    if due_on <= today(session):
        raise Invalid(errors=[FieldError("/due_on", "in_the_past")])
    office.open_request(session, actor, row, fields=fields, files=files, reason=reason, due_on=due_on)
    return case


def cancel_request(session: Session, actor: Actor, reference: str, request_id: UUID, revision: int) -> Case:
    """It is not needed any more; what was asked stays readable. Raises NotFound, CaseChanged, NotNow."""
    case, row = finding.locked(session, actor, reference, revision)
    office.cancel_request(session, actor, row, request_id)
    return case
