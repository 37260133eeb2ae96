"""My data over HTTP: see, take along, decide, delete."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Response

from backend.accounts import views_me
from backend.accounts.errors import AccountInUse
from backend.accounts.schemas import SignOutSchema
from backend.accounts.schemas_me import (
    DeleteAccountSchema,
    DeliveryRequestSchema,
    DeliverySchema,
    ExportQuerySchema,
    MyDataSchema,
)
from backend.accounts.service import farewell, my_data
from backend.accounts.types import Delivery
from backend.core import access as caller
from backend.core import pdf
from backend.core.access import access, citizen
from backend.core.api import Blueprint, changes, limited
from backend.core.clock import BERLIN, db_now
from backend.core.db import db
from backend.core.downloads import headers_for
from backend.core.limits import MINUTE, Limit
from backend.core.schemas import LangQuerySchema

EXPORT = Limit("export_my_data", soft=10, hard=20, per=MINUTE)
TEMPLATE = Path(__file__).with_name("my_data.typ")
ANY_FILE = {"type": "string", "format": "binary"}
Body = Mapping[str, Any]

blueprint = Blueprint("my_data", __name__, url_prefix="/api/v1/me", description="What is stored about a person")


@blueprint.route("")
@blueprint.arguments(LangQuerySchema, location="query")
@blueprint.response(200, MyDataSchema)
@access(citizen("basic"))
def get_my_data(query: Body) -> dict[str, Any]:
    """What is stored, where each value came from, and who else looked at it."""
    return views_me.answer(my_data.my_data(db.session(), caller.actor(), query["lang"]))


@blueprint.route("/export")
@blueprint.arguments(ExportQuerySchema, location="query")
@blueprint.response(200, ANY_FILE, content_type="application/pdf")
@blueprint.also("application/json", MyDataSchema)
@limited(EXPORT)
@changes
@access(citizen("basic"))
def export_my_data(query: Body) -> Response:
    """The same with the content of all applications as a file: JSON for machines, PDF/UA for people."""
    session, actor, lang = db.session(), caller.actor(), query["lang"]
    data, now = my_data.own_copy(session, actor, lang), db_now(session)
    my_data.write_down(session, actor, "export", {"format": query["format"]})
    name = f"amtsweg-{now.astimezone(BERLIN).date().isoformat()}.{query['format']}"
    if query["format"] == "pdf":
        content = pdf.render(TEMPLATE, views_me.document(data, lang, now), language=lang, made_at=now)
        return Response(content, headers=headers_for(name), content_type="application/pdf")
    told = MyDataSchema().dump(views_me.answer(data))
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    return Response(content, headers=headers_for(name), content_type="application/json")


@blueprint.route("/electronic-delivery", methods=["POST"])
@blueprint.arguments(DeliveryRequestSchema)
@blueprint.response(200, DeliverySchema)
@access(citizen("basic"))
def set_electronic_delivery(body: Body) -> Delivery:
    """Whether decisions may be announced in the portal from now on."""
    return my_data.set_electronic_delivery(db.session(), caller.actor(), allowed=body["allowed"])


@blueprint.route("/delete", methods=["POST"])
@blueprint.raises(AccountInUse)
@blueprint.arguments(DeleteAccountSchema)
@blueprint.response(200, SignOutSchema)
@access(citizen("none"))
def delete_my_account(body: Body) -> dict[str, Any]:
    """Erase the account, its sessions and what they hold; the browser may go on to `location`."""
    return {"location": farewell.delete_account(db.session(), caller.actor(), body["language"])}
