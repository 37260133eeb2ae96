"""Who may call an endpoint: declared at every route, read by the blueprint wrapper, listed by the architecture test.

Core knows no accounts: a hook says who is calling (`register`), the declaration says who may (`admit`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast, get_args
from uuid import UUID

from flask import Flask, Request, current_app, g, has_request_context, request

from backend.core.errors import Forbidden, LevelTooLow, Unauthenticated

Kind = Literal["public", "guest", "citizen", "staff", "machine"]
ActorKind = Literal["citizen", "guest", "staff", "system"]
Level = Literal["none", "basic", "substantial", "high"]
View = TypeVar("View", bound=Callable[..., Any])

LEVELS: tuple[Level, ...] = get_args(Level)
ANY_ROLE = "any"
_LOADER = "amtsweg-actor-loader"


@dataclass(frozen=True)
class Access:
    """One declaration: kind of caller and what narrows it (object, level, role and scope, machine name)."""

    kind: Kind
    detail: str = ""
    scope: str = ""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who is acting: a person with an account, the holder of a resumed draft (guest), staff or the system itself.

    `level` and `method` say how the person proved who they are in this session; `issuer` and `subject` are the person.
    While `training`, the only office of a member of staff is her own of exercises.
    """

    kind: ActorKind
    account_id: UUID | None = None
    session_id: UUID | None = None
    level: Level = "none"
    method: str | None = None
    name: str | None = None
    issuer: str | None = None
    subject: str | None = None
    roles: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    training: bool = False


SYSTEM = Actor(kind="system")
TRAINING = "training:"  # begins the name of every office in which somebody trains
Loader = Callable[[Request, Access | None], Actor | None]

public = Access("public")


def training_office(account_id: UUID) -> str:
    """The office in which somebody of the staff trains alone, with invented cases."""
    return f"{TRAINING}{account_id}"


def is_training(office: str | None) -> bool:
    """Whether what belongs to this office is only an exercise: nothing of it may leave the house."""
    return office is not None and office.startswith(TRAINING)


def guest(subject: str) -> Access:
    """The holder of the secret of one object, e.g. guest("appointment"); the service compares the secret."""
    return Access("guest", subject)


def citizen(level: Level) -> Access:
    """A signed-in citizen with at least this level of trust; "none": any session of the citizens' side, guests too."""
    return Access("citizen", level)


def staff(role: str, scope: str) -> Access:
    """A signed-in member of staff with this role ("any": every role) in this scope."""
    return Access("staff", role, scope)


def machine(name: str) -> Access:
    """A machine outside with its own proof (never a cookie)."""
    return Access("machine", name)


def access(rule: Access) -> Callable[[View], View]:
    """Declare who may call this endpoint; a route without it stops the start."""

    def declare(view: View) -> View:
        view.__dict__["access"] = rule
        return view

    return declare


def declared(view: Callable[..., Any]) -> Access | None:
    """The declaration of a view, or None."""
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None


def called() -> Access | None:
    """The declaration of the view that this request is for, or None."""
    view = current_app.view_functions.get(request.endpoint or "")
    return None if view is None else declared(view)


def register(app: Flask, load: Loader) -> None:
    """Tell this application how to find out who is calling."""
    app.extensions[_LOADER] = load


def current() -> Actor | None:
    """Who is calling, if anybody is signed in; asked once per request, only when somebody wants to know."""
    if "actor" not in g:
        load = cast(Loader | None, current_app.extensions.get(_LOADER))
        rule = called()
        g.actor = None if load is None or _faceless(rule) else load(request, rule)
    return cast(Actor | None, g.actor)


def actor() -> Actor:
    """Who is calling an endpoint that admits only signed-in callers; raises Unauthenticated."""
    found = current()
    if found is None:
        raise Unauthenticated
    return found


def at_a_screen() -> Actor | None:
    """Who is calling, or in whose name a job goes on (`acting`): nobody in other jobs and commands."""
    return current() if has_request_context() else cast(Actor | None, g.get("acting"))


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """What a job does here is what this person began at a screen."""
    g.acting = actor
    try:
        yield
    finally:
        g.pop("acting", None)


def reaches(level: str, required: str) -> bool:
    """True when a level of trust is at least the required one; a level that nobody knows reaches and demands all."""
    order: dict[str, int] = {name: number for number, name in enumerate(LEVELS)}
    return order.get(level, -1) >= order.get(required, len(LEVELS))


def admit(rule: Access) -> None:
    """Let a caller in or raise: Unauthenticated (401), LevelTooLow (403), Forbidden (403); fails closed.

    A machine's own proof and a guest's secret are judged by the service that knows them.
    """
    if rule.kind in {"public", "guest", "machine"}:
        return
    who = actor()
    if rule.kind == "staff":
        if who.kind != "staff":
            raise Unauthenticated
        if not (rule.detail in who.roles or (rule.detail == ANY_ROLE and who.roles)):
            raise Forbidden
        return
    if who.kind not in {"citizen", "guest"} or (who.kind == "guest" and rule.detail != "none"):
        raise Unauthenticated
    if not reaches(who.level, rule.detail):
        raise LevelTooLow(extra={"required": rule.detail, "level": who.level})


def undeclared(app: Flask) -> list[str]:
    """Endpoints of the application without a declaration (Flask's own static route is switched off)."""
    return sorted(name for name, view in app.view_functions.items() if declared(view) is None)


def _faceless(rule: Access | None) -> bool:
    """Machines take no cookie, so nobody's session can be borrowed on their routes."""
    return rule is not None and rule.kind == "machine"
