"""May this caller do this to this application? Owners send and see; helpers fill; nobody sees below the filed level."""

from __future__ import annotations

from backend.applications.models import Application
from backend.applications.types import PAID, By, State
from backend.core.access import Actor, reaches
from backend.core.errors import LevelTooLow


def role(actor: Actor, row: Application) -> By:
    """As whom the caller of `queries.by_id` acts: the person herself, or her helper."""
    is_helper = row.helper_account is not None and row.helper_account == actor.account_id
    return By.HELPER if is_helper and row.owner_account != actor.account_id else By.PERSON


def may_send(actor: Actor, row: Application) -> bool:
    """Only the person herself sends, undoes, withdraws and answers; a helper fills and writes messages."""
    return role(actor, row) is By.PERSON


def require_level(actor: Actor, required: str | None) -> None:
    """Raise LevelTooLow when the session proves less than was proved (or is needed); guests have level none."""
    if required is not None and not reaches(actor.level, required):
        raise LevelTooLow(extra={"required": required, "level": actor.level})


def refunds(row: Application) -> bool:
    """Whether withdrawing now gives the fee back: until a clerk began to work (an assumption of the demo)."""
    return row.payment == "booked" and row.state in (State.SUBMITTED, State.RECEIVED)


def may_pay(row: Application) -> bool:
    """Whether a fee is open and still owed: what was withdrawn or ended without a decision costs nothing more."""
    over = (State.DRAFT, State.WITHDRAWN, State.LAPSED, State.CLOSED)
    return row.payment not in (None, *PAID, "refunded") and row.state not in over
