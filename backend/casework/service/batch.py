"""The same act on many cases: each by itself, so that those that fail are named and the others are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from backend.casework.models import Case
from backend.casework.service import finding, work
from backend.casework.types import BatchResult
from backend.core.access import Actor
from backend.core.errors import DomainError

Act = Callable[[Case], None]


def assign(session: Session, actor: Actor, references: Sequence[str], *, to: UUID | None) -> BatchResult:
    """Give many cases to one person, or back to nobody; each keeps its team."""

    def act(case: Case) -> None:
        work.give(session, actor, case, to=to, team=case.team)

    return _each(session, actor, references, act)


def label(
    session: Session, actor: Actor, references: Sequence[str], *, add: Sequence[str], remove: Sequence[str]
) -> BatchResult:
    """Label many cases."""
    return _each(session, actor, references, partial(_label, session, actor, add, remove))


def _label(session: Session, actor: Actor, add: Sequence[str], remove: Sequence[str], case: Case) -> None:
    work.label(session, actor, case, add=add, remove=remove)


def _each(session: Session, actor: Actor, references: Sequence[str], act: Act) -> BatchResult:
    """In the order of references, so that two batches lock alike; a refusal undoes only its own case."""
    result = BatchResult()
    for reference in sorted(set(references)):
        refused = _tried(session, actor, reference, act)
        if refused is None:
            result.done.append(reference)
        else:
            result.failed.append({"reference": reference, "code": refused.code})
    return result


def _tried(session: Session, actor: Actor, reference: str, act: Act) -> DomainError | None:
    try:
        finding.case(session, actor, reference)  # outside the savepoint: a foreign one stays in the audit trail
        with session.begin_nested():
            act(finding.locked(session, actor, reference)[0])
    except DomainError as error:
        return error
    return None
