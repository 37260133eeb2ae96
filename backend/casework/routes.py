"""HTTP of the work list: lists, searches, assignment, views; the acts on one case are in `routes_case`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, request

from backend.casework import (
    errors,
    routes_acts,
    routes_batch,
    routes_case,
    routes_decisions,
    routes_export,
    routes_money,
    routes_papers,
    routes_reading,
    routes_retention,
    routes_work,
)
from backend.casework.policy import allowed
from backend.casework.schemas import (
    ListQuerySchema,
    SaveViewSchema,
    SearchSchema,
    TakeSchema,
)
from backend.casework.schemas_case import (
    CaseLineSchema,
    CasePageSchema,
    SavedViewSchema,
    SavedViewsSchema,
)
from backend.casework.service import lists, views, work
from backend.casework.types import Action, Sought, Wanted
from backend.core import access as who
from backend.core.api import Blueprint
from backend.core.clock import today
from backend.core.db import db
from backend.core.errors import Forbidden, Invalid, NotFound

Body = Mapping[str, Any]

blueprint = Blueprint("casework", __name__, url_prefix="/api/v1/staff", description="Casework: lists and assignment")
blueprints = (
    blueprint,
    routes_case.blueprint,
    routes_decisions.blueprint,
    routes_export.blueprint,
    routes_papers.blueprint,
    routes_reading.blueprint,
    routes_work.blueprint,
    routes_acts.blueprint,
    routes_batch.blueprint,
    routes_money.blueprint,
    routes_retention.blueprint,
)


@blueprint.route("/cases")
@blueprint.raises(Invalid)
@blueprint.arguments(ListQuerySchema, location="query")
@blueprint.response(200, CasePageSchema)
@allowed(Action.LIST)
def list_cases(query: Body) -> Any:
    """A work list of one's own offices, most urgent first; asked with If-None-Match it is 304 while nothing changes."""
    given = dict(query)
    after, limit = given.pop("after"), given.pop("page_size")
    session, actor, wanted = db.session(), who.actor(), Wanted(**given)
    tag = lists.tag(session, actor, wanted, after=after, limit=limit)  # before the page: never newer than what it shows
    if request.if_none_match.contains_weak(tag):
        return Response(status=304, headers={"ETag": f'W/"{tag}"'})
    return lists.listed(session, actor, wanted, after=after, limit=limit), {"ETag": f'W/"{tag}"'}


@blueprint.route("/cases/search", methods=["POST"])
@blueprint.raises(Invalid)
@blueprint.arguments(SearchSchema)
@blueprint.response(200, CasePageSchema)
@allowed(Action.SEARCH)
def search_cases(body: Body) -> Any:
    """Cases by reference, by name, or by name and date of birth."""
    return lists.search(db.session(), who.actor(), Sought(**body))


@blueprint.route("/cases/take-next", methods=["POST"])
@blueprint.raises(errors.NothingToTake)
@blueprint.arguments(TakeSchema)
@blueprint.response(200, CaseLineSchema)
@allowed(Action.TAKE)
def take_next_case(body: Body) -> Any:
    """The most urgent free case in one's languages becomes one's own."""
    session = db.session()
    case = work.take_next(session, who.actor(), body["services"])
    return lists.lines(session, [case], today(session))[0], {"ETag": f'"{case.revision}"'}


@blueprint.route("/views")
@blueprint.response(200, SavedViewsSchema)
@allowed(Action.VIEWS)
def list_case_views() -> Any:
    """One's own saved filters."""
    return {"items": views.listed(db.session(), who.actor())}


@blueprint.route("/views", methods=["POST"])
@blueprint.raises(errors.TooManyViews, Forbidden)
@blueprint.arguments(SaveViewSchema)
@blueprint.response(201, SavedViewSchema)
@allowed(Action.VIEWS)
def save_case_view(body: Body) -> Any:
    """Keep filters under a name; the same name replaces them."""
    return views.save(db.session(), who.actor(), body["name"], body["filters"])


@blueprint.route("/views/<uuid:view_id>", methods=["DELETE"])
@blueprint.raises(NotFound)
@blueprint.response(204)
@allowed(Action.VIEWS)
def remove_case_view(view_id: UUID) -> None:
    """Forget saved filters."""
    views.remove(db.session(), who.actor(), view_id)
