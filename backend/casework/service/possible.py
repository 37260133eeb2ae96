"""Which acts on a case the screen offers to a member of staff; each is judged again when it is done."""

from __future__ import annotations

from backend.applications.types import State
from backend.casework import policy
from backend.casework.models import Case, Proposal
from backend.casework.types import Action
from backend.core.access import Actor

PENDING = ("waiting", "leaving")
REOPENABLE = (State.GRANTED, State.PARTLY, State.REFUSED, State.LAPSED, State.CLOSED)


def acts(actor: Actor, case: Case, newest: Proposal | None, *, overdue: bool) -> dict[str, bool]:
    """By the roles of the actor, the state of the case and its newest proposal; `overdue`: all grace is over."""
    pending = newest.state if newest is not None and newest.state in PENDING else None
    proposed_it = newest is not None and newest.proposer == actor.account_id
    took_part = newest is not None and actor.account_id in (newest.proposer, newest.approver)
    workable = case.ended_at is None and pending is None
    free = case.waiting_for is None
    return {
        "propose": policy.may(actor, Action.PROPOSE) and workable and free,
        "lapse": policy.may(actor, Action.PROPOSE) and workable and overdue,
        "request": policy.may(actor, Action.REQUEST) and workable,
        "approve": policy.may(actor, Action.APPROVE) and pending == "waiting" and not proposed_it,
        "undo": policy.may(actor, Action.UNDO)
        and pending is not None
        and (took_part or policy.may_assign_others(actor)),
        "assign": policy.may(actor, Action.ASSIGN) and case.ended_at is None,
        "note": policy.may(actor, Action.NOTE),
        "correct": policy.may(actor, Action.CORRECT) and workable,
        "hand_over": policy.may(actor, Action.HAND_OVER) and workable,
        "opinion": policy.may(actor, Action.ASK_OPINION) and case.ended_at is None,
        "reopen": policy.may(actor, Action.REOPEN) and case.state in REOPENABLE,
    }
