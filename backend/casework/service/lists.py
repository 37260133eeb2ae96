"""Work lists and searches: what somebody may see, in pages that cost the same however many cases there are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from backend.audit import service as audit
from backend.casework import applicant, cursor, queries, queries_changes, queries_kinds, queries_lists, rules
from backend.casework.models import Case
from backend.casework.service import ordering, workers
from backend.casework.types import EXACT_UP_TO, CaseLine, CasePage, Order, Place, Sought, Wanted
from backend.core.access import Actor
from backend.core.clock import BERLIN, local_midnight, today
from backend.core.errors import FieldError, Invalid
from backend.core.security import format_reference, parse_reference
from backend.forms import service as forms

MOST_FOUND = 50
RECENT = timedelta(days=7)
COMMON = 2_000  # from so many persons of a name on


def tag(session: Session, actor: Actor, wanted: Wanted, *, after: str | None, limit: int) -> str:
    """One word for what a list shows, without reading it: another question, day or change is another word.

    Why nothing is missed: docs/adr/0017-reading-cases.md.
    """
    offices = queries_kinds.offices_of(actor, wanted)
    asked = (asdict(wanted), after, limit, str(actor.account_id), offices)
    told = repr((asked, queries_changes.of(session, offices)))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def listed(session: Session, actor: Actor, wanted: Wanted, *, after: str | None, limit: int) -> CasePage:
    """One page of a work list with its count; raises Invalid for a place that is none, or is one of another sort."""
    day = today(session)
    place = cursor.in_list(after, ordering.sort_of(wanted))
    order = ordering.of(session, actor, wanted, place)
    way = queries_kinds.way(session, actor, wanted)
    counted = None
    if after is not None or queries_lists.limited_by_day(wanted, order):
        counted = queries_lists.count(session, actor, wanted, way, day)
    rows = queries_lists.page(session, actor, wanted, way, day, order, after=place, limit=limit + 1, counted=counted)
    if counted is None:  # on a first page that is not full all are seen
        counted = len(rows) if len(rows) <= limit else queries_lists.count(session, actor, wanted, way, day)
    return CasePage(
        items=lines(session, rows[:limit], day),
        next=cursor.of_list(order, place_of(order, rows[limit - 1])) if len(rows) > limit else None,
        count=min(counted, EXACT_UP_TO),
        count_is_exact=counted <= EXACT_UP_TO,
        sort=order.sort,
    )


def place_of(order: Order, case: Case) -> Place:
    """Where a case stands in a list."""
    group = "" if order.group is None else str(getattr(case, order.group))
    return Place(value=getattr(case, order.by), case=case.application_id, group=group)


def search(session: Session, actor: Actor, sought: Sought) -> CasePage:
    """Cases by reference or name; a date of birth narrows a family name down and finds nothing without one.

    Every search is written down (not what was typed). Raises Invalid when nothing can be looked for.
    """
    rows = _newest(session, actor, sought)
    kind = "reference" if sought.reference else "name_and_birth_date" if sought.birth_date else "name"
    payload = {"kind": kind, "found": min(len(rows), MOST_FOUND)}
    audit.record(session, actor=actor, action="case.searched", object_type="case", object_id="-", payload=payload)
    return CasePage(
        items=lines(session, rows[:MOST_FOUND], today(session)),
        next=None,
        count=min(len(rows), MOST_FOUND),
        count_is_exact=len(rows) <= MOST_FOUND,
        sort="-received",
    )


def _newest(session: Session, actor: Actor, sought: Sought) -> Sequence[Case]:
    """The newest that fit; a common name has so many that they are looked for among the last days first."""
    condition = _condition(sought)
    words = [] if sought.birth_date is not None else rules.search_words(sought.name or "")
    if words and queries.expected_named(session, words) > COMMON:
        since = local_midnight(today(session) - RECENT)  # a value: by the clock's function no index could be used
        recent = and_(condition, Case.received_at >= since)
        rows = queries.found(session, actor, recent, MOST_FOUND + 1)
        if len(rows) > MOST_FOUND:
            return rows
    return queries.found(session, actor, condition, MOST_FOUND + 1)


def lines(session: Session, rows: Sequence[Case], day: date) -> list[CaseLine]:
    """Rows as a list shows them."""
    names = workers.names(session, [row.assigned_to for row in rows])
    return [
        CaseLine(
            reference=format_reference(row.reference),
            service=row.service,
            title=forms.text(forms.get(row.service, row.version), "service.title", "de"),
            office=row.office,
            name=row.name,
            language=row.language,
            state=row.state,
            waiting_for=row.waiting_for,
            received_at=row.received_at,
            age_days=(day - row.received_at.astimezone(BERLIN).date()).days,
            promise_on=row.promise_on,
            due_on=row.due_on,
            urgency="none" if row.ended_at else rules.urgency(row.due_rank, day),
            assigned_to=row.assigned_to,
            assigned_name=names.get(row.assigned_to) if row.assigned_to else None,
            team=row.team,
            labels=row.labels,
            escalated=row.escalated_at is not None,
            revision=row.revision,
        )
        for row in rows
    ]


def _condition(sought: Sought) -> ColumnElement[bool]:
    if sought.reference is not None:
        reference = parse_reference(sought.reference)
        if reference is None:
            raise Invalid(errors=[FieldError("/reference", "invalid")])
        return Case.reference == reference
    words = rules.search_words(sought.name or "")
    if not words:
        raise Invalid(errors=[FieldError("/name", "required")])
    if sought.birth_date is not None:
        born = sought.birth_date
        typed = sought.name or ""
        keys = {applicant.index(part, born) for part in (typed, typed.split()[-1], typed.split()[0])}
        return Case.birth_index.in_(sorted(keys))
    return queries.named(words)
