"""HTTP of drafts: begin, fill, check, send; see `docs/adr/0011-applications.md`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, request

from backend.applications import errors
from backend.applications.etag import if_match, shows_current, tagged
from backend.applications.schemas import ApplicationSchema, OptionalLangSchema
from backend.applications.schemas_draft import (
    CheckSchema,
    DraftListSchema,
    DraftRequestSchema,
    DraftSchema,
    OpenedLinkSchema,
    PageAnswersSchema,
    ResumeLinkRequestSchema,
    SubmitRequestSchema,
)
from backend.applications.service import check, drafts, resume, save_page, submit
from backend.core import access as who
from backend.core.access import access, citizen, guest, public
from backend.core.api import Blueprint
from backend.core.db import db
from backend.core.errors import Invalid, LevelTooLow, NotFound, TooManyRequests, Unauthenticated
from backend.core.idempotency import idempotent

HEADER = "X-Amtsweg-Secret"
Body = Mapping[str, Any]

blueprint = Blueprint("drafts", __name__, url_prefix="/api/v1/drafts", description="Drafts of online applications")


@blueprint.route("", methods=["POST"])
@blueprint.raises(NotFound, Unauthenticated, errors.PowerInvalid, errors.TooManyDrafts, TooManyRequests)
@blueprint.arguments(DraftRequestSchema)
@blueprint.response(201, DraftSchema)
@access(public)
def create_draft(body: Body) -> Any:
    """Begin an application, prefilled from the account; without one where the service needs no level."""
    view = drafts.create(db.session(), who.current(), body["service"], body["language"], body["on_behalf_of"])
    return tagged(view)


@blueprint.route("")
@blueprint.arguments(OptionalLangSchema, location="query")
@blueprint.response(200, DraftListSchema)
@access(citizen("none"))
def list_drafts(query: Body) -> Any:
    """The drafts of this person, newest change first."""
    return {"items": drafts.listed(db.session(), who.actor(), query["lang"])}


@blueprint.route("/<uuid:draft_id>")
@blueprint.raises(NotFound, LevelTooLow)
@blueprint.response(200, DraftSchema)
@access(citizen("none"))
def get_draft(draft_id: UUID) -> Any:
    """One draft, in the version of the form that counts now."""
    return tagged(drafts.show(db.session(), who.actor(), draft_id))


@blueprint.route("/<uuid:draft_id>/pages/<page>", methods=["PUT"])
@blueprint.raises(NotFound, LevelTooLow, Invalid, errors.ChangedElsewhere, errors.IfMatchMissing)
@blueprint.arguments(PageAnswersSchema)
@blueprint.response(200, DraftSchema)
@shows_current("draft", DraftSchema)
@access(citizen("none"))
def save_draft_page(body: Body, draft_id: UUID, page: str) -> Any:
    """Keep what was typed on one page and say what is wrong with it."""
    return tagged(save_page.save(db.session(), who.actor(), draft_id, page, body["answers"], if_match()))


@blueprint.route("/<uuid:draft_id>", methods=["DELETE"])
@blueprint.raises(NotFound, LevelTooLow, errors.ChangedElsewhere, errors.IfMatchMissing)
@blueprint.response(204)
@shows_current("draft", DraftSchema)
@access(citizen("none"))
def delete_draft(draft_id: UUID) -> Response:
    """Erase a draft with its files."""
    drafts.delete(db.session(), who.actor(), draft_id, if_match())
    return Response(status=204)


@blueprint.route("/<uuid:draft_id>/check", methods=["POST"])
@blueprint.raises(NotFound, LevelTooLow)
@blueprint.arguments(OptionalLangSchema, location="query")
@blueprint.response(200, CheckSchema)
@access(citizen("none"))
def check_draft(query: Body, draft_id: UUID) -> Any:
    """Say what sending would mean: faults, fee, who decides, and what this person can do now."""
    return tagged(check.check(db.session(), who.actor(), draft_id, query["lang"]))


@blueprint.route("/<uuid:draft_id>/submit", methods=["POST"])
@blueprint.raises(NotFound, Invalid, LevelTooLow, errors.FormChanged, errors.FeeChanged, errors.NotEligible)
@blueprint.raises(errors.ChangedElsewhere, errors.IfMatchMissing, errors.NotNow)
@blueprint.arguments(SubmitRequestSchema)
@blueprint.response(201, ApplicationSchema)
@shows_current("draft", DraftSchema)
@idempotent(required=True)
@access(citizen("none"))
def submit_application(body: Body, draft_id: UUID) -> Any:
    """Send it, exactly as it was shown; it can be undone for some minutes."""
    shown = submit.Shown(**body)
    return tagged(submit.submit(db.session(), who.actor(), draft_id, shown, if_match()))


@blueprint.route("/<uuid:draft_id>/resume-link", methods=["POST"])
@blueprint.raises(NotFound, LevelTooLow, TooManyRequests, errors.NotNow)
@blueprint.arguments(ResumeLinkRequestSchema)
@blueprint.response(202)
@access(citizen("none"))
def send_resume_link(body: Body, draft_id: UUID) -> Response:
    """Mail a link with which the draft goes on elsewhere."""
    resume.send_link(db.session(), who.actor(), draft_id, body["email"])
    return Response(status=202)


@blueprint.route("/resume", methods=["POST"])
@blueprint.raises(NotFound, errors.LinkSentAgain, TooManyRequests)
@blueprint.response(200, OpenedLinkSchema)
@access(guest("draft"))
def resume_draft() -> Any:
    """Exchange the secret of a link for access on this device, to a draft or to what was sent."""
    secret = request.headers.get(HEADER)
    if not secret:
        raise NotFound
    return resume.resume(db.session(), who.current(), secret)
