"""The same act on many cases: each by itself, so that those that fail are named and the others are done.

A preview does everything and takes each case back again. What was done can be undone as a whole for fifteen minutes,
except on cases where something else happened meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.casework import rules
from backend.casework.errors import CaseChanged, NoTimeLeft, UndoOver
from backend.casework.models import Case
from backend.casework.models_work import Batch
from backend.casework.service import asking, deciding, finding, undoing, work
from backend.casework.service.asking import Asked
from backend.casework.service.letters import Entered
from backend.casework.types import BatchResult
from backend.core.access import Actor
from backend.core.clock import NOW, db_now
from backend.core.errors import DomainError, FieldError, Forbidden, Invalid, NotFound
from backend.core.security import parse_reference

Act = Callable[[Case, Application], dict[str, Any]]
Seen = Mapping[str, int]
KEPT = timedelta(days=7)
BUDGET = 10.0  # seconds: a proxy waits fifteen


def assigning(session: Session, actor: Actor, to: UUID | None) -> Act:
    """Give a case to one person, or back to nobody; it keeps its team."""

    def act(case: Case, _row: Application) -> dict[str, Any]:
        before = None if case.assigned_to is None else str(case.assigned_to)
        work.give(session, actor, case, to=to, team=case.team)
        return {"before": before, "after": None if case.assigned_to is None else str(case.assigned_to)}

    return act


def labelling(session: Session, actor: Actor, add: Sequence[str], remove: Sequence[str]) -> Act:
    """Put labels on a case and take others off."""

    def act(case: Case, _row: Application) -> dict[str, Any]:
        before = set(case.labels)
        work.label(session, actor, case, add=add, remove=remove)
        now = set(case.labels)
        return {"added": sorted(now - before), "removed": sorted(before - now)}

    return act


def asking_for(session: Session, actor: Actor, asked: Asked) -> Act:
    """Ask the citizen of a case for the same."""

    def act(case: Case, row: Application) -> dict[str, Any]:
        return {"request": str(asking.ask(session, actor, case, row, asked))}

    return act


def deciding_on(session: Session, actor: Actor, entered: Entered) -> Act:
    """Decide a case in the same way."""

    def act(case: Case, row: Application) -> dict[str, Any]:
        return {"proposal": str(deciding.decide(session, actor, case, row, entered))}

    return act


def run(
    session: Session,
    actor: Actor,
    references: Sequence[str],
    action: str,
    act: Act,
    *,
    seen: Seen,
    preview: bool,
) -> BatchResult:
    """Do it, or look what it would do; `seen`: revisions that the list showed, a case changed since then is refused."""
    if actor.account_id is None:
        raise Forbidden
    result, done, clock = BatchResult(), [], _Clock()
    for reference in sorted(set(references)):  # in one order, so that two batches lock alike
        made = clock.over() or _tried(session, actor, reference, act, seen.get(reference), preview=preview)
        if isinstance(made, DomainError):
            result.failed.append({"reference": reference, "code": made.code})
        else:
            result.done.append(reference)
            done.append(made)
    if not preview and done:
        now = db_now(session)
        kept = Batch(id=uuid4(), account_id=actor.account_id, action=action, done=done, made_at=now)
        kept.undo_until = result.undo_until = now + rules.UNDO
        result.batch = kept.id
        session.add(kept)
        session.flush()
    return result


def undo(session: Session, actor: Actor, batch_id: UUID) -> BatchResult:
    """Take back what one did; a case where something else happened meanwhile stays and is named.

    With `batch` in the answer the time did not suffice: undoing goes on with the next call.
    Raises NotFound (not one's own), UndoOver.
    """
    kept = session.get(Batch, batch_id, with_for_update=True, populate_existing=True)
    if kept is None or kept.account_id != actor.account_id:
        raise NotFound
    if kept.undone_at is not None or kept.undo_until <= db_now(session):
        raise UndoOver
    entries = {entry["reference"]: entry for entry in kept.done}
    result, clock = BatchResult(), _Clock()
    for reference, entry in sorted(entries.items()):

        def act(case: Case, row: Application, entry: dict[str, Any] = entry) -> dict[str, Any]:
            undoing.undo(session, actor, case, row, kept.action, entry)
            return {}

        made = clock.over() or _tried(session, actor, reference, act, None, preview=False)
        if isinstance(made, DomainError):
            result.failed.append({"reference": reference, "code": made.code})
        else:
            result.done.append(reference)
    left = [entries[each["reference"]] for each in result.failed if each["code"] == NoTimeLeft.code]
    if left:
        kept.done, result.batch, result.undo_until = left, kept.id, kept.undo_until
    else:
        kept.undone_at = db_now(session)
    session.flush()
    return result


class _Clock:
    """How long a batch may go on; at least one case is always tried."""

    def __init__(self) -> None:
        self._until: float | None = None

    def over(self) -> NoTimeLeft | None:
        """NoTimeLeft once the time is used up."""
        now = monotonic()
        if self._until is None:
            self._until = now + BUDGET
            return None
        return NoTimeLeft() if now >= self._until else None


def forget_old(session: Session) -> None:
    """Delete what was kept to undo batches whose time is over."""
    session.execute(delete(Batch).where(Batch.made_at < NOW - KEPT))


def refuse_mixed(session: Session, actor: Actor, references: Sequence[str], *, translated: bool) -> None:
    """Decisions of many cases are of one service, and a translation fits one language; raises Invalid."""
    numbers = [number for each in references if (number := parse_reference(each)) is not None]
    mine = (Case.reference.in_(numbers), Case.office.in_(sorted(actor.offices)))
    rows = session.execute(select(Case.service, Case.language).where(*mine).distinct()).all()
    if len({row.service for row in rows}) > 1:
        raise Invalid(errors=[FieldError("/cases", "several_services")])
    if translated and len({row.language for row in rows}) > 1:
        raise Invalid(errors=[FieldError("/translation", "several_languages")])


def _tried(
    session: Session, actor: Actor, reference: str, act: Act, seen: int | None, *, preview: bool
) -> dict[str, Any] | DomainError:
    """One case; a refusal undoes only this one. A foreign one stays in the audit trail, even of a preview."""
    try:
        found = finding.case(session, actor, reference)
        with session.begin_nested() as point:
            case, row = finding.lock(session, actor, found)
            if seen is not None and case.revision != seen:
                raise CaseChanged
            made = act(case, row)
            session.flush()
            if preview:
                point.rollback()
    except DomainError as error:
        return error
    return {"reference": reference, **made}
