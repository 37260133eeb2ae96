"""Selects of cases; each takes the actor and sees only the actor's offices, or is named `…_unchecked`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    select,
    text,
    true,
)
from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.applications.types import State
from backend.casework import policy, queries_kinds, queries_lists
from backend.casework.models import Case, Proposal, SavedView
from backend.casework.types import Order, ProposalState, Wanted
from backend.core.access import Actor
from backend.core.clock import NOW

CANDIDATES = 50
WORKABLE = (State.RECEIVED, State.IN_REVIEW)


def found(session: Session, actor: Actor, condition: ColumnElement[bool], limit: int) -> Sequence[Case]:
    """Cases that somebody looked for, the newest first."""
    chosen = select(Case).where(condition, _mine(actor)).order_by(Case.received_at.desc(), Case.application_id.desc())
    return session.scalars(chosen.limit(limit)).all()


def named(words: Sequence[str]) -> ColumnElement[bool]:
    """Persons with words in their names that begin so (in search form)."""
    return and_(*(Case.name_words.op("@@")(func.to_tsquery("simple", f"{word}:*")) for word in words))


def expected_named(session: Session, words: Sequence[str]) -> int:
    """How many such persons the planner expects; it knows how frequent each common name is."""
    values = {f"word_{n}": f"{word}:*" for n, word in enumerate(words)}
    conditions = (f"name_words @@ to_tsquery('simple', :{name})" for name in values)
    asked = text(f"EXPLAIN (FORMAT JSON) SELECT FROM staff_case WHERE {' AND '.join(conditions)}")
    return int(session.execute(asked, values).scalar_one()[0]["Plan"]["Plan Rows"])


def by_reference_unchecked(session: Session, reference: str, *, lock: bool = False) -> Case | None:
    """A case by its stored reference; the caller asks whether it is one of the actor's."""
    chosen = select(Case).where(Case.reference == reference)
    if lock:
        chosen = chosen.with_for_update().execution_options(populate_existing=True)
    return session.scalars(chosen).one_or_none()


def next_free(session: Session, actor: Actor, wanted: Wanted, today: date) -> Case | None:
    """The most urgent case that nobody works on, locked together with its application; what others lock is skipped."""
    ids = [each.application_id for each in _first(session, actor, wanted, today)]
    chosen = (
        select(Case)
        .join(Application, Application.id == Case.application_id)
        .where(Case.application_id.in_(ids), Case.assigned_to.is_(None), Case.state.in_(WORKABLE))
        .order_by(Case.due_rank, Case.application_id)
        .limit(1)
        .with_for_update(of=[Application, Case], skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return session.scalars(chosen).first()


def proposals_of(session: Session, application_id: UUID, *, lock: bool = False) -> Sequence[Proposal]:
    """The proposed decisions, newest first."""
    chosen = select(Proposal).where(Proposal.application_id == application_id)
    ordered = chosen.order_by(Proposal.proposed_at.desc(), Proposal.id)
    if lock:
        ordered = ordered.with_for_update().execution_options(populate_existing=True)
    return session.scalars(ordered).all()


def _first(session: Session, actor: Actor, wanted: Wanted, today: date) -> Sequence[Case]:
    way = queries_kinds.way(session, actor, wanted)
    order = Order(sort="due", by="due_rank", down=False)
    return queries_lists.page(session, actor, wanted, way, today, order, after=None, limit=CANDIDATES)


def leaving_unchecked(session: Session, limit: int) -> Sequence[UUID]:
    """Proposals whose time for undoing is over."""
    chosen = select(Proposal.id).where(Proposal.state == ProposalState.LEAVING, Proposal.leaves_at <= NOW)
    return session.scalars(chosen.order_by(Proposal.leaves_at, Proposal.id).limit(limit)).all()


def views_of(session: Session, actor: Actor) -> Sequence[SavedView]:
    """Somebody's own views by name."""
    chosen = select(SavedView).where(SavedView.account_id == actor.account_id)
    return session.scalars(chosen.order_by(SavedView.name)).all()


def _mine(actor: Actor) -> ColumnElement[bool]:
    return true() if policy.everywhere(actor) else Case.office.in_(sorted(actor.offices))
