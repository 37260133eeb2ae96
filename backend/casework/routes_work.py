"""HTTP of the people behind the cases: profile, colleagues, absence, teams, and where new cases go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.applications.etag import if_match
from backend.casework.acts import OUTDATED, revised
from backend.casework.policy import allowed
from backend.casework.schemas_work import (
    ProfileSchema,
    RoutingQuerySchema,
    RoutingSchema,
    SetAbsenceSchema,
    SetProfileSchema,
    SetRoutingSchema,
    SetTeamsSchema,
    WorkerSchema,
    WorkersSchema,
)
from backend.casework.service import absence, routing, workers
from backend.casework.types import Action
from backend.core import access as who
from backend.core.api import Blueprint, changes
from backend.core.db import db
from backend.core.errors import Forbidden, Invalid, NotFound

Body = Mapping[str, Any]

blueprint = Blueprint("workers", __name__, url_prefix="/api/v1/staff", description="Casework: people and routing")


@blueprint.route("/profile")
@blueprint.response(200, ProfileSchema)
@changes
@allowed(Action.PROFILE)
def get_my_profile() -> Any:
    """Who one is here, what one takes, and what one may do."""
    return workers.profile(db.session(), who.actor())


@blueprint.route("/profile", methods=["PUT"])
@blueprint.raises(Invalid)
@blueprint.arguments(SetProfileSchema)
@blueprint.response(200, ProfileSchema)
@allowed(Action.PROFILE)
def set_my_profile(body: Body) -> Any:
    """Say in which languages and services one takes cases, and whether single keys are shortcuts."""
    return workers.set_profile(db.session(), who.actor(), **body)


@blueprint.route("/workers")
@blueprint.response(200, WorkersSchema)
@allowed(Action.WORKERS)
def list_workers() -> Any:
    """The colleagues of one's offices, with who is away and who stands in."""
    return {"items": workers.listed(db.session(), who.actor())}


@blueprint.route("/workers/<uuid:worker_id>/absence", methods=["PUT"])
@blueprint.raises(NotFound, Forbidden, Invalid)
@blueprint.arguments(SetAbsenceSchema)
@blueprint.response(200, WorkerSchema)
@allowed(Action.ABSENCE)
def set_absence(body: Body, worker_id: UUID) -> Any:
    """Say until when oneself, or for a lead somebody of the office, is away and who stands in."""
    return absence.set_absence(db.session(), who.actor(), worker_id, **body)


@blueprint.route("/workers/<uuid:worker_id>/teams", methods=["PUT"])
@blueprint.raises(NotFound)
@blueprint.arguments(SetTeamsSchema)
@blueprint.response(200, WorkerSchema)
@allowed(Action.TEAMS)
def set_teams(body: Body, worker_id: UUID) -> Any:
    """Say to which teams somebody belongs."""
    return absence.set_teams(db.session(), who.actor(), worker_id, body["teams"])


@blueprint.route("/routing")
@blueprint.raises(NotFound, Invalid)
@blueprint.arguments(RoutingQuerySchema, location="query")
@blueprint.response(200, RoutingSchema)
@allowed(Action.ROUTING)
def list_routing(query: Body) -> Any:
    """Where the cases that arrive in an office go."""
    found = routing.rules_of(db.session(), who.actor(), query["office"])
    return found, {"ETag": f'"{found["revision"]}"'}


@blueprint.route("/routing", methods=["PUT"])
@blueprint.raises(*OUTDATED, Invalid)
@blueprint.arguments(SetRoutingSchema)
@blueprint.response(200, RoutingSchema)
@revised
@allowed(Action.ROUTING)
def set_routing(body: Body) -> Any:
    """Replace the rules of an office."""
    session, actor = db.session(), who.actor()
    found = routing.set_rules(session, actor, body["office"], body["items"], if_match())
    return found, {"ETag": f'"{found["revision"]}"'}
