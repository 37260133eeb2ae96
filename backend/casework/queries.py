"""Selects of cases; each takes the actor and sees only the actor's offices, or is named `…_unchecked`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Select,
    TableValuedAlias,
    Text,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from backend.applications.models import Application
from backend.applications.types import State
from backend.casework import policy, rules
from backend.casework.cursor import Key
from backend.casework.models import Case, Proposal, SavedView
from backend.casework.types import EXACT_UP_TO, ProposalState, Scope, Sort, Wanted
from backend.core.access import Actor
from backend.core.clock import NOW, local_midnight

CANDIDATES = 50
WORKABLE = (State.RECEIVED, State.IN_REVIEW)
_SCOPES: dict[Scope, Sequence[ColumnElement[bool]]] = {
    "open": (Case.ended_at.is_(None),),
    "ended": (Case.ended_at.is_not(None),),
    "all": (),
}


def page(
    session: Session, actor: Actor, wanted: Wanted, today: date, *, after: Key | None, limit: int
) -> Sequence[Case]:
    """The next cases of a work list in its order."""
    return session.scalars(listed(actor, wanted, today, after=after, limit=limit)).all()


def count(session: Session, actor: Actor, wanted: Wanted, today: date) -> int:
    """How many cases a list has, counted to one more than what is told exactly."""
    most = EXACT_UP_TO + 1
    chosen = select(Case.application_id).where(*_filters(actor, wanted, today))
    offices, best = _of_each_office(actor, wanted, chosen, most)
    ids = select(best.c.application_id).select_from(offices).join(best, true()).limit(most).subquery()
    return session.execute(select(func.count()).select_from(ids)).scalar_one()


def listed(actor: Actor, wanted: Wanted, today: date, *, after: Key | None, limit: int) -> Select[Any]:
    """A list in its order: each office's best by its own index, then the best of these.

    One index over office and date cannot give the order over several offices; one short walk for each office can, so
    that the work depends on the page and not on how many cases there are.
    """
    chosen = select(Case).where(*_filters(actor, wanted, today))
    if after is not None:
        here = tuple_(sort_column(wanted.sort), Case.application_id)
        chosen = chosen.where(here < after if wanted.sort.startswith("-") else here > after)
    offices, best = _of_each_office(actor, wanted, chosen, limit)
    found = aliased(Case, best)
    columns = (found.due_rank if wanted.sort == "due" else found.received_at), found.application_id
    down = wanted.sort.startswith("-")
    ways = (column.desc() if down else column.asc() for column in columns)
    return select(found).select_from(offices).join(best, true()).order_by(*ways).limit(limit)


def _of_each_office(
    actor: Actor, wanted: Wanted, chosen: Select[Any], limit: int
) -> tuple[TableValuedAlias, FromClause]:
    """The offices of a list, and beside each of them its own first rows."""
    names = bindparam("offices", offices_of(actor, wanted), type_=ARRAY(Text))
    offices = func.unnest(names).table_valued("office").render_derived()
    inner = chosen.where(Case.office == offices.c.office, *_SCOPES[wanted.scope])
    return offices, inner.order_by(*order(wanted.sort)).limit(limit).lateral("best")


def sort_column(sort: Sort) -> InstrumentedAttribute[Any]:
    """What a list is sorted by, before the id."""
    return Case.due_rank if sort == "due" else Case.received_at


def order(sort: Sort) -> tuple[ColumnElement[Any], ...]:
    """The whole order of a list."""
    column = sort_column(sort)
    if sort.startswith("-"):
        return column.desc(), Case.application_id.desc()
    return column.asc(), Case.application_id.asc()


def found(session: Session, actor: Actor, condition: ColumnElement[bool], limit: int) -> Sequence[Case]:
    """Cases that somebody looked for, the newest first."""
    chosen = select(Case).where(condition, _mine(actor)).order_by(Case.received_at.desc(), Case.application_id.desc())
    return session.scalars(chosen.limit(limit)).all()


def by_reference_unchecked(session: Session, reference: str, *, lock: bool = False) -> Case | None:
    """A case by its stored reference; the caller asks whether it is one of the actor's."""
    chosen = select(Case).where(Case.reference == reference)
    if lock:
        chosen = chosen.with_for_update().execution_options(populate_existing=True)
    return session.scalars(chosen).one_or_none()


def next_free(session: Session, actor: Actor, wanted: Wanted, today: date) -> Case | None:
    """The most urgent case that nobody works on, locked together with its application; what others lock is skipped."""
    ids = [each.application_id for each in page(session, actor, wanted, today, after=None, limit=CANDIDATES)]
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


def offices_of(actor: Actor, wanted: Wanted) -> list[str]:
    """The offices of a list: those asked for as far as they are the actor's."""
    return sorted(actor.offices & set(wanted.offices)) if wanted.offices else sorted(actor.offices)


def _filters(actor: Actor, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    several = ((Case.service, wanted.services), (Case.state, wanted.states), (Case.language, wanted.languages))
    chosen: list[ColumnElement[bool]] = [column.in_(list(values)) for column, values in several if values]
    if wanted.waiting_for is not None:
        nobody = wanted.waiting_for == "office"
        chosen.append(Case.waiting_for.is_(None) if nobody else Case.waiting_for == wanted.waiting_for)
    if wanted.assigned == "nobody":
        chosen.append(Case.assigned_to.is_(None))
    elif wanted.assigned is not None:
        chosen.append(Case.assigned_to == (actor.account_id if wanted.assigned == "me" else UUID(wanted.assigned)))
    if wanted.older_than_days is not None:
        chosen.append(Case.received_at < local_midnight(today - timedelta(days=wanted.older_than_days - 1)))
    if wanted.label is not None:
        chosen.append(Case.labels.op("@>")(cast([wanted.label], ARRAY(Text))))
    if wanted.to_approve:
        chosen.append(
            exists().where(
                Proposal.application_id == Case.application_id,
                Proposal.state == ProposalState.WAITING,
                Proposal.proposer.is_distinct_from(actor.account_id),
            )
        )
    if wanted.teams is not None:
        chosen.append(or_(Case.team.is_(None), Case.team.in_(list(wanted.teams))))
    return [*chosen, *_urgent(wanted, today)]


def _urgent(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """What is late or could become late."""
    chosen: list[ColumnElement[bool]] = []
    if wanted.due == "overdue":
        chosen.append(Case.due_rank < today)
    elif wanted.due == "soon":
        chosen.append(Case.due_rank.between(today, today + rules.SOON))
    if wanted.at_risk:
        chosen += [Case.promise_on <= today + rules.RISK, Case.waiting_for.is_(None), Case.ended_at.is_(None)]
        chosen.append(Case.due_rank <= today + rules.RISK)  # follows from the first, and has an index
    if wanted.escalated:
        chosen += [Case.escalated_at.is_not(None), Case.ended_at.is_(None)]
    return chosen
