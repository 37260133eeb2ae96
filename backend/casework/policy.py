"""Who may do what with cases: one table of actions and roles, and the offices that limit every read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, TypeVar

from backend.casework.types import Action
from backend.core import access as who
from backend.core.access import ANY_ROLE, Actor, access, staff
from backend.core.errors import Forbidden

View = TypeVar("View", bound=Callable[..., Any])
A = Action
CLERK, LEAD, SECOND, AUDITOR = "clerk", "lead", "second_approver", "auditor"
PHONE, ADMINISTRATOR = "phone_agent", "administrator"
WORKERS: Final = frozenset({CLERK, LEAD})
REVIEWERS: Final = WORKERS | {SECOND}
MANAGERS: Final = frozenset({LEAD, ADMINISTRATOR})
EVERYBODY: Final = REVIEWERS | {AUDITOR, PHONE, ADMINISTRATOR}

# Phone agents (but for STATUS) and administrators open no case: neither needs its content for their work.
TABLE: Final[Mapping[Action, frozenset[str]]] = {
    A.LIST: REVIEWERS,
    A.SEARCH: REVIEWERS,
    A.OPEN: REVIEWERS | {AUDITOR},
    A.TAKE: WORKERS,
    A.ASSIGN: WORKERS,
    A.NOTE: REVIEWERS,
    A.WRITE: WORKERS,
    A.REQUEST: WORKERS,
    A.PROPOSE: WORKERS,
    A.APPROVE: frozenset({SECOND, LEAD}),
    A.UNDO: REVIEWERS,
    A.BATCH: WORKERS,
    A.VIEWS: REVIEWERS,
    A.PROFILE: EVERYBODY,
    A.LETTERS: REVIEWERS,
    A.BLOCKS: REVIEWERS,
    A.TRAIL: frozenset({AUDITOR}),
    A.RELATED: REVIEWERS,
    A.EXPORT: REVIEWERS | {AUDITOR},
    A.EXPORT_LIST: REVIEWERS,
    A.EXPORT_TRAIL: frozenset({AUDITOR}),
    A.TRAINING: REVIEWERS,
    A.WORKERS: REVIEWERS | MANAGERS,
    A.ABSENCE: REVIEWERS | MANAGERS,
    A.TEAMS: MANAGERS,
    A.ROUTING: MANAGERS,
    A.CORRECT: WORKERS,
    A.REOPEN: WORKERS,
    A.HAND_OVER: WORKERS,
    A.ASK_OPINION: WORKERS,
    A.ANSWER_OPINION: WORKERS,
    A.OPINIONS: REVIEWERS,
    A.STATUS: REVIEWERS | {PHONE},
    A.REFUND: MANAGERS,
    A.RETENTION: frozenset({AUDITOR, ADMINISTRATOR}),
}


TOUCHING_OTHERS: Final = frozenset({A.HAND_OVER, A.ASK_OPINION, A.STATUS, A.ROUTING, A.TEAMS, A.ABSENCE, A.REFUND})


def may(actor: Actor, action: Action) -> bool:
    """Whether one of the actor's roles has this action; an exercise touches nobody else."""
    if actor.training and action in TOUCHING_OTHERS:
        return False
    return actor.kind == "staff" and not actor.roles.isdisjoint(TABLE[action])


def require(actor: Actor, action: Action) -> None:
    """Raise Forbidden unless the table allows it."""
    if not may(actor, action):
        raise Forbidden


def everywhere(actor: Actor) -> bool:
    """An auditor whom the issuer gives no offices oversees all of them; everybody else sees only the named ones."""
    return AUDITOR in actor.roles and not actor.offices


def in_office(actor: Actor, office: str) -> bool:
    """Whether a case of this office exists for the actor."""
    return office in actor.offices or everywhere(actor)


def manages_everywhere(actor: Actor) -> bool:
    """An administrator whom the issuer gives no offices sets up all of them; this opens no case."""
    return actor.roles == {ADMINISTRATOR} and not actor.offices


def manages(actor: Actor, office: str) -> bool:
    """Whether the people and the rules of this office are the actor's business."""
    return office in actor.offices or manages_everywhere(actor)


def may_assign_others(actor: Actor) -> bool:
    """Clerks take and give back; a lead also gives to others."""
    return LEAD in actor.roles


def allowed(action: Action) -> Callable[[View], View]:
    """Declare and demand one action at a route: the same word is listed by the architecture test and judged here."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            require(who.actor(), action)
            return view(*args, **kwargs)

        declared: View = access(staff(ANY_ROLE, action))(wrapper)  # type: ignore[assignment]  # the same callable
        return declared

    return decorate
