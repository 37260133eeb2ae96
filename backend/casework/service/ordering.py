"""In which order a work list stands: what its columns show decides, so titles and names and not their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications.types import State
from backend.casework import queries_kinds, queries_lists
from backend.casework.service import workers
from backend.casework.types import NO_NAME, NOBODY, Order, Place, Sort, Wanted
from backend.core.access import Actor
from backend.core.errors import NotFound
from backend.core.names import search_form
from backend.forms import service as forms
from backend.forms.errors import FormChanged

STAGES = (
    State.RECEIVED,
    State.IN_REVIEW,
    State.WAITING,
    State.GRANTED,
    State.PARTLY,
    State.REFUSED,
    State.WITHDRAWN,
    State.LAPSED,
    State.CLOSED,
)
_NOT_DUE: Mapping[Sort, Sort] = {"due": "-received", "-due": "received"}
_BY: Mapping[str, Literal["due_rank", "received_at", "name_key"]] = {
    "due": "due_rank",
    "received": "received_at",
    "name": "name_key",
}
Group = Literal["service", "state", "assignee"]
_GROUP: Mapping[str, Group] = {"service": "service", "state": "state", "assigned": "assignee"}


def sort_of(wanted: Wanted) -> Sort:
    """By what a list is sorted: ended cases have no date by which they are due, so it is the receipt instead."""
    return wanted.sort if wanted.scope == "open" else _NOT_DUE.get(wanted.sort, wanted.sort)


def of(session: Session, actor: Actor, wanted: Wanted, after: Place | None) -> Order:
    """The order of a list, so that `after` lies in it.

    Groups are those that its cases have, in the order of what is shown of them; nobody's cases are the last.
    """
    sort = sort_of(wanted)
    down, column = sort.startswith("-"), sort.removeprefix("-")
    if column in _BY:
        return Order(sort=sort, by=_BY[column], down=down)
    group = _GROUP[column]
    values = _values(session, actor, wanted, group)
    if after is not None:
        values.add(after.group)  # its last case may have left it meanwhile, or it is of another list
    groups = sorted(values, key=_shown(session, values, group), reverse=down)
    return Order(sort=sort, by="received_at", down=wanted.scope != "open", group=group, groups=tuple(groups))


def _values(session: Session, actor: Actor, wanted: Wanted, group: Group) -> set[str]:
    if group == "state":
        found = set(wanted.states or STAGES)
        return found & {State.WAITING} if wanted.waiting_for == "citizen" else found
    account = queries_kinds.whose(actor, wanted)
    if group == "assignee" and account is not None:
        return {str(account)}
    if group == "service" and wanted.services:
        return set(wanted.services)
    return queries_lists.present(session, queries_kinds.offices_of(actor, wanted), wanted.scope, group)


def _shown(session: Session, values: set[str], group: Group) -> Callable[[str], tuple[Any, ...]]:
    """What a group is sorted by; the value itself keeps apart what looks the same."""
    if group == "state":
        return lambda value: (STAGES.index(State(value)) if value in STAGES else len(STAGES), value)
    if group == "service":
        return lambda value: (search_form(_title(value)), value)
    names = workers.names(session, [UUID(value) for value in values])
    return lambda value: (value == str(NOBODY), search_form(names.get(UUID(value), "")) or NO_NAME, value)


def _title(service: str) -> str:
    """The German title as of now; a service without a form that can be shown is sorted by its own name."""
    with suppress(NotFound, FormChanged):
        return forms.text(forms.published(service), "service.title", "de").text
    return service
