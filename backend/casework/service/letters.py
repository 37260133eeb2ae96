"""The letter of a decision from what a clerk entered: blocks by their ids, free text, its translation, a fee."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from backend.applications import sealed as documents
from backend.applications.models import Application
from backend.applications.receipt import letter
from backend.applications.types import Outcome
from backend.casework import sealed
from backend.casework.models import Proposal
from backend.casework.service import blocks
from backend.core.errors import FieldError, Invalid
from backend.core.i18n import DEFAULT
from backend.forms import service as forms


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What a clerk entered: `reason` in German, `translation` into the citizen's language, confirmed by her."""

    outcome: Outcome
    reason: str | None = None
    blocks: Sequence[str] = ()
    translation: str | None = None
    fee_cents: int | None = None


def written(session: Session, row: Application, entered: Entered) -> letter.Content:
    """The letter as it will be sent; raises Invalid (reasons are missing, a block or a fee does not fit)."""
    form = forms.get(row.service, row.version)
    chosen = blocks.chosen(form, "decision", entered.blocks, outcome=entered.outcome)
    if faults := [*_faults(session, row, entered)]:
        raise Invalid(errors=faults)
    decision = letter.Decision(
        outcome=entered.outcome,
        reason=entered.reason,
        translation=entered.translation,
        blocks=[block.texts for block in chosen],
        fee_cents=entered.fee_cents,
    )
    return letter.written(session, row, decision)


def close(session: Session, row: Application, proposal: Proposal, entered: Entered, content: letter.Content) -> bytes:
    """What was entered and the letter that it made, sealed for their proposal."""
    text = json.dumps({"entered": asdict(entered), "letter": content}, ensure_ascii=False)
    return sealed.close(session, row, sealed.content_place(proposal.id), text) or b""


def open_(session: Session, row: Application, proposal: Proposal) -> tuple[Entered, letter.Content] | None:
    """The same again; None for a proposal whose application was erased. Raises NotFound when its key was destroyed."""
    text = sealed.open_(session, row, sealed.content_place(proposal.id), proposal.content)
    if text is None:
        return None
    kept: dict[str, Any] = json.loads(text)
    return Entered(**kept["entered"]), kept["letter"]


def _faults(session: Session, row: Application, entered: Entered) -> list[FieldError]:
    found = []
    if entered.outcome != "granted" and not (entered.reason or entered.blocks):
        found.append(FieldError("/reason", "required"))
    if entered.translation is not None and (entered.reason is None or row.language == DEFAULT):
        found.append(FieldError("/translation", "not_allowed"))
    if entered.fee_cents is not None and not _fee_is_open(session, row, entered):
        found.append(FieldError("/fee_cents", "not_allowed"))
    return found


def _fee_is_open(session: Session, row: Application, entered: Entered) -> bool:
    """Only a fee that the rules could not tell is the office's to tell, and only with a grant."""
    evaluation = documents.document_of(session, row).evaluation or {}
    unknown = bool(evaluation.get("fee", {}).get("unknown")) and row.fee_cents is None
    return unknown and entered.outcome in ("granted", "partly")
