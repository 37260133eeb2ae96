"""Answers about sessions, the same for both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from backend.accounts.service import sessions
from backend.accounts.types import SessionView
from backend.core.access import Actor
from backend.core.clock import BERLIN, AnySession, db_now

TIMES = ("created_at", "seen_at", "expires_at", "absolute_until")
NOBODY = dict.fromkeys(("kind", "level", "method", "name", "expires_at", "absolute_until"))


def session_answer(session: AnySession, actor: Actor | None, *, available: bool) -> dict[str, Any]:
    """Who is signed in and until when."""
    told = NOBODY if actor is None else _local(sessions.view(session, actor))
    return {
        **told,
        "signed_in": actor is not None and actor.account_id is not None,
        "now": db_now(session).astimezone(BERLIN),
        "warn_minutes": int(sessions.WARNING.total_seconds() // 60),
        "available": available,
        "roles": sorted(actor.roles) if actor else [],
        "offices": sorted(actor.offices) if actor else [],
    }


def own_sessions(found: Sequence[SessionView]) -> dict[str, Any]:
    """The person's sessions."""
    return {"items": [_local(each) for each in found]}


def _local(view: SessionView) -> dict[str, Any]:
    told = asdict(view)
    return told | {name: told[name].astimezone(BERLIN) for name in TIMES}
