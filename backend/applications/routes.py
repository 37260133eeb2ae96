"""HTTP of what was sent: status, undo, dialogue, payment, receipts, letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response

from backend.applications import errors, routes_drafts, routes_papers, routes_powers
from backend.applications.etag import if_match, shows_current, tagged
from backend.applications.files import routes as files_routes
from backend.applications.schemas import (
    AnswerRequestSchema,
    ApplicationSchema,
    LangSchema,
    MessageRequestSchema,
    OpenStatusSchema,
    OptionalLangSchema,
    PaymentRequestSchema,
    PaymentSchema,
    PaymentStartedSchema,
    StatusListSchema,
    StatusRequestSchema,
)
from backend.applications.schemas_draft import DraftSchema
from backend.applications.service import dialogue, paying, person, resume, status, undo, view
from backend.core import access as who
from backend.core.access import access, citizen, public
from backend.core.api import Blueprint
from backend.core.db import db
from backend.core.errors import Invalid, LevelTooLow, NotFound, TooManyRequests
from backend.core.idempotency import idempotent
from backend.payments.errors import NothingToPay, PaymentRefused, PaymentUnavailable

Body = Mapping[str, Any]

blueprint = Blueprint("applications", __name__, url_prefix="/api/v1/applications", description="Online applications")
blueprints = (
    blueprint,
    routes_drafts.blueprint,
    routes_papers.blueprint,
    routes_powers.blueprint,
    *files_routes.blueprints,
)


@blueprint.route("")
@blueprint.arguments(LangSchema, location="query")
@blueprint.response(200, StatusListSchema)
@access(citizen("none"))
def list_my_applications(query: Body) -> Any:
    """What this person sent, newest change first."""
    return {"items": view.listed(db.session(), who.actor(), query["lang"])}


@blueprint.route("/status", methods=["POST"])
@blueprint.raises(NotFound, TooManyRequests)
@blueprint.arguments(StatusRequestSchema)
@blueprint.response(200, OpenStatusSchema)
@access(public)
def get_application_status_by_code(body: Body) -> Any:
    """Where an application stands, with its number and code, without signing in."""
    return status.by_code(db.session(), body["reference"], body["code"], body["lang"])


@blueprint.route("/status/link", methods=["POST"])
@blueprint.raises(NotFound, TooManyRequests, errors.NotNow)
@blueprint.arguments(StatusRequestSchema)
@blueprint.response(202)
@access(public)
def send_application_link(body: Body) -> Response:
    """Mail a link that opens what was sent without an account, to the address that was given with it."""
    resume.send_link_by_code(db.session(), body["reference"], body["code"])
    return Response(status=202)


@blueprint.route("/<reference>")
@blueprint.raises(NotFound, LevelTooLow)
@blueprint.arguments(OptionalLangSchema, location="query")
@blueprint.response(200, ApplicationSchema)
@access(citizen("none"))
def get_application(query: Body, reference: str) -> Any:
    """One application with all that was said about it, at the level at which it was filed."""
    return tagged(view.show(db.session(), who.actor(), reference, query["lang"]))


@blueprint.route("/<reference>/undo", methods=["POST"])
@blueprint.raises(NotFound, LevelTooLow, errors.UndoOver, errors.NotNow, errors.ChangedElsewhere, errors.IfMatchMissing)
@blueprint.response(200, DraftSchema)
@shows_current("application", ApplicationSchema)
@access(citizen("none"))
def undo_submission(reference: str) -> Any:
    """Take back what was just sent; it is a draft again, and a payment goes back."""
    return tagged(undo.undo(db.session(), who.actor(), reference, if_match()))


@blueprint.route("/<reference>/send-now", methods=["POST"])
@blueprint.raises(NotFound, LevelTooLow, errors.NotNow, errors.ChangedElsewhere, errors.IfMatchMissing)
@blueprint.response(200, ApplicationSchema)
@shows_current("application", ApplicationSchema)
@access(citizen("none"))
def send_now(reference: str) -> Any:
    """End the time for undoing, so that the office can begin."""
    return tagged(undo.send_now(db.session(), who.actor(), reference, if_match()))


@blueprint.route("/<reference>/withdraw", methods=["POST"])
@blueprint.raises(NotFound, LevelTooLow, errors.NotNow, errors.ChangedElsewhere, errors.IfMatchMissing)
@blueprint.response(200, ApplicationSchema)
@shows_current("application", ApplicationSchema)
@access(citizen("none"))
def withdraw_application(reference: str) -> Any:
    """Take an application back before it is decided."""
    return tagged(dialogue.withdraw(db.session(), who.actor(), reference, if_match()))


@blueprint.route("/<reference>/ask-person", methods=["POST"])
@blueprint.raises(NotFound, LevelTooLow, errors.NotNow, errors.ChangedElsewhere, errors.IfMatchMissing)
@blueprint.response(200, ApplicationSchema)
@shows_current("application", ApplicationSchema)
@access(citizen("none"))
def ask_for_person(reference: str) -> Any:
    """Let a person look at what was decided automatically."""
    return tagged(person.ask(db.session(), who.actor(), reference, if_match()))


@blueprint.route("/<reference>/messages", methods=["POST"])
@blueprint.raises(NotFound, LevelTooLow, Invalid, errors.NotNow)
@blueprint.arguments(MessageRequestSchema)
@blueprint.response(201, ApplicationSchema)
@idempotent(required=True)
@access(citizen("none"))
def send_message(body: Body, reference: str) -> Any:
    """Write to the office."""
    return tagged(dialogue.write(db.session(), who.actor(), reference, body["text"], body["attachments"]))


@blueprint.route("/<reference>/requests/<uuid:request_id>/answer", methods=["POST"])
@blueprint.raises(NotFound, LevelTooLow, Invalid, errors.NotNow, errors.ChangedElsewhere, errors.IfMatchMissing)
@blueprint.arguments(AnswerRequestSchema)
@blueprint.response(200, ApplicationSchema)
@shows_current("application", ApplicationSchema)
@access(citizen("none"))
def answer_request(body: Body, reference: str, request_id: UUID) -> Any:
    """Correct exactly what the office asked for."""
    return tagged(dialogue.answer(db.session(), who.actor(), reference, request_id, body["answers"], if_match()))


@blueprint.route("/<reference>/requests/<uuid:request_id>/extend", methods=["POST"])
@blueprint.raises(NotFound, LevelTooLow, errors.NotNow, errors.ChangedElsewhere, errors.IfMatchMissing)
@blueprint.response(200, ApplicationSchema)
@shows_current("application", ApplicationSchema)
@access(citizen("none"))
def extend_request(reference: str, request_id: UUID) -> Any:
    """Two more weeks for the answer."""
    return tagged(dialogue.extend(db.session(), who.actor(), reference, request_id, if_match()))


@blueprint.route("/<reference>/payment", methods=["POST"])
@blueprint.raises(NotFound, LevelTooLow, errors.NotNow, NothingToPay, PaymentRefused, PaymentUnavailable)
@blueprint.arguments(PaymentRequestSchema)
@blueprint.response(200, PaymentStartedSchema)
@idempotent(required=True)
@access(citizen("none"))
def start_payment(body: Body, reference: str) -> Any:
    """Begin to pay; the browser goes to the location."""
    intent, location = paying.start(db.session(), who.actor(), reference, body["way"])
    return {"state": intent.state, "location": location}


@blueprint.route("/<reference>/payment")
@blueprint.raises(NotFound, LevelTooLow, errors.NotNow)
@blueprint.response(200, PaymentSchema)
@access(citizen("none"))
def get_payment(reference: str) -> Any:
    """What the provider itself says about the payment."""
    return paying.show(db.session(), who.actor(), reference)
