"""Route of the availability search."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Request, Response
from flask.globals import request_ctx

from backend.booking.errors_wish import NotCombinable, NotOffered, TooMany, UnknownOffice, UnknownService
from backend.booking.recent import recent_answers
from backend.booking.schemas_availability import AvailabilityQuerySchema, AvailabilitySchema, answer, filters_of
from backend.booking.wish import IN_QUERY, resolve_wish
from backend.catalogue import service as catalogue
from backend.core.access import access, public
from backend.core.api import Blueprint, limited
from backend.core.db import db
from backend.core.errors import Invalid, TooManyRequests
from backend.core.limits import Limit

blueprint = Blueprint("availability", __name__, url_prefix="/api/v1", description="Free times")
AVAILABILITY_LIMIT = Limit("availability", soft=60, hard=300, per=timedelta(minutes=1), sparse=True)
CACHE_CONTROL = "public, max-age=5"


@blueprint.get("/availability")
@access(public)
@limited(AVAILABILITY_LIMIT)
@blueprint.raises(UnknownService, UnknownOffice, NotOffered, NotCombinable, TooMany, Invalid, TooManyRequests)
@blueprint.arguments(AvailabilityQuerySchema, location="query")
@blueprint.response(200, AvailabilitySchema)
def find_availability(query: dict[str, Any]) -> Response:
    """Find free times over one or several offices, earliest first.

    Offered are the start of each free stretch, every multiple of the length from there, and the last start that fits.
    """
    asked, session = request_ctx.request, db.session  # made only if it is needed
    recent = recent_answers()
    question = (catalogue.version(session), asked.query_string)
    body = None if wants_fresh(asked) else recent.get(question)
    if body is None:
        wish = resolve_wish(session, query["service"], query["office"], query["need"], IN_QUERY)
        body = answer(session, wish, query["first_day"], query["days"], filters_of(query))
        recent.keep(question, body)
    return Response(body, content_type="application/json", headers={"Cache-Control": CACHE_CONTROL})


def wants_fresh(asked: Request) -> bool:
    """True when the client asks for the answer of this moment: `no-cache`, or `max-age=0` as browsers say it."""
    if "Cache-Control" not in asked.headers:
        return False
    control = asked.cache_control
    return bool(control.no_cache) or control.max_age == 0
