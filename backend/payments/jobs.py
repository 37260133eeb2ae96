"""What the worker does for payments: asks about those whose person never came back."""

from __future__ import annotations

from uuid import UUID

from backend.core.db import db
from backend.core.jobs import defer, sweeper, task
from backend.payments import gateway, queries

ASK_TASK = "payments.ask"


@sweeper
def nudge_payments() -> None:
    """Queue a question for every payment that is due for one."""
    for intent_id in queries.due(db.session()):
        defer(db.session(), ASK_TASK, intent_id)


@task(ASK_TASK)
def ask(row_id: str) -> None:
    """Ask the payment service what became of one payment."""
    gateway.refresh(db.session, UUID(row_id))
