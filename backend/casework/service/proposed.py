"""The newest proposed decision as a case shows it: who, when, why a second person, and what will be sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from backend.applications.models import Application, Letter
from backend.casework import sealed
from backend.casework.models import Proposal
from backend.casework.service import letters, preview, workers

COPIED = (
    "id", "outcome", "state", "needs_second", "second_why", "proposer", "proposed_at", "approver", "approved_at",
    "leaves_at",
)  # fmt: skip
LETTER = ("id", "kind", "electronic", "provided_at", "first_retrieved_at", "deemed_announced_on", "printed_at")


def shown(session: Session, row: Application, proposal: Proposal) -> dict[str, Any]:
    """A proposal with its letter in words; the same words for who proposed, who approves and the citizen."""
    names = workers.names(session, [proposal.proposer, proposal.approver])
    kept = letters.open_(session, row, proposal)
    entered = None if kept is None else kept[0]
    return {
        **{name: getattr(proposal, name) for name in COPIED},
        "proposer_name": _name(names, proposal.proposer),
        "approver_name": _name(names, proposal.approver),
        "reason": sealed.open_(session, row, sealed.reason_place(proposal.id), proposal.reason),
        "blocks": [] if entered is None else entered.blocks,
        "translation": None if entered is None else entered.translation,
        "preview": None if kept is None else preview.of_proposal(session, row, proposal, kept[1]),
        "returned_because": sealed.open_(session, row, sealed.returned_place(proposal.id), proposal.returned_because),
    }


def letter(sent: Letter) -> dict[str, Any]:
    """A letter and the dates of its delivery."""
    to_print = not sent.electronic and sent.printed_at is None
    return {**{name: getattr(sent, name) for name in LETTER}, "to_print": to_print}


def _name(names: Mapping[Any, str | None], account: Any) -> str | None:
    return None if account is None else names.get(account)
