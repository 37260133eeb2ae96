"""What rooms above tie to a person: they register here, because accounts may not see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask, current_app

from backend.accounts.types import Consequence, Idle, Section
from backend.audit.types import ObjectKey
from backend.core.access import Actor
from backend.core.clock import AnySession

Made = TypeVar("Made")
SignedIn = Callable[[AnySession, Actor | None, Actor], None]
Tell = Callable[[AnySession, Actor, str], Section | None]
Copies = Callable[[AnySession, Actor, str], Iterable[tuple[str, Section]]]
Objects = Callable[[AnySession, UUID, str], Mapping[ObjectKey, str]]
Consequences = Callable[[AnySession, UUID], Sequence[Consequence]]
Forget = Callable[[AnySession, UUID], None]
Warn = Callable[[AnySession, Idle], None]
_TIES = "amtsweg-account-ties"


@dataclass(frozen=True)
class SectionTie:
    """A room's part of My data."""

    name: str
    tell: Tell


@dataclass(frozen=True)
class Farewell:
    """What a room does when an account goes."""

    consequences: Consequences
    forget: Forget


def on_sign_in(app: Flask, listener: SignedIn) -> None:
    """Call `listener(session, before, after)` in the transaction of a sign-in, e.g. to take over a guest's drafts.

    `before` is whose session the browser had until now (a guest's, the same person's, or None).
    """
    _tie(app, listener, "sign_in")


def register_section(app: Flask, name: str, tell: Tell) -> None:
    """Add a section to My data: `tell(session, actor, language)` gives it, or None when there is nothing."""
    _tie(app, SectionTie(name, tell), "section")


def register_copies(app: Flask, copies: Copies) -> None:
    """Add what only a person's own copy (JSON, PDF) holds: `(name, section)` for each thing with all its content."""
    _tie(app, copies, "copies")


def register_objects(app: Flask, objects: Objects) -> None:
    """Name the objects of a person for "who looked at it".

    `objects(session, account, language)` gives `{(object type, object id): name}`, keyed as audit entries name them.
    """
    _tie(app, objects, "objects")


def register_farewell(app: Flask, *, consequences: Consequences, forget: Forget) -> None:
    """Be asked what the end of an account means (a consequence may block it), and be told in its transaction.

    After `forget` nothing may refer to the account any more.
    """
    _tie(app, Farewell(consequences, forget), "farewell")


def on_idle(app: Flask, warn: Warn) -> None:
    """Tell people that their unused account will end: `warn(session, idle)` queues the message."""
    _tie(app, warn, "idle")


def sign_in_listeners() -> list[SignedIn]:
    """Who wants to know of sign-ins."""
    return _tied("sign_in")


def sections() -> list[SectionTie]:
    """The rooms' parts of My data."""
    return _tied("section")


def copy_sources() -> list[Copies]:
    """Who has content for a person's own copy."""
    return _tied("copies")


def object_sources() -> list[Objects]:
    """Who knows objects of a person."""
    return _tied("objects")


def farewells() -> list[Farewell]:
    """Who has a say when an account goes."""
    return _tied("farewell")


def idle_listeners() -> list[Warn]:
    """Who tells people that their account will end."""
    return _tied("idle")


def _tie(app: Flask, what: object, kind: str) -> None:
    _all(app).setdefault(kind, []).append(what)


def _tied(kind: str) -> list[Any]:
    """All ties of a kind, in the order in which the rooms were mounted."""
    return list(_all(current_app).get(kind, []))


def _all(app: Flask) -> dict[str, list[object]]:
    found: dict[str, list[object]] = app.extensions.setdefault(_TIES, {})
    return found
