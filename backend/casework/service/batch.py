"""The same act on many cases: each by itself, so that those that fail are named and the others are done.

A preview does everything and takes each case back again. A call works for some seconds; what is left then is carried
on by the worker, and whoever made the batch sees how far it is. It can be stopped as long as it runs; what was done
can be undone as a whole for fifteen minutes after it, except on cases where something else happened meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.casework import rules
from backend.casework.errors import BatchStopped, CaseBroken, CaseBusy, CaseChanged, UndoOver
from backend.casework.models import Case, Proposal
from backend.casework.models_work import Batch
from backend.casework.service import batch_acts, finding, undoing
from backend.casework.service.batch_acts import Act, Order
from backend.casework.types import BatchResult, ProposalState
from backend.core import access
from backend.core.access import Actor
from backend.core.clock import NOW, db_now
from backend.core.errors import DomainError, FieldError, Forbidden, Invalid, NotFound
from backend.core.jobs import defer
from backend.core.security import parse_reference

CARRY = "casework.batch"
KEPT = timedelta(days=7)
AT_ONCE = 3.0  # seconds that a call works itself
STEP = 1.0  # seconds that the worker works before it commits, so that nobody waits long for a lock
BUSY = {"55P03", "40P01"}  # lock time-out, deadlock: what was locked for this case is free again
NEARLY_OVER = timedelta(seconds=30)  # a decision may leave while a call works
GOING_ON = ("running", "undoing")
LONGEST_REST = timedelta(hours=1)  # then nobody expects any more that it goes on, and rights may have changed
Tried = Callable[[str], dict[str, Any] | DomainError]


def begin(session: Session, actor: Actor, references: Sequence[str], order: Order, *, preview: bool) -> BatchResult:
    """Do it, or look what it would do; `seen`: revisions that the list showed, a case changed since then is refused."""
    if actor.account_id is None:
        raise Forbidden
    now = db_now(session)
    made = Batch(
        id=uuid4(),
        account_id=actor.account_id,
        action=order.action,
        state="running",
        preview=preview,
        todo=sorted(set(references)),  # in one order, so that two batches lock alike
        done=[],
        failed=[],
        undone=[],
        made_at=now,
        carried_at=now,
        undo_until=now + rules.UNDO,
    )
    _go_on(session, made, _doing(session, actor, order, made), AT_ONCE)
    if made.todo:
        made.wanted = batch_acts.kept(made.id, actor, order)
    if made.todo or (made.done and not preview):
        session.add(made)
        session.flush()
        _leave_rest(session, made)
        return told(made)
    result = told(made)
    result.batch = result.undo_until = None
    return result


def look(session: Session, actor: Actor, batch_id: UUID) -> BatchResult:
    """How far one's own batch is; raises NotFound."""
    kept = session.get(Batch, batch_id)
    if kept is None or kept.account_id != actor.account_id:
        raise NotFound
    return told(kept)


def undo(session: Session, actor: Actor, batch_id: UUID) -> BatchResult:
    """Take back what one did, and begin no more; a case where something else happened meanwhile stays and is named.

    Raises NotFound (not one's own), UndoOver.
    """
    kept = session.get(Batch, batch_id, with_for_update=True, populate_existing=True)
    if kept is None or kept.account_id != actor.account_id or kept.preview:
        raise NotFound
    if kept.state != "running" and (kept.state != "done" or kept.undo_until <= db_now(session)):
        raise UndoOver
    kept.state, kept.failed, kept.undone = "undoing", [], []
    kept.todo = [entry["reference"] for entry in kept.done]
    kept.wanted = batch_acts.kept(kept.id, actor, Order(action=kept.action))
    _go_on(session, kept, _undoing(session, actor, kept), _time_to_undo(session, kept))
    _hold(session, kept)
    _leave_rest(session, kept)
    return told(kept)


def carry_on(session: Session, batch_id: UUID, seconds: float = STEP) -> bool:
    """One step of the worker, to be committed; False when nothing is left or somebody else works on it."""
    chosen = select(Batch).where(Batch.id == batch_id, Batch.state.in_(GOING_ON))
    kept = session.scalars(
        chosen.with_for_update(skip_locked=True), execution_options={"populate_existing": True}
    ).first()
    if kept is None or kept.wanted is None:
        return False
    if kept.state == "running" and kept.carried_at < db_now(session) - LONGEST_REST:
        _name_rest(session, kept, BatchStopped())
        return False
    actor, order = batch_acts.opened(kept.id, kept.wanted)
    tried = _undoing(session, actor, kept) if kept.state == "undoing" else _doing(session, actor, order, kept)
    with access.acting(actor):
        _go_on(session, kept, tried, seconds)
        session.flush()
    return kept.state in GOING_ON


def give_up_on_first(session: Session, batch_id: UUID) -> None:
    """Name the case at which the worker stumbled, so that the others are done."""
    kept = session.get(Batch, batch_id, with_for_update=True, populate_existing=True)
    if kept is None or kept.state not in GOING_ON:
        return
    _name_rest(session, kept, CaseBroken(), 1)


def resting(session: Session) -> list[UUID]:
    """Batches on which nobody has worked for a while (a worker was killed)."""
    old = select(Batch.id).where(Batch.state.in_(GOING_ON), Batch.carried_at < NOW - timedelta(seconds=30))
    return list(session.scalars(old.order_by(Batch.carried_at).limit(20)))


def forget_old(session: Session) -> None:
    """Delete what was kept of batches whose time is over."""
    session.execute(delete(Batch).where(Batch.made_at < NOW - KEPT))


def refuse_mixed(session: Session, actor: Actor, references: Sequence[str]) -> None:
    """Requests and decisions of many cases are of one service; raises Invalid."""
    numbers = [number for each in references if (number := parse_reference(each)) is not None]
    mine = (Case.reference.in_(numbers), Case.office.in_(sorted(actor.offices)))
    if len(session.scalars(select(Case.service).where(*mine).distinct()).all()) > 1:
        raise Invalid(errors=[FieldError("/cases", "several_services")])


def told(kept: Batch) -> BatchResult:
    """A batch as the API shows it; of one that is being undone `done` is what was taken back."""
    back = kept.state in ("undoing", "undone")
    done = kept.undone if back else [entry["reference"] for entry in kept.done]
    return BatchResult(
        batch=kept.id,
        action=kept.action,
        state=kept.state,
        preview=kept.preview,
        total=len(done) + len(kept.failed) + len(kept.todo),
        left=len(kept.todo),
        done=list(done),
        failed=list(kept.failed),
        would=[_would(entry) for entry in kept.done] if kept.preview else [],
        undo_until=None if kept.preview or back else kept.undo_until,
    )


def _would(entry: Mapping[str, Any]) -> dict[str, Any]:
    of_others = {"translated": None, "delivery": None, "fee_cents": None, "second": None}
    return {**of_others, "added": [], "removed": [], **entry, "assigned_to": entry.get("after")}


def _go_on(session: Session, kept: Batch, tried: Tried, seconds: float) -> None:
    """Work on what is left for so long; at least one case is always tried."""
    done, failed, todo = list(kept.done), list(kept.failed), list(kept.todo)
    undone, until = list(kept.undone), monotonic() + seconds
    while todo:
        reference = todo.pop(0)
        made = tried(reference)
        if isinstance(made, DomainError):
            failed.append(_failure(reference, made))
        elif kept.state == "undoing":
            undone.append(reference)
        else:
            done.append(made)
        if monotonic() >= until:
            break
    kept.done, kept.failed, kept.todo, kept.undone = done, failed, todo, undone
    kept.carried_at = db_now(session)
    if kept.state == "running":
        kept.undo_until = kept.carried_at + rules.UNDO
    if not todo:
        _end(kept)


def _name_rest(session: Session, kept: Batch, error: DomainError, first: int | None = None) -> None:
    """Name what is left, or only the first of it, as failed."""
    failures = [_failure(reference, error) for reference in kept.todo[:first]]
    kept.failed, kept.todo = [*kept.failed, *failures], kept.todo[len(failures) :]
    if not kept.todo:
        _end(kept)
    session.flush()


def _end(kept: Batch) -> None:
    kept.state = "undone" if kept.state == "undoing" else "done"
    kept.wanted = None


def _leave_rest(session: Session, kept: Batch) -> None:
    session.flush()
    if kept.todo:
        defer(session, CARRY, kept.id)


def _time_to_undo(session: Session, kept: Batch) -> float:
    """Seconds that a call takes back cases itself; when the first decisions are about to leave all are held at once."""
    leave_at = kept.made_at + rules.UNDO  # none of them leaves sooner
    leaving = kept.action == "decide" and leave_at - NEARLY_OVER <= db_now(session)
    return 0.0 if leaving else AT_ONCE


def _hold(session: Session, kept: Batch) -> None:
    """Decisions that wait to be taken back do not leave meanwhile."""
    left = set(kept.todo)
    if kept.action == "decide" and left:
        ids = [UUID(entry["proposal"]) for entry in kept.done if entry["reference"] in left]
        waiting = (Proposal.id.in_(ids), Proposal.state == ProposalState.LEAVING, Proposal.leaves_at > NOW)
        session.execute(update(Proposal).where(*waiting).values(leaves_at=NOW + rules.UNDO))


def _doing(session: Session, actor: Actor, order: Order, kept: Batch) -> Tried:
    act = batch_acts.act(session, actor, order)
    return lambda reference: _tried(session, actor, reference, act, order.seen.get(reference), preview=kept.preview)


def _undoing(session: Session, actor: Actor, kept: Batch) -> Tried:
    entries = {entry["reference"]: entry for entry in kept.done}

    def tried(reference: str) -> dict[str, Any] | DomainError:
        def act(case: Case, row: Application) -> dict[str, Any]:
            undoing.undo(session, actor, case, row, kept.action, entries[reference])
            return {}

        return _tried(session, actor, reference, act, None, preview=False)

    return tried


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
            made = {"reference": reference, "language": row.language, **act(case, row)}
            session.flush()
            if preview:
                point.rollback()
    except DomainError as error:
        return error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in BUSY:
            raise
        return CaseBusy()
    return made


def _failure(reference: str, error: DomainError) -> dict[str, Any]:
    faults = [{"pointer": each.pointer, "code": each.code} for each in error.errors]
    return {"reference": reference, "code": error.code, "errors": faults}
