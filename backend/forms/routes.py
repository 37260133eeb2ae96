"""Routes of the forms: public, the same for everybody, known by the hash of what they answer."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from flask import Response, request

from backend.core.access import access, public
from backend.core.api import Blueprint
from backend.core.errors import NotFound
from backend.core.i18n import LANGUAGES
from backend.core.schemas import LangQuerySchema
from backend.forms import service as forms
from backend.forms import wire
from backend.forms.schemas import FormQuerySchema, FormSchema, FormsSchema

blueprint = Blueprint("forms", __name__, url_prefix="/api/v1", description="Forms of the services, by version")
blueprints = (blueprint,)
CACHE_CONTROL = "public, max-age=60"
MOST_KEPT = 50 * len(LANGUAGES)


def ready(body: str) -> Response:
    """Return a ready answer that may be kept for a minute; 304 when the caller has it already."""
    response = Response(body, mimetype="application/json")
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.add_etag()
    response.make_conditional(request)
    return response


@lru_cache(maxsize=len(LANGUAGES))
def list_body(lang: str) -> str:
    """All forms as JSON text."""
    return json.dumps({"items": wire.summaries(forms.all_published(), lang)}, ensure_ascii=False)


@lru_cache(maxsize=MOST_KEPT)
def form_body(slug: str, version: int | None, lang: str) -> str:
    """One form as JSON text; raises NotFound."""
    form = forms.published(slug) if version is None else forms.get(slug, version)
    return json.dumps(wire.describe(form, lang), ensure_ascii=False)


@blueprint.get("/forms")
@access(public)
@blueprint.arguments(LangQuerySchema, location="query")
@blueprint.response(200, FormsSchema)
def list_forms(query: dict[str, Any]) -> Response:
    """The services that can be applied for online, each with its newest form."""
    return ready(list_body(query["lang"]))


@blueprint.get("/forms/<string:service>")
@access(public)
@blueprint.raises(NotFound)
@blueprint.arguments(FormQuerySchema, location="query")
@blueprint.response(200, FormSchema)
def get_form(query: dict[str, Any], service: str) -> Response:
    """One form: schema, pages, texts and what answers are checked by. Every published version stays readable."""
    return ready(form_body(service, query["version"], query["lang"]))
