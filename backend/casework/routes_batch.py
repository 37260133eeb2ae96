"""HTTP of batches: one act on many cases, looked at before, watched while it goes on, and taken back after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID

from backend.casework import errors
from backend.casework.policy import allowed
from backend.casework.schemas_batch import (
    BatchResultSchema,
    BatchSchema,
    BatchScopeQuerySchema,
    BatchScopeSchema,
)
from backend.casework.service import batch, batch_scope
from backend.casework.service.batch_acts import Order
from backend.casework.types import Action
from backend.core import access as who
from backend.core.api import Blueprint
from backend.core.db import db
from backend.core.errors import Forbidden, Invalid, NotFound

Body = Mapping[str, Any]
ORDERED = frozenset(each.name for each in fields(Order))

blueprint = Blueprint("case_batches", __name__, url_prefix="/api/v1/staff/cases/batch", description="Casework: batches")


@blueprint.route("", methods=["POST"])
@blueprint.raises(Invalid, Forbidden)
@blueprint.arguments(BatchSchema)
@blueprint.response(200, BatchResultSchema)
@allowed(Action.BATCH)
def batch_cases(body: Body) -> Any:
    """Assign, label, ask or decide up to 500 cases, or look what that would do; those that fail are named."""
    session, actor = db.session(), who.actor()
    if body["action"] in ("request", "decide"):
        batch.refuse_mixed(session, actor, body["cases"])
    given = {name: value for name, value in body.items() if name in ORDERED}
    given["translations"] = {each["language"]: each["text"] for each in body["translations"]}
    return batch.begin(session, actor, body["cases"], Order(**given), preview=body["preview"])


@blueprint.route("/<uuid:batch_id>")
@blueprint.raises(NotFound)
@blueprint.response(200, BatchResultSchema)
@allowed(Action.BATCH)
def get_batch(batch_id: UUID) -> Any:
    """How far one's own batch is."""
    return batch.look(db.session(), who.actor(), batch_id)


@blueprint.route("/<uuid:batch_id>/undo", methods=["POST"])
@blueprint.raises(NotFound, errors.UndoOver)
@blueprint.response(200, BatchResultSchema)
@allowed(Action.BATCH)
def undo_batch(batch_id: UUID) -> Any:
    """Take one's own batch back; cases where something else happened meanwhile are named and stay."""
    return batch.undo(db.session(), who.actor(), batch_id)


@blueprint.route("/scope", methods=["POST"])
@blueprint.raises(Invalid)
@blueprint.arguments(BatchScopeQuerySchema)
@blueprint.response(200, BatchScopeSchema)
@allowed(Action.BATCH)
def get_batch_scope(body: Body) -> Any:
    """What can be asked for in the chosen cases, and in which languages; foreign and missing ones do not count."""
    return batch_scope.of(db.session(), who.actor(), body["cases"])
