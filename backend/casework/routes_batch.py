"""HTTP of batches: one act on many cases, looked at before and taken back after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.casework import errors
from backend.casework.policy import allowed
from backend.casework.schemas_batch import BatchSchema
from backend.casework.schemas_case import BatchResultSchema
from backend.casework.service import batch
from backend.casework.service.asking import Asked
from backend.casework.service.letters import Entered
from backend.casework.types import Action
from backend.core import access as who
from backend.core.access import Actor
from backend.core.api import Blueprint
from backend.core.db import db
from backend.core.errors import Forbidden, Invalid, NotFound

Body = Mapping[str, Any]

blueprint = Blueprint("case_batches", __name__, url_prefix="/api/v1/staff/cases/batch", description="Casework: batches")


@blueprint.route("", methods=["POST"])
@blueprint.raises(Invalid, Forbidden)
@blueprint.arguments(BatchSchema)
@blueprint.response(200, BatchResultSchema)
@allowed(Action.BATCH)
def batch_cases(body: Body) -> Any:
    """Assign, label, ask or decide up to 500 cases, or look what that would do; those that fail are named."""
    session, actor = db.session(), who.actor()
    act = _act(session, actor, body)
    return batch.run(session, actor, body["cases"], body["action"], act, seen=body["seen"], preview=body["preview"])


@blueprint.route("/<uuid:batch_id>/undo", methods=["POST"])
@blueprint.raises(NotFound, errors.UndoOver)
@blueprint.response(200, BatchResultSchema)
@allowed(Action.BATCH)
def undo_batch(batch_id: UUID) -> Any:
    """Take one's own batch back; cases where something else happened meanwhile are named and stay."""
    return batch.undo(db.session(), who.actor(), batch_id)


def _act(session: Session, actor: Actor, body: Body) -> batch.Act:
    translation = body["translation"] and body["translation"]["text"]
    reasons = {"reason": body["reason"], "blocks": body["blocks"], "translation": translation}
    match body["action"]:
        case "assign":
            return batch.assigning(session, actor, body["assignee"])
        case "label":
            return batch.labelling(session, actor, body["add"], body["remove"])
        case "request":
            batch.refuse_mixed(session, actor, body["cases"], translated=translation is not None)
            asked = Asked(fields=body["fields"], files=body["files"], due_on=body["due_on"], **reasons)
            return batch.asking_for(session, actor, asked)
        case _:
            batch.refuse_mixed(session, actor, body["cases"], translated=translation is not None)
            entered = Entered(outcome=body["outcome"], fee_cents=body["fee_cents"], **reasons)
            return batch.deciding_on(session, actor, entered)
