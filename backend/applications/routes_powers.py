"""HTTP of powers of attorney."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.applications.schemas_draft import PowerCodeSchema, PowerListSchema, PowerRequestSchema, PowerSchema
from backend.applications.service import powers
from backend.core import access as who
from backend.core.access import access, citizen
from backend.core.api import Blueprint
from backend.core.db import db
from backend.core.errors import Invalid, NotFound, TooManyRequests

Body = Mapping[str, Any]

blueprint = Blueprint("powers_of_attorney", __name__, url_prefix="/api/v1/powers-of-attorney")


@blueprint.route("", methods=["POST"])
@blueprint.raises(Invalid)
@blueprint.arguments(PowerRequestSchema)
@blueprint.response(201, PowerSchema)
@access(citizen("basic"))
def grant_power_of_attorney(body: Body) -> Any:
    """Let somebody fill applications for you; give the code of the answer to that person."""
    return powers.grant(db.session(), who.actor(), body["services"], body["valid_until"])


@blueprint.route("")
@blueprint.response(200, PowerListSchema)
@access(citizen("basic"))
def list_powers_of_attorney() -> Any:
    """Powers that this person gave or holds."""
    return {"items": powers.listed(db.session(), who.actor())}


@blueprint.route("/accept", methods=["POST"])
@blueprint.raises(NotFound, TooManyRequests)
@blueprint.arguments(PowerCodeSchema)
@blueprint.response(200, PowerSchema)
@access(citizen("basic"))
def accept_power_of_attorney(body: Body) -> Any:
    """Take up a power of attorney with the code that the other person gave you."""
    return powers.accept(db.session(), who.actor(), body["code"])


@blueprint.route("/<uuid:power_id>/revoke", methods=["POST"])
@blueprint.raises(NotFound)
@blueprint.response(200, PowerSchema)
@access(citizen("basic"))
def revoke_power_of_attorney(power_id: UUID) -> Any:
    """End a power of attorney at once; either side may."""
    return powers.revoke(db.session(), who.actor(), power_id)
