"""Automatic decisions that do not leave at once: a random check by a person, or a letter that could not be made."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.applications.receipt import letter
from backend.casework.models import Case, Proposal
from backend.casework.service import follow, letters, preview
from backend.casework.service.letters import Entered
from backend.casework.types import Happened, ProposalState
from backend.core.clock import db_now


def hold(session: Session, row: Application, content: letter.Content, printable: bool) -> bool:
    """Keep a grant of the rules as a proposal without a proposer; False = it can be carried out now.

    Where the package asks for a second person it waits for one; a letter that cannot be printed is tried again.
    """
    why = preview.second_because(row, content)
    case = session.get(Case, row.id, with_for_update=True, populate_existing=True)
    if case is None or (why is None and printable):
        return False
    now = db_now(session)
    proposal = Proposal(
        id=uuid4(),
        application_id=row.id,
        outcome=content["outcome"],
        needs_second=why is not None,
        second_why=why,
        state=ProposalState.LEAVING if why is None else ProposalState.WAITING,
        proposed_at=now,
        leaves_at=now if why is None else None,
        tries=0 if printable else 1,
        failed_at=None if printable else now,
    )
    proposal.content = letters.close(session, row, proposal, Entered(outcome="granted"), content)
    session.add(proposal)
    session.flush()
    data = {"proposal": str(proposal.id), "outcome": "granted", "second": why is not None, "automatic": True}
    follow.note(session, case, Happened.PROPOSED, None, data)
    return True
