"""Decisions: proposed by one, approved by another where the service wants it, and fifteen minutes to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.applications import life
from backend.applications import rules as states
from backend.applications.errors import NotNow
from backend.applications.models import Application
from backend.applications.receipt import document
from backend.applications.service import automatic as rules_grant
from backend.applications.service import office
from backend.applications.types import By, Event, Happening, Outcome
from backend.audit import service as audit
from backend.casework import policy, queries, rules, sealed
from backend.casework.errors import DecisionPending, NoDecisionPending, OwnProposal
from backend.casework.models import Case, Proposal
from backend.casework.service import finding, follow, letters, preview, work
from backend.casework.service.letters import Entered
from backend.casework.types import Happened, ProposalState
from backend.core.access import SYSTEM, Actor
from backend.core.clock import db_now
from backend.core.errors import Forbidden

PENDING = (ProposalState.WAITING, ProposalState.LEAVING)
GRANTS = ("granted", "partly")


@dataclass(frozen=True)
class Decided:
    """A new proposal: its fee, and why a second person is or (`random`) may be needed."""

    id: UUID
    fee_cents: int | None
    second: str | None


def propose(session: Session, actor: Actor, reference: str, revision: int, entered: Entered) -> Case:
    """Decide, or propose it where a second person is needed; it leaves after the time for undoing.

    Raises NotFound, CaseChanged, DecisionPending, NotNow (withdrawn, decided, waiting), Invalid (reasons are missing).
    """
    case, row = finding.locked(session, actor, reference, revision)
    decide(session, actor, case, row, entered)
    return case


def decide(session: Session, actor: Actor, case: Case, row: Application, entered: Entered) -> Decided:
    """The same on a locked case."""
    refuse_pending(session, case)
    content = letters.written(session, row, entered)
    _refuse_impossible(session, row, entered.outcome)
    work.begin_review(session, actor, row)
    why, now = preview.second_because(row, content), db_now(session)
    proposal = Proposal(
        id=uuid4(),
        application_id=case.application_id,
        outcome=entered.outcome,
        needs_second=why is not None,
        second_why=why,
        state=ProposalState.LEAVING if why is None else ProposalState.WAITING,
        proposer=_account(actor),
        proposed_at=now,
        leaves_at=now + rules.UNDO if why is None else None,
    )
    proposal.reason = sealed.close(session, row, sealed.reason_place(proposal.id), entered.reason)
    proposal.content = letters.close(session, row, proposal, entered, content)
    session.add(proposal)
    session.flush()
    data = {"proposal": str(proposal.id), "outcome": entered.outcome, "second": why is not None}
    _written(session, actor, case, Happened.PROPOSED, data)
    fee = content["fee_cents"] if entered.outcome in GRANTS else None
    return Decided(proposal.id, fee, preview.second_of_new(row, entered.outcome, content)["why"])


def approve(session: Session, actor: Actor, reference: str, revision: int) -> Case:
    """Agree to what somebody else proposed; raises NotFound, CaseChanged, NoDecisionPending, OwnProposal, NotNow."""
    case, row = finding.locked(session, actor, reference, revision)
    proposal = _pending(session, case, ProposalState.WAITING)
    if proposal.proposer == actor.account_id:
        raise OwnProposal
    _refuse_impossible(session, row, proposal.outcome)  # type: ignore[arg-type]  # the table's CHECK
    now = db_now(session)
    proposal.approver, proposal.approved_at = _account(actor), now
    proposal.state, proposal.leaves_at = ProposalState.LEAVING, now + rules.UNDO
    session.flush()
    _written(session, actor, case, Happened.APPROVED, {"proposal": str(proposal.id)})
    return case


def give_back(session: Session, actor: Actor, reference: str, revision: int, *, reason: str) -> Case:
    """Disagree, with a reason for the proposer; raises NotFound, CaseChanged, NoDecisionPending, OwnProposal."""
    case, row = finding.locked(session, actor, reference, revision)
    proposal = _pending(session, case, ProposalState.WAITING)
    if proposal.proposer == actor.account_id:
        raise OwnProposal
    proposal.returned_because = sealed.close(session, row, sealed.returned_place(proposal.id), reason)
    _end(session, proposal, ProposalState.RETURNED)
    _written(session, actor, case, Happened.RETURNED, {"proposal": str(proposal.id)})
    return case


def undo(session: Session, actor: Actor, reference: str, revision: int) -> Case:
    """Take a decision back before it leaves: who proposed or approved it, or a lead.

    Raises NotFound, CaseChanged, NoDecisionPending (it has left), Forbidden.
    """
    case, _ = finding.locked(session, actor, reference, revision)
    take_back(session, actor, case)
    return case


def take_back(session: Session, actor: Actor, case: Case, proposal_id: UUID | None = None) -> None:
    """The same on a locked case; with an id only that very decision."""
    proposal = _pending(session, case, *PENDING)
    if proposal_id not in (None, proposal.id):
        raise NoDecisionPending(extra={"state": proposal.state})
    own = actor.account_id in (proposal.proposer, proposal.approver)
    if not own and not policy.may_assign_others(actor):
        raise Forbidden
    if proposal.leaves_at is not None and proposal.leaves_at <= db_now(session):
        raise NoDecisionPending(extra={"state": proposal.state})
    _end(session, proposal, ProposalState.UNDONE)
    _written(session, actor, case, Happened.UNDONE, {"proposal": str(proposal.id)})


def leave(session: Session, proposal_id: UUID) -> bool:
    """Carry out a decision whose time for undoing is over; False when nothing left.

    Everything is looked at again: if the case moved on meanwhile, the proposal is void and nobody gets a letter.
    Raises Unprintable while the letter cannot be made: then nothing of it has happened (see `failed`).
    """
    seen = session.get(Proposal, proposal_id)
    if seen is None:
        return False
    actor = _who(seen)
    row = office.case(session, actor, seen.application_id)
    case = session.get(Case, seen.application_id, with_for_update=True, populate_existing=True)
    proposal = session.get(Proposal, proposal_id, with_for_update=True, populate_existing=True)
    if case is None or proposal is None or proposal.state != ProposalState.LEAVING:
        return False
    if proposal.leaves_at is None or proposal.leaves_at > db_now(session):
        return False
    data = {"proposal": str(proposal.id)}
    kept = letters.open_(session, row, proposal)
    by = By.OFFICE if _person(proposal) else By.SYSTEM
    if kept is None or not _possible(session, row, kept[0].outcome, by=by):
        _end(session, proposal, ProposalState.VOID)
        follow.note(session, case, Happened.VOID, None, data)
        return False
    _end(session, proposal, ProposalState.LEFT)
    follow.note(session, case, Happened.LEFT, None, data)
    content = kept[1]
    sent = rules_grant.grant(session, row, content) if by is By.SYSTEM else office.deliver(session, actor, row, content)
    session.flush()
    document.letter_pdf(session, row, sent, row.language)  # what cannot be printed has not been decided
    return True


def failed(session: Session, proposal_id: UUID) -> None:
    """Count a try to send a decision that did not work; staff see it, and the worker tries again each minute."""
    proposal = session.get(Proposal, proposal_id, with_for_update=True, populate_existing=True)
    if proposal is None or proposal.state != ProposalState.LEAVING:
        return
    proposal.tries += 1
    proposal.failed_at = proposal.failed_at or db_now(session)
    case = session.get(Case, proposal.application_id, with_for_update=True, populate_existing=True)
    if case is not None and proposal.tries == 1:
        follow.note(session, case, Happened.LETTER_FAILED, None, {"proposal": str(proposal.id)})
    session.flush()


def refuse_pending(session: Session, case: Case) -> None:
    """Raise DecisionPending while a decision is on its way."""
    pending = [each for each in queries.proposals_of(session, case.application_id) if each.state in PENDING]
    if pending:
        raise DecisionPending(extra={"state": pending[0].state})


def _pending(session: Session, case: Case, *wanted: ProposalState) -> Proposal:
    proposals = queries.proposals_of(session, case.application_id, lock=True)
    found = next((each for each in proposals if each.state in wanted), None)
    if found is None:
        raise NoDecisionPending(extra={"state": proposals[0].state if proposals else None})
    return found


def _person(proposal: Proposal) -> bool:
    """Whether a person stands for it, not the rules alone."""
    return proposal.proposer is not None or proposal.approver is not None


def _who(proposal: Proposal) -> Actor:
    """In whose name it leaves: who proposed it, who checked what the rules proposed, or the rules."""
    account = proposal.proposer or proposal.approver
    return SYSTEM if account is None else Actor(kind="staff", account_id=account, roles=frozenset({policy.CLERK}))


def _possible(session: Session, row: Application, outcome: Outcome, *, by: By) -> bool:
    """Whether the application could be decided like this now."""
    try:
        _refuse_impossible(session, row, outcome, by=by)
    except NotNow:
        return False
    return True


def _refuse_impossible(session: Session, row: Application, outcome: Outcome, *, by: By = By.OFFICE) -> None:
    """Raise NotNow unless the one table of its life has this decision; to let lapse also needs the grace to be over."""
    what = office.what_happens(row, outcome)
    if what is Happening.LAPSED:
        office.refuse_early(session, row)
    event = Event(type=what, by=by, at=db_now(session), data={"automatic": by is By.SYSTEM})
    try:
        states.after(life.standing_of(session, row), event)
    except states.NotNowError as error:
        raise NotNow(extra={"state": row.state}) from error


def _end(session: Session, proposal: Proposal, state: ProposalState) -> None:
    proposal.state, proposal.leaves_at, proposal.ended_at = state, None, db_now(session)
    session.flush()


def _written(session: Session, actor: Actor, case: Case, what: Happened, data: dict[str, object]) -> None:
    follow.note(session, case, what, actor.account_id, data)
    audit.record(
        session,
        actor=actor,
        action=f"case.{what}",
        object_type="application",
        object_id=case.application_id,
        payload=data,
    )


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise Forbidden
    return actor.account_id
