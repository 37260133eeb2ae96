"""HTTP of what will be erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.casework.policy import allowed
from backend.casework.schemas_retention import RetainedPageSchema, RetentionQuerySchema, RetentionSchema
from backend.casework.service import retention
from backend.casework.types import Action
from backend.core import access as who
from backend.core.api import Blueprint, changes
from backend.core.db import db
from backend.core.errors import Invalid

Body = Mapping[str, Any]

blueprint = Blueprint("retention", __name__, url_prefix="/api/v1/staff/retention", description="Casework: retention")


@blueprint.route("")
@blueprint.response(200, RetentionSchema)
@changes
@allowed(Action.RETENTION)
def preview_retention() -> Any:
    """What will be erased in one's offices, by month and service; the look is written down."""
    return retention.preview(db.session(), who.actor())


@blueprint.route("/cases")
@blueprint.raises(Invalid)
@blueprint.arguments(RetentionQuerySchema, location="query")
@blueprint.response(200, RetainedPageSchema)
@changes
@allowed(Action.RETENTION)
def list_retention(query: Body) -> Any:
    """The applications that are erased in one month, soonest first; the look is written down."""
    month = date.fromisoformat(f"{query['month']}-01")
    found = {"month": month, "service": query["service"], "after": query["after"]}
    return retention.listed(db.session(), who.actor(), **found)
