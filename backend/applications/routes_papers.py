"""HTTP of receipts and letters, and of whether one is genuine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Response

from backend.applications.schemas import OptionalLangSchema
from backend.applications.schemas_papers import (
    ReceiptQuerySchema,
    ReceiptSchema,
    VerifiedSchema,
    VerifyRequestSchema,
)
from backend.applications.service import letters, papers
from backend.core import access as who
from backend.core.access import access, citizen, public
from backend.core.api import Blueprint, limited
from backend.core.db import db
from backend.core.downloads import headers_for
from backend.core.errors import LevelTooLow, NotFound
from backend.core.limits import MINUTE, Limit
from backend.core.pdf import Unprintable

Body = Mapping[str, Any]
VERIFY = Limit("verifyDocument", soft=20, hard=20, per=MINUTE)
ANY_PAPER = {"type": "string", "format": "binary"}
RECEIPT = {
    "description": "The receipt as PDF/UA or as data",
    "content": {"application/pdf": {"schema": ANY_PAPER}, "application/json": {"schema": ReceiptSchema}},
}


def two_types(view: Callable[..., Response]) -> Callable[..., Response]:
    """Describe an answer that comes as a file or as data."""
    view.__dict__.setdefault("_apidoc", {}).setdefault("manual_doc", {})["responses"] = {"200": RECEIPT}
    return view


blueprint = Blueprint("papers", __name__, url_prefix="/api/v1", description="Receipts, letters and their verification")


@blueprint.route("/applications/<reference>/receipt")
@blueprint.raises(NotFound, LevelTooLow, Unprintable)
@blueprint.arguments(ReceiptQuerySchema, location="query")
@blueprint.response(200, ReceiptSchema)
@two_types
@access(citizen("none"))
def download_receipt(query: Body, reference: str) -> Response:
    """The receipt of what was sent: PDF/UA, or its content as JSON."""
    paper = papers.receipt(db.session(), who.actor(), reference, query["format"], query["lang"])
    return file_response(paper)


@blueprint.route("/applications/<reference>/letters/<uuid:letter_id>")
@blueprint.raises(NotFound, LevelTooLow, Unprintable)
@blueprint.arguments(OptionalLangSchema, location="query")
@blueprint.response(200, ANY_PAPER, content_type="application/pdf")
@access(citizen("none"))
def download_letter(query: Body, reference: str, letter_id: UUID) -> Response:
    """A letter as PDF/UA; that it was fetched is kept as proof of its announcement."""
    return file_response(letters.download(db.session(), who.actor(), reference, letter_id, query["lang"]))


@blueprint.route("/applications/<reference>/letters/<uuid:letter_id>/calendar")
@blueprint.raises(NotFound, LevelTooLow)
@blueprint.arguments(OptionalLangSchema, location="query")
@blueprint.response(200, ANY_PAPER, content_type="text/calendar")
@access(citizen("none"))
def download_remedy_calendar(query: Body, reference: str, letter_id: UUID) -> Response:
    """The last day to contest a decision, by our calculation, as a calendar file."""
    return file_response(letters.remedy_calendar(db.session(), who.actor(), reference, letter_id, query["lang"]))


@blueprint.route("/documents/verify", methods=["POST"])
@blueprint.arguments(VerifyRequestSchema)
@blueprint.response(200, VerifiedSchema)
@limited(VERIFY)
@access(public)
def verify_document(body: Body) -> Any:
    """Whether a document with this code came from here; says nothing about anybody."""
    return papers.verify(db.session(), body["code"], body["lang"])


def file_response(paper: papers.Paper) -> Response:
    """A download: never shown inside a page of ours."""
    return Response(paper.content, headers=headers_for(paper.filename), content_type=paper.media_type)
