"""Who may call an endpoint: declared at every route, read by the blueprint wrapper, listed by the architecture test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from flask import Flask

from backend.core.errors import Unauthenticated

Kind = Literal["public", "guest", "citizen", "staff", "machine"]
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """One declaration: kind of caller and what narrows it (object, level, role and scope, machine name)."""

    kind: Kind
    detail: str = ""
    scope: str = ""


public = Access("public")


def guest(subject: str) -> Access:
    """The holder of the secret of one object, e.g. guest("appointment"); the service compares the secret."""
    return Access("guest", subject)


def citizen(level: str) -> Access:
    """A signed-in citizen with at least this level of trust."""
    return Access("citizen", level)


def staff(role: str, scope: str) -> Access:
    """A signed-in member of staff with this role in this scope."""
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


def admit(rule: Access) -> None:
    """Refuse kinds of callers that nobody can prove to be yet; fails closed."""
    if rule.kind not in {"public", "guest"}:
        raise Unauthenticated


def undeclared(app: Flask) -> list[str]:
    """Endpoints of the application without a declaration (Flask's own static route is switched off)."""
    return sorted(name for name, view in app.view_functions.items() if declared(view) is None)
