"""Who wants to hear of payments: rooms above register, this room knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy.orm import Session

_KEY = "payments-listeners"
Told = Callable[[Session, UUID, str], None]
Lock = Callable[[Session, UUID], object]


@dataclass(frozen=True)
class Listener:
    """What is called with (session, application id, state) in the transaction of a change; its own lock comes first."""

    told: Told
    lock: Lock | None = None


def on_change(app: Flask, told: Told, *, lock: Lock | None = None) -> None:
    """Register a listener. `lock` is called before a payment's row is locked, so that rows are taken in one order."""
    app.extensions.setdefault(_KEY, []).append(Listener(told, lock))


def lock_above(session: Session, application_id: UUID) -> None:
    """Let the rooms above lock their rows first (application before payment)."""
    for listener in _listeners():
        if listener.lock is not None:
            listener.lock(session, application_id)


def tell(session: Session, application_id: UUID, state: str) -> None:
    """Tell everybody of a new state, in the transaction of the change."""
    session.flush()
    for listener in _listeners():
        listener.told(session, application_id, state)


def _listeners() -> list[Listener]:
    return cast(list[Listener], current_app.extensions.get(_KEY, []))
