"""HTTP of what leaves the portal as a file: a case, a list, the audit trail; the auditor's list; and training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response

from backend.casework.policy import allowed
from backend.casework.schemas_export import AuditEntriesSchema, ListExportSchema, TrailFiltersSchema, TrailListSchema
from backend.casework.schemas_reading import TrainingSchema, TrainSchema
from backend.casework.service import exporting, sheets, trails, training
from backend.casework.types import Action, Wanted
from backend.core import access as who
from backend.core.api import Blueprint, changes
from backend.core.db import db
from backend.core.downloads import headers_for
from backend.core.errors import Invalid, NotFound

Body = Mapping[str, Any]
BINARY = {"type": "string", "format": "binary"}

blueprint = Blueprint("case_exports", __name__, url_prefix="/api/v1/staff", description="Casework: exports and audit")


@blueprint.route("/cases/<reference>/export")
@blueprint.raises(NotFound)
@blueprint.response(200, BINARY, content_type="application/zip")
@changes
@allowed(Action.EXPORT)
def export_case(reference: str) -> Response:
    """A case as a ZIP: PDF, JSON, files, letters, events and the SHA-256 of each."""
    name, pieces = exporting.exported(db.session(), who.actor(), reference)
    return _file(name, "application/zip", pieces)


@blueprint.route("/cases/export")
@blueprint.raises(Invalid)
@blueprint.arguments(ListExportSchema, location="query")
@blueprint.response(200, BINARY, content_type="text/csv")
@blueprint.also(sheets.MEDIA["xlsx"], BINARY)
@changes
@allowed(Action.EXPORT_LIST)
def export_cases(query: Body) -> Response:
    """A whole work list as CSV or XLSX, with the filters of the list."""
    given = dict(query)
    kind = given.pop("format")
    session, actor, wanted = db.session(), who.actor(), Wanted(**given)
    sheets.announced(session, actor, wanted, kind)
    return _file(f"vorgaenge.{kind}", sheets.MEDIA[kind], sheets.written(actor, wanted, kind))


@blueprint.route("/audit")
@blueprint.raises(Invalid)
@blueprint.arguments(TrailListSchema, location="query")
@blueprint.response(200, AuditEntriesSchema)
@changes
@allowed(Action.TRAIL)
def list_audit_entries(query: Body) -> Any:
    """Who looked at cases of one's offices or did something with them, newest first."""
    given = dict(query)
    after = given.pop("after")
    return trails.listed(db.session(), who.actor(), trails.wanted_of(given), after=after)


@blueprint.route("/audit/export")
@blueprint.raises(Invalid)
@blueprint.arguments(TrailFiltersSchema, location="query")
@blueprint.response(200, BINARY, content_type="text/csv")
@changes
@allowed(Action.EXPORT_TRAIL)
def export_audit_trail(query: Body) -> Response:
    """The same entries as CSV, oldest first."""
    pieces = trails.exported(db.session(), who.actor(), trails.wanted_of(dict(query)))
    return _file("protokoll.csv", sheets.MEDIA["csv"], pieces)


@blueprint.route("/training", methods=["POST"])
@blueprint.arguments(TrainSchema)
@blueprint.response(200, TrainingSchema)
@allowed(Action.TRAINING)
def set_training(body: Body) -> Any:
    """Train with invented cases that only oneself sees, or go back to work; signing out ends it too."""
    return training.switch(db.session(), who.actor(), on=body["on"])


def _file(name: str, media_type: str, pieces: Iterator[bytes]) -> Response:
    answer = Response(pieces, content_type=media_type)
    answer.headers.update(headers_for(name))
    return answer
