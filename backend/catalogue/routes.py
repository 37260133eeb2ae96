"""Routes of the catalogue: public, in one language each, cacheable for a minute."""

from datetime import timedelta
from typing import Any

from flask import Response, jsonify, request

from backend.catalogue import portal, service
from backend.catalogue.errors import UnknownAuthority, UnknownLifeSituation
from backend.catalogue.queries import ServiceFilter
from backend.catalogue.schemas import (
    LeikaQuerySchema,
    LeikaSchema,
    LifeSituationsSchema,
    OfficePageSchema,
    OfficeSchema,
    OfficesQuerySchema,
    PortalSchema,
    ServicePageSchema,
    ServiceSchema,
    ServicesQuerySchema,
)
from backend.core.access import access, public
from backend.core.api import Blueprint, limited
from backend.core.db import db
from backend.core.errors import NotFound, TooManyRequests
from backend.core.limits import Limit
from backend.core.schemas import LangQuerySchema

blueprint = Blueprint("catalogue", __name__, url_prefix="/api/v1", description="Services, offices, life situations")
blueprints = (blueprint,)
SEARCH_LIMIT = Limit("search", soft=60, hard=300, per=timedelta(minutes=1), sparse=True)
CACHE_CONTROL = "public, max-age=60"


def cacheable(answer: Any) -> Response:
    """Return a ready answer that may be kept for a minute; 304 when the caller has it already."""
    response = jsonify(answer)
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.add_etag()
    response.make_conditional(request)
    return response


def page_of(found: tuple[list[Any], int], query: dict[str, Any]) -> Response:
    """Return one page of a list."""
    items, total = found
    return cacheable({"items": items, "page": query["page"], "page_size": query["page_size"], "total": total})


@blueprint.get("/services")
@access(public)
@limited(SEARCH_LIMIT)
@blueprint.raises(UnknownAuthority, UnknownLifeSituation, TooManyRequests)
@blueprint.arguments(ServicesQuerySchema, location="query")
@blueprint.response(200, ServicePageSchema)
def search_services(query: dict[str, Any]) -> Response:
    """Find services, best first; without `q` all of them, by life situation."""
    return page_of(
        service.find_services(
            db.session,
            query=query["q"],
            wanted=ServiceFilter(query["authority"], query["life_situation"]),
            lang=query["lang"],
            page=query["page"],
            page_size=query["page_size"],
        ),
        query,
    )


@blueprint.get("/services/<string:slug>")
@access(public)
@blueprint.raises(NotFound)
@blueprint.arguments(LangQuerySchema, location="query")
@blueprint.response(200, ServiceSchema)
def get_service(query: dict[str, Any], slug: str) -> Response:
    """Everything about a service."""
    return cacheable(service.get_service(db.session, slug, query["lang"]))


@blueprint.get("/offices")
@access(public)
@blueprint.raises(UnknownAuthority)
@blueprint.arguments(OfficesQuerySchema, location="query")
@blueprint.response(200, OfficePageSchema)
def list_offices(query: dict[str, Any]) -> Response:
    """All offices, or those of an authority, or those that offer a service."""
    found = service.list_offices(
        db.session,
        lang=query["lang"],
        authority=query["authority"],
        service=query["service"],
        page=query["page"],
        page_size=query["page_size"],
    )
    return page_of(found, query)


@blueprint.get("/offices/<string:slug>")
@access(public)
@blueprint.raises(NotFound)
@blueprint.arguments(LangQuerySchema, location="query")
@blueprint.response(200, OfficeSchema)
def get_office(query: dict[str, Any], slug: str) -> Response:
    """Everything about an office, with its next stops when it is mobile."""
    return cacheable(service.get_office(db.session, slug, query["lang"]))


@blueprint.get("/life-situations")
@access(public)
@blueprint.arguments(LangQuerySchema, location="query")
@blueprint.response(200, LifeSituationsSchema)
def list_life_situations(query: dict[str, Any]) -> Response:
    """All life situations with their services."""
    return cacheable({"items": service.life_situations(db.session, query["lang"])})


@blueprint.get("/leika/<string:leika>")
@access(public)
@blueprint.raises(NotFound)
@blueprint.arguments(LeikaQuerySchema, location="query")
@blueprint.response(200, LeikaSchema)
def find_by_leika(query: dict[str, Any], leika: str) -> Response:
    """The services behind a key of the national catalogue (LeiKa), as deep links of the portal network use it."""
    return cacheable({"services": service.services_of_leika(db.session, leika, query["ars"])})


@blueprint.get("/portal")
@access(public)
@blueprint.arguments(LangQuerySchema, location="query")
@blueprint.response(200, PortalSchema)
def get_portal(query: dict[str, Any]) -> Response:
    """What the portal must know about this deployment."""
    return cacheable(portal.describe(db.session, query["lang"]))
