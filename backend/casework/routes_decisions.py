"""HTTP of decisions: text blocks, preview, propose, approve, return, undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from backend.applications.errors import NotNow
from backend.applications.etag import if_match
from backend.applications.service.papers import Paper
from backend.casework import errors
from backend.casework.acts import OUTDATED, after, revised
from backend.casework.policy import allowed
from backend.casework.schemas import ReturnSchema
from backend.casework.schemas_case import CaseSchema
from backend.casework.schemas_decisions import BlockQuerySchema, BlocksSchema, DecisionSchema, PreviewSchema
from backend.casework.service import blocks, deciding, preview
from backend.casework.service.letters import Entered
from backend.casework.types import Action
from backend.core import access as who
from backend.core.api import Blueprint, changes
from backend.core.db import db
from backend.core.downloads import headers_for
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.pdf import Unprintable
from backend.forms import service as forms

Body = Mapping[str, Any]
BINARY = {"type": "string", "format": "binary"}

blueprint = Blueprint("decisions", __name__, url_prefix="/api/v1/staff", description="Casework: decisions")


@blueprint.route("/text-blocks")
@blueprint.raises(NotFound)
@blueprint.arguments(BlockQuerySchema, location="query")
@blueprint.response(200, BlocksSchema)
@allowed(Action.BLOCKS)
def list_text_blocks(query: Body) -> Any:
    """Sentences of the office in all languages, for every service and for one; staff pick them by their title."""
    form = None if query["service"] is None else forms.published(query["service"])
    return {"items": [blocks.plain(block) for block in blocks.listed(form, query["kind"])]}


@blueprint.route("/cases/<reference>/decision", methods=["POST"])
@blueprint.raises(*OUTDATED, NotNow, errors.DecisionPending, Invalid, Forbidden)
@blueprint.arguments(DecisionSchema)
@blueprint.response(201, CaseSchema)
@revised
@allowed(Action.PROPOSE)
def propose_decision(body: Body, reference: str) -> Any:
    """Decide; it waits for a second person where the service wants one, and leaves after the time for undoing."""
    return after(deciding.propose(db.session(), who.actor(), reference, if_match(), _entered(body)))


@blueprint.route("/cases/<reference>/decision/preview", methods=["POST"])
@blueprint.raises(NotFound, Invalid)
@blueprint.arguments(DecisionSchema)
@blueprint.response(200, PreviewSchema)
@allowed(Action.PROPOSE)
def preview_decision(body: Body, reference: str) -> Any:
    """What the citizen would get for this, in words; nothing is kept."""
    return preview.of_entered(db.session(), who.actor(), reference, _entered(body))


@blueprint.route("/cases/<reference>/decision/preview.pdf", methods=["POST"])
@blueprint.raises(NotFound, Invalid, Unprintable)
@blueprint.arguments(DecisionSchema)
@blueprint.response(200, BINARY, content_type="application/pdf")
@allowed(Action.PROPOSE)
def preview_decision_letter(body: Body, reference: str) -> Response:
    """The letter exactly as it would leave, marked as a draft."""
    return _paper(preview.pdf_of_entered(db.session(), who.actor(), reference, _entered(body)))


@blueprint.route("/cases/<reference>/decision/letter.pdf")
@blueprint.raises(NotFound, Unprintable)
@blueprint.response(200, BINARY, content_type="application/pdf")
@changes
@allowed(Action.OPEN)
def open_proposed_letter(reference: str) -> Response:
    """The letter of the newest proposal, marked as a draft: the same words that will be sent."""
    return _paper(preview.pdf_of_proposal(db.session(), who.actor(), reference))


@blueprint.route("/cases/<reference>/decision/approve", methods=["POST"])
@blueprint.raises(*OUTDATED, NotNow, errors.NoDecisionPending, errors.OwnProposal, Forbidden)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.APPROVE)
def approve_decision(reference: str) -> Any:
    """Approve what somebody else proposed."""
    return after(deciding.approve(db.session(), who.actor(), reference, if_match()))


@blueprint.route("/cases/<reference>/decision/return", methods=["POST"])
@blueprint.raises(*OUTDATED, errors.NoDecisionPending, errors.OwnProposal)
@blueprint.arguments(ReturnSchema)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.APPROVE)
def return_decision(body: Body, reference: str) -> Any:
    """Give a proposal back with a reason."""
    return after(deciding.give_back(db.session(), who.actor(), reference, if_match(), reason=body["reason"]))


@blueprint.route("/cases/<reference>/decision/undo", methods=["POST"])
@blueprint.raises(*OUTDATED, errors.NoDecisionPending, Forbidden)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.UNDO)
def undo_decision(reference: str) -> Any:
    """Take a decision back before it leaves."""
    return after(deciding.undo(db.session(), who.actor(), reference, if_match()))


def _entered(body: Body) -> Entered:
    translation = body["translation"]
    return Entered(**{**body, "translation": None if translation is None else translation["text"]})


def _paper(paper: Paper) -> Response:
    answer = Response(paper.content, mimetype=paper.media_type)
    answer.headers.update(headers_for(paper.filename))
    return answer
