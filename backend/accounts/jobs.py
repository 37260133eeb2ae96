"""What accounts do by themselves."""

from __future__ import annotations

from backend.accounts.service import retention
from backend.core.db import db
from backend.core.jobs import sweeper


@sweeper
def end_what_is_over() -> None:
    """Forget ended sessions and unused accounts."""
    retention.run(db.session)
