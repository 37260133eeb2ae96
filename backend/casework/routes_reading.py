"""HTTP of reading a case: pages of evidence as pictures and text, and who else has the case open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response

from backend.applications.files.errors import NotClean
from backend.casework.policy import allowed
from backend.casework.schemas_reading import FilePageQuerySchema, FileTextSchema, PresenceSchema
from backend.casework.service import present, viewing
from backend.casework.types import Action
from backend.core import access as who
from backend.core.api import Blueprint, changes
from backend.core.db import db
from backend.core.downloads import FILE_POLICY
from backend.core.errors import NotFound

Body = Mapping[str, Any]
BINARY = {"type": "string", "format": "binary"}

blueprint = Blueprint("case_reading", __name__, url_prefix="/api/v1/staff/cases", description="Casework: reading")


@blueprint.route("/<reference>/attachments/<uuid:attachment_id>/pages/<int:number>")
@blueprint.raises(NotFound, NotClean)
@blueprint.arguments(FilePageQuerySchema, location="query")
@blueprint.response(200, BINARY, content_type="image/png")
@changes
@allowed(Action.OPEN)
def view_case_file_page(query: Body, reference: str, attachment_id: UUID, number: int) -> Response:
    """A page of a file as a picture, made in the sandbox; a photo has one page."""
    picture = viewing.page(db.session(), who.actor(), reference, attachment_id, number, query["width"])
    answer = Response(picture, mimetype="image/png")
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    return answer


@blueprint.route("/<reference>/attachments/<uuid:attachment_id>/text")
@blueprint.raises(NotFound, NotClean)
@blueprint.response(200, FileTextSchema)
@changes
@allowed(Action.OPEN)
def read_case_file_text(reference: str, attachment_id: UUID) -> Any:
    """The text of a file's pages, for who does not look at pictures."""
    return {"pages": viewing.text(db.session(), who.actor(), reference, attachment_id)}


@blueprint.route("/<reference>/presence", methods=["POST"])
@blueprint.raises(NotFound)
@blueprint.response(200, PresenceSchema)
@allowed(Action.OPEN)
def tell_presence(reference: str) -> Any:
    """Say every 20 seconds that one has the case open; who else has, and what revision is true now."""
    return present.tell(db.session(), who.actor(), reference)


@blueprint.route("/<reference>/presence", methods=["DELETE"])
@blueprint.raises(NotFound)
@blueprint.response(204)
@allowed(Action.OPEN)
def end_presence(reference: str) -> None:
    """Say that one closed the case."""
    present.end(db.session(), who.actor(), reference)
