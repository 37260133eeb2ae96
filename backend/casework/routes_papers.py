"""HTTP of evidence, letters and the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response

from backend.applications.errors import NotNow
from backend.applications.files.errors import NotClean
from backend.casework.policy import allowed
from backend.casework.schemas import LettersQuerySchema, TrailQuerySchema
from backend.casework.schemas_case import TrailSchema
from backend.casework.schemas_decisions import OfficeLetterSchema, OfficeLettersSchema
from backend.casework.service import papers
from backend.casework.types import Action
from backend.core import access as who
from backend.core.api import Blueprint, changes
from backend.core.db import db
from backend.core.downloads import headers_for
from backend.core.errors import Invalid, NotFound

Body = Mapping[str, Any]
BINARY = {"type": "string", "format": "binary"}

blueprint = Blueprint("case_papers", __name__, url_prefix="/api/v1/staff", description="Casework: papers and audit")


@blueprint.route("/cases/<reference>/attachments/<uuid:attachment_id>/content")
@blueprint.raises(NotFound, NotClean)
@blueprint.response(200, BINARY, content_type="application/octet-stream")
@changes
@allowed(Action.OPEN)
def open_case_file(reference: str, attachment_id: UUID) -> Response:
    """A clean file of a case."""
    content, pieces = papers.attachment(db.session(), who.actor(), reference, attachment_id)
    answer = Response(pieces, mimetype=content.media_type)
    answer.content_length = content.size
    answer.headers.update(headers_for(content.name))
    return answer


@blueprint.route("/cases/<reference>/letters/<uuid:letter_id>")
@blueprint.raises(NotFound)
@blueprint.response(200, BINARY, content_type="application/pdf")
@changes
@allowed(Action.LETTERS)
def open_case_letter(reference: str, letter_id: UUID) -> Response:
    """A letter as PDF/UA, to read or to print."""
    found = papers.letter(db.session(), who.actor(), reference, letter_id)
    answer = Response(found.content, mimetype=found.media_type)
    answer.headers.update(headers_for(found.filename))
    return answer


@blueprint.route("/letters")
@blueprint.raises(Invalid)
@blueprint.arguments(LettersQuerySchema, location="query")
@blueprint.response(200, OfficeLettersSchema)
@allowed(Action.LETTERS)
def list_letters(query: Body) -> Any:
    """Letters of one's offices, newest first, with when they were provided, fetched and deemed announced."""
    return papers.letters(db.session(), who.actor(), to_print=query["to_print"], after=query["after"])


@blueprint.route("/letters/<uuid:letter_id>/printed", methods=["POST"])
@blueprint.raises(NotFound, NotNow)
@blueprint.response(200, OfficeLetterSchema)
@allowed(Action.LETTERS)
def mark_letter_printed(letter_id: UUID) -> Any:
    """A letter that goes by post was printed."""
    return papers.printed(db.session(), who.actor(), letter_id)


@blueprint.route("/cases/<reference>/audit")
@blueprint.raises(NotFound)
@blueprint.arguments(TrailQuerySchema, location="query")
@blueprint.response(200, TrailSchema)
@changes
@allowed(Action.TRAIL)
def get_audit_trail(query: Body, reference: str) -> Any:
    """Who looked at a case or did something with it, newest first."""
    return papers.trail(db.session(), who.actor(), reference, after=query["after"])
