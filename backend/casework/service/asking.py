"""Requests to the citizen: exactly these fields and files, with reasons in her language and a day; cancelled, not lost.

Staff write German: standard blocks exist in all languages, free text is marked as German for the citizen unless a
member of staff confirms a translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications.models import Application
from backend.applications.service import office
from backend.casework.models import Case
from backend.casework.service import blocks, deciding, finding
from backend.core.access import Actor
from backend.core.clock import today
from backend.core.errors import FieldError, Invalid
from backend.core.i18n import DEFAULT, LocalizedText
from backend.forms import service as forms


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked: fields and file slots, why (German, blocks, a confirmed translation), and until when."""

    fields: Sequence[str]
    files: Sequence[str]
    due_on: date
    reason: str | None = None
    blocks: Sequence[str] = ()
    translation: str | None = None


def open_request(session: Session, actor: Actor, reference: str, revision: int | None, asked: Asked) -> Case:
    """Ask the citizen; raises NotFound, CaseChanged, DecisionPending, Invalid, NotNow (e.g. decided already)."""
    case, row = finding.locked(session, actor, reference, revision)
    ask(session, actor, case, row, asked)
    return case


def ask(session: Session, actor: Actor, case: Case, row: Application, asked: Asked) -> UUID:
    """The same on a locked case; the id of the request."""
    deciding.refuse_pending(session, case)
    if asked.due_on <= today(session):
        raise Invalid(errors=[FieldError("/due_on", "in_the_past")])
    german, own = _reasons(row, asked)
    request = office.open_request(
        session,
        actor,
        row,
        fields=asked.fields,
        files=asked.files,
        reason=german,
        due_on=asked.due_on,
        own=own,
    )
    return request.id


def cancel_request(session: Session, actor: Actor, reference: str, request_id: UUID, revision: int) -> Case:
    """It is not needed any more; what was asked stays readable. Raises NotFound, CaseChanged, NotNow."""
    case, row = finding.locked(session, actor, reference, revision)
    office.cancel_request(session, actor, row, request_id)
    return case


def _reasons(row: Application, asked: Asked) -> tuple[str, list[LocalizedText]]:
    """The whole reason in German, and as the citizen reads it; raises Invalid without any, or for what does not fit."""
    if not asked.reason and not asked.blocks:
        raise Invalid(errors=[FieldError("/reason", "required")])
    if asked.translation is not None and (not asked.reason or row.language == DEFAULT):
        raise Invalid(errors=[FieldError("/translation", "not_allowed")])
    chosen = blocks.chosen(forms.get(row.service, row.version), "request", asked.blocks)
    german = [block.texts[DEFAULT] for block in chosen]
    own = [LocalizedText(block.texts[row.language], row.language) for block in chosen]
    if asked.reason:
        german.append(asked.reason)
        translated = asked.translation
        own.append(LocalizedText(translated, row.language) if translated else LocalizedText(asked.reason, DEFAULT))
    return "\n".join(german), own
