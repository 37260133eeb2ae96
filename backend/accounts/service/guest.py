"""A session without an account: what somebody fills in without signing in belongs to it."""

from __future__ import annotations

from flask import g, request

from backend.accounts import rules
from backend.accounts.service import sessions
from backend.core import access
from backend.core.access import Actor
from backend.core.clock import AnySession


def start_guest_session(session: AnySession) -> Actor:
    """The caller's session, a new guest session (cookie and all) when there is none; exists if the caller commits."""
    found = access.current()
    if found is None:
        found = g.actor = sessions.open_guest_session(session, rules.device_of(request.user_agent.string))
    return found
