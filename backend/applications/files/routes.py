"""Attachments over HTTP: announced as JSON, sent by the tus protocol, handed out only when they are clean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response, request

from backend.applications.files import errors, intake, view
from backend.applications.files.schemas import (
    AnnouncedSchema,
    AnnounceSchema,
    AttachmentSchema,
    MessageFileSchema,
    TusHeadersSchema,
)
from backend.applications.files.types import CHUNK_BYTES, MOST_FILE_BYTES, AttachmentView
from backend.applications.service import access as owners
from backend.core.access import access, actor, citizen
from backend.core.api import Blueprint, limited
from backend.core.body import upload
from backend.core.db import db
from backend.core.downloads import headers_for
from backend.core.errors import Conflict, NotFound, TooManyRequests
from backend.core.limits import MINUTE, Limit

TUS = {
    "Tus-Resumable": "1.0.0",
    "Tus-Version": "1.0.0",
    "Tus-Extension": "checksum",
    "Tus-Checksum-Algorithm": "sha256",
}
ANNOUNCE = Limit("announceAttachment", soft=60, hard=120, per=MINUTE)
UPLOAD = Limit("uploadAttachment", soft=120, hard=240, per=MINUTE)
Body = Mapping[str, Any]

blueprint = Blueprint("attachments", __name__, url_prefix="/api/v1")
blueprints = (blueprint,)


@blueprint.route("/drafts/<uuid:draft_id>/attachments", methods=["POST"])
@blueprint.raises(
    NotFound,
    Conflict,
    errors.UnknownSlot,
    errors.WrongType,
    errors.FileTooLarge,
    errors.TooManyFiles,
    errors.QuotaSpent,
    errors.StorageFull,
    TooManyRequests,
)
@blueprint.arguments(AnnounceSchema)
@blueprint.response(201, AnnouncedSchema)
@limited(ANNOUNCE)
@access(citizen("none"))
def announce_attachment(body: Body, draft_id: UUID) -> dict[str, Any]:
    """Make place for a file in a slot of a draft."""
    return _announced(intake.announce(db.session(), actor(), draft_id, purpose="draft", **body))


@blueprint.route("/applications/<reference>/attachments", methods=["POST"])
@blueprint.raises(
    NotFound,
    Conflict,
    errors.UnknownSlot,
    errors.WrongType,
    errors.FileTooLarge,
    errors.TooManyFiles,
    errors.QuotaSpent,
    errors.StorageFull,
    TooManyRequests,
)
@blueprint.arguments(MessageFileSchema)
@blueprint.response(201, AnnouncedSchema)
@limited(ANNOUNCE)
@access(citizen("none"))
def announce_later_attachment(body: Body, reference: str) -> dict[str, Any]:
    """Make place for a file that answers a request or goes with a message."""
    application = owners.application(db.session(), actor(), reference)
    return _announced(intake.announce(db.session(), actor(), application.id, **body))


@blueprint.route("/attachments/<uuid:attachment_id>", methods=["PATCH"])
@blueprint.raises(NotFound, errors.OffsetWrong, errors.FileTooLarge, errors.ChecksumWrong, errors.Frozen)
@blueprint.arguments(TusHeadersSchema, location="headers")
@blueprint.response(204)
@limited(UPLOAD)
@access(citizen("none"))
@upload
def upload_attachment(headers: Body, attachment_id: UUID) -> Response:
    """Add the next piece of a file (tus 1.0); the answer comes when it is safely stored."""
    stands = intake.append(
        db.session(),
        actor(),
        attachment_id,
        offset=headers["upload_offset"],
        chunk=request.get_data(cache=False),
        checksum=headers["upload_checksum"],
    )
    return Response(status=204, headers={**TUS, "Upload-Offset": str(stands.offset)})


@blueprint.route("/attachments/<uuid:attachment_id>")
@blueprint.raises(NotFound)
@blueprint.response(200, AttachmentSchema)
@access(citizen("none"))
def get_attachment(attachment_id: UUID) -> Any:
    """The state of a file; HEAD says where to go on (tus 1.0)."""
    found = view.view_of(db.session(), view.shown(db.session(), actor(), attachment_id))
    return found, {**TUS, "Upload-Offset": str(found.offset), "Upload-Length": str(found.size)}


@blueprint.route("/attachments/<uuid:attachment_id>", methods=["DELETE"])
@blueprint.raises(NotFound, errors.Frozen)
@blueprint.response(204)
@access(citizen("none"))
def remove_attachment(attachment_id: UUID) -> None:
    """Take a file away; nothing of it stays."""
    intake.remove(db.session(), actor(), attachment_id)


@blueprint.route("/attachments/<uuid:attachment_id>/content")
@blueprint.raises(NotFound, errors.NotClean)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/octet-stream")
@access(citizen("none"))
def download_attachment(attachment_id: UUID) -> Response:
    """The rewritten bytes of a clean file."""
    content, pieces = view.content_of(db.session(), view.shown(db.session(), actor(), attachment_id))
    answer = Response(pieces, mimetype=content.media_type)
    answer.content_length = content.size
    answer.headers.update(headers_for(content.name))
    return answer


def _announced(made: AttachmentView) -> dict[str, Any]:
    return {
        **asdict(made),
        "upload_url": f"/api/v1/attachments/{made.attachment_id}",
        "chunk_bytes": CHUNK_BYTES,
        "max_bytes": MOST_FILE_BYTES,
    }
