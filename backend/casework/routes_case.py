"""HTTP of one case: look, assign, note, write, ask; deciding is in `routes_decisions`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.applications.errors import NotNow
from backend.applications.etag import if_match
from backend.casework import errors
from backend.casework.acts import OUTDATED, after, revised
from backend.casework.policy import allowed
from backend.casework.schemas import AssignSchema, OpenSchema, TextSchema
from backend.casework.schemas_batch import AskSchema
from backend.casework.schemas_case import CaseSchema
from backend.casework.service import asking, show, work
from backend.casework.types import Action, Why
from backend.core import access as who
from backend.core.api import Blueprint, changes
from backend.core.db import db
from backend.core.errors import Forbidden, Invalid, NotFound

Body = Mapping[str, Any]

blueprint = Blueprint("cases", __name__, url_prefix="/api/v1/staff/cases", description="Casework: one case")


@blueprint.route("/<reference>")
@blueprint.raises(NotFound)
@blueprint.arguments(OpenSchema, location="query")
@blueprint.response(200, CaseSchema)
@changes
@allowed(Action.OPEN)
def get_case(query: Body, reference: str) -> Any:
    """Everything about a case in one answer; who looked and why is kept, and the citizen can read it."""
    found = show.show(db.session(), who.actor(), reference, Why(query["why"]))
    return found, {"ETag": f'"{found.revision}"'}


@blueprint.route("/<reference>/assign", methods=["POST"])
@blueprint.raises(*OUTDATED, Forbidden, errors.NotInOffice)
@blueprint.arguments(AssignSchema)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.ASSIGN)
def assign_case(body: Body, reference: str) -> Any:
    """Give a case to somebody, take it, or give it back."""
    session, actor, seen = db.session(), who.actor(), if_match()
    return after(work.assign(session, actor, reference, seen, to=body["assignee"], team=body["team"]))


@blueprint.route("/<reference>/notes", methods=["POST"])
@blueprint.raises(NotFound)
@blueprint.arguments(TextSchema)
@blueprint.response(201, CaseSchema)
@allowed(Action.NOTE)
def add_note(body: Body, reference: str) -> Any:
    """Write a private note."""
    return after(work.add_note(db.session(), who.actor(), reference, body["text"]))


@blueprint.route("/<reference>/messages", methods=["POST"])
@blueprint.raises(NotFound, NotNow)
@blueprint.arguments(TextSchema)
@blueprint.response(201, CaseSchema)
@allowed(Action.WRITE)
def write_to_citizen(body: Body, reference: str) -> Any:
    """Write to the citizen."""
    return after(work.write(db.session(), who.actor(), reference, body["text"]))


@blueprint.route("/<reference>/requests", methods=["POST"])
@blueprint.raises(*OUTDATED, NotNow, errors.DecisionPending, Invalid)
@blueprint.arguments(AskSchema)
@blueprint.response(201, CaseSchema)
@revised
@allowed(Action.REQUEST)
def open_request(body: Body, reference: str) -> Any:
    """Ask the citizen to correct exactly these fields and files."""
    translation = body["translation"]
    asked = asking.Asked(**{**body, "translation": translation and translation["text"]})
    return after(asking.open_request(db.session(), who.actor(), reference, if_match(), asked))


@blueprint.route("/<reference>/requests/<uuid:request_id>/cancel", methods=["POST"])
@blueprint.raises(*OUTDATED, NotNow)
@blueprint.response(200, CaseSchema)
@revised
@allowed(Action.REQUEST)
def cancel_request(reference: str, request_id: UUID) -> Any:
    """A request is not needed any more; what was written stays."""
    return after(asking.cancel_request(db.session(), who.actor(), reference, request_id, if_match()))
