"""What rooms above tie to a person: they register here, because accounts may not see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app

from backend.core.access import Actor
from backend.core.clock import AnySession

Tie = TypeVar("Tie")
SignedIn = Callable[[AnySession, Actor | None, Actor], None]
_TIES = "amtsweg-account-ties"


def on_sign_in(app: Flask, listener: SignedIn) -> None:
    """Call `listener(session, before, after)` in the transaction of a sign-in, e.g. to take over a guest's drafts.

    `before` is whose session the browser had until now (a guest's, the same person's, or None).
    """
    tie(app, "sign_in", listener)


def tie(app: Flask, kind: str, what: object) -> None:
    """Remember one tie of a kind."""
    _all(app).setdefault(kind, []).append(what)


def tied(kind: str) -> list[Any]:
    """All ties of a kind, in the order in which the rooms were mounted."""
    return list(_all(current_app).get(kind, []))


def _all(app: Flask) -> dict[str, list[object]]:
    found: dict[str, list[object]] = app.extensions.setdefault(_TIES, {})
    return found
