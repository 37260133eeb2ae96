"""HTTP of decisions: propose, approve, return, undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.applications.errors import NotNow
from backend.applications.etag import if_match
from backend.casework import errors
from backend.casework.acts import OUTDATED, after, revised
from backend.casework.policy import allowed
from backend.casework.schemas import ProposeSchema, ReturnSchema
from backend.casework.schemas_case import CaseSchema
from backend.casework.service import deciding
from backend.casework.types import Action
from backend.core import access as who
from backend.core.api import Blueprint
from backend.core.db import db
from backend.core.errors import Forbidden, Invalid

Body = Mapping[str, Any]

blueprint = Blueprint("decisions", __name__, url_prefix="/api/v1/staff/cases", description="Casework: decisions")


@blueprint.route("/<reference>/decision", methods=["POST"])
@blueprint.raises(*OUTDATED, NotNow, errors.DecisionPending, Invalid, Forbidden)
@blueprint.arguments(ProposeSchema)
@blueprint.response(201, CaseSchema)
@revised
@allowed(Action.PROPOSE)
def propose_decision(body: Body, reference: str) -> Any:
    """Decide; it waits for a second person where the service wants one, and leaves after the time for undoing."""
    session, actor, seen = db.session(), who.actor(), if_match()
    return after(deciding.propose(session, actor, reference, seen, outcome=body["outcome"], reason=body["reason"]))


@blueprint.route("/<reference>/decision/approve", methods=["POST"])
@blueprint.raises(*OUTDATED, NotNow, errors.NoDecisionPending, errors.OwnProposal, Forbidden)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.APPROVE)
def approve_decision(reference: str) -> Any:
    """Approve what somebody else proposed."""
    return after(deciding.approve(db.session(), who.actor(), reference, if_match()))


@blueprint.route("/<reference>/decision/return", methods=["POST"])
@blueprint.raises(*OUTDATED, errors.NoDecisionPending, errors.OwnProposal)
@blueprint.arguments(ReturnSchema)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.APPROVE)
def return_decision(body: Body, reference: str) -> Any:
    """Give a proposal back with a reason."""
    return after(deciding.give_back(db.session(), who.actor(), reference, if_match(), reason=body["reason"]))


@blueprint.route("/<reference>/decision/undo", methods=["POST"])
@blueprint.raises(*OUTDATED, errors.NoDecisionPending, Forbidden)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.UNDO)
def undo_decision(reference: str) -> Any:
    """Take a decision back before it leaves."""
    return after(deciding.undo(db.session(), who.actor(), reference, if_match()))
