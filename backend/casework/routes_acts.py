"""HTTP of acts that change the course of a case, of opinions, and of the status that is told on the phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.applications.errors import CorrectionTooFar, NotNow
from backend.applications.etag import if_match
from backend.casework import errors
from backend.casework.acts import OUTDATED, after, revised
from backend.casework.policy import allowed
from backend.casework.schemas_acts import (
    AnswerOpinionSchema,
    AskOpinionSchema,
    AskStatusSchema,
    CaseStatusSchema,
    CorrectSchema,
    HandOverSchema,
    OpinionSchema,
    OpinionsQuerySchema,
    OpinionsSchema,
    ReopenSchema,
)
from backend.casework.schemas_case import CaseSchema
from backend.casework.service import answering, correcting, opinions, reopening, status
from backend.casework.types import Action
from backend.core import access as who
from backend.core.api import Blueprint, changes
from backend.core.db import db
from backend.core.errors import Forbidden, Invalid, NotFound

Body = Mapping[str, Any]

blueprint = Blueprint("case_acts", __name__, url_prefix="/api/v1/staff", description="Casework: the course of a case")


@blueprint.route("/cases/<reference>/corrections", methods=["POST"])
@blueprint.raises(*OUTDATED, NotNow, errors.DecisionPending, CorrectionTooFar, Invalid)
@blueprint.arguments(CorrectSchema)
@blueprint.response(201, CaseSchema)
@revised
@allowed(Action.CORRECT)
def correct_answer(body: Body, reference: str) -> Any:
    """Correct a small mistake in one answer; the citizen reads what and why."""
    return after(correcting.correct(db.session(), who.actor(), reference, if_match(), **body))


@blueprint.route("/cases/<reference>/reopen", methods=["POST"])
@blueprint.raises(*OUTDATED, NotNow)
@blueprint.arguments(ReopenSchema)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.REOPEN)
def reopen_case(body: Body, reference: str) -> Any:
    """Review a decided or closed case again; the citizen is told which decision counts."""
    return after(reopening.reopen(db.session(), who.actor(), reference, if_match(), reason=body["reason"]))


@blueprint.route("/cases/<reference>/hand-over", methods=["POST"])
@blueprint.raises(*OUTDATED, NotNow, errors.DecisionPending, errors.OwnOffice, errors.NotInTraining, Invalid)
@blueprint.arguments(HandOverSchema)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.HAND_OVER)
def hand_over_case(body: Body, reference: str) -> Any:
    """Give a case to another office with a note; this answer is the last that one's own office sees of it."""
    return after(reopening.hand_over(db.session(), who.actor(), reference, if_match(), **body))


@blueprint.route("/cases/<reference>/opinions", methods=["POST"])
@blueprint.raises(*OUTDATED, NotNow, errors.OwnOffice, errors.NotInTraining, Invalid, Forbidden)
@blueprint.arguments(AskOpinionSchema)
@blueprint.response(201, CaseSchema)
@revised
@allowed(Action.ASK_OPINION)
def ask_opinion(body: Body, reference: str) -> Any:
    """Ask another office; it sees the question and the named pages only."""
    return after(opinions.ask(db.session(), who.actor(), reference, if_match(), **body))


@blueprint.route("/cases/<reference>/opinions/<uuid:opinion_id>/withdraw", methods=["POST"])
@blueprint.raises(*OUTDATED, errors.OpinionEnded)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.ASK_OPINION)
def withdraw_opinion(reference: str, opinion_id: UUID) -> Any:
    """The question needs no answer any more."""
    return after(opinions.withdraw(db.session(), who.actor(), reference, opinion_id, if_match()))


@blueprint.route("/opinions")
@blueprint.raises(Invalid)
@blueprint.arguments(OpinionsQuerySchema, location="query")
@blueprint.response(200, OpinionsSchema)
@changes
@allowed(Action.OPINIONS)
def list_opinions(query: Body) -> Any:
    """Questions of other offices to one's own; each look is written down."""
    return answering.listed(db.session(), who.actor(), scope=query["scope"], after=query["after"])


@blueprint.route("/opinions/<uuid:opinion_id>/answer", methods=["POST"])
@blueprint.raises(NotFound, errors.OpinionEnded, Forbidden)
@blueprint.arguments(AnswerOpinionSchema)
@blueprint.response(200, OpinionSchema)
@allowed(Action.ANSWER_OPINION)
def answer_opinion(body: Body, opinion_id: UUID) -> Any:
    """Answer a question of another office, once."""
    return answering.answer(db.session(), who.actor(), opinion_id, body["answer"])


@blueprint.route("/status", methods=["POST"])
@blueprint.raises(NotFound)
@blueprint.arguments(AskStatusSchema)
@blueprint.response(200, CaseStatusSchema)
@allowed(Action.STATUS)
def get_case_status(body: Body) -> Any:
    """What a caller who knows the number and the date of birth is told; without any content, and written down."""
    return status.told(db.session(), who.actor(), body["reference"], body["birth_date"])
