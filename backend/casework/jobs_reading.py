"""What the worker tidies for reading: presence that nobody renewed, notes of changes that newer ones replaced."""

from __future__ import annotations

from backend.casework import queries_changes
from backend.casework.service import present
from backend.core.db import db
from backend.core.jobs import sweeper


@sweeper
def presence_ends() -> None:
    """Forget who had a case open."""
    present.sweep(db.session())


@sweeper
def list_changes_end() -> None:
    """Keep only the newest note of a change for each list."""
    queries_changes.tidy(db.session())
