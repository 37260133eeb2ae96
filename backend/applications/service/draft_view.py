"""A draft as its person sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.applications import form as reading
from backend.applications import policy
from backend.applications.files import service as files
from backend.applications.models import Application
from backend.applications.service import filling, visits
from backend.applications.types import DraftLine, DraftView
from backend.core.access import Actor, reaches
from backend.core.errors import FieldError
from backend.core.security import format_reference
from backend.forms import service as forms
from backend.forms.types import Form, FormChange


def view(
    session: Session,
    actor: Actor,
    opened: filling.Filling,
    *,
    errors: Sequence[FieldError] = (),
    ignored: Sequence[str] = (),
) -> DraftView:
    """The draft as it is now, in the version of the form that counts; `errors` are those of the page just saved."""
    row, document, form = opened.row, opened.document, opened.form
    answers = filling.answers_with_files(session, opened)
    kept = forms.kept(form, answers)
    faulty = [fault.pointer for fault in forms.validate(form, kept.answers)]
    own = {name: value for name, value in answers.items() if name not in reading.file_slots(form)}
    return DraftView(
        draft_id=row.id,
        reference=None if row.reference is None else format_reference(row.reference),
        service=row.service,
        title=forms.text(form, "service.title", row.language),
        version=form.version,
        content_hash=form.content_hash,
        revision=row.revision,
        language=row.language,
        answers=own,
        prefilled=[
            {"pointer": pointer, "source": place.source, "locked": place.locked}
            for pointer, place in document.prefilled.items()
        ],
        pages=reading.page_states(((page.key, page.fields) for page in kept.pages), document.saved, faulty),
        attachments=files.of_draft(session, row.id),
        expires_at=expires_at(row, form),
        touched_at=row.touched_at,
        level_needed=form.facts["trust_level"],
        changes=_told(opened.change, row),
        actor=policy.role(actor, row),
        represented=row.power_id is not None,
        appointment=visits.booked(session, row.id) if row.appointment == "booked" else None,
        email=document.email,
        errors=list(errors),
        ignored=list(ignored),
    )


def line(actor: Actor, row: Application, lang: str) -> DraftLine:
    """A draft in a list, in the newest version of its form and the reader's language; nothing sealed is opened."""
    form = forms.published(row.service)
    return DraftLine(
        draft_id=row.id,
        reference=None if row.reference is None else format_reference(row.reference),
        service=row.service,
        title=forms.text(form, "service.title", lang),
        revision=row.revision,
        language=row.language,
        expires_at=expires_at(row, form),
        touched_at=row.touched_at,
        level_needed=form.facts["trust_level"],
        represented=row.power_id is not None,
        readable=reaches(actor.level, row.filed_level or "none"),
    )


def expires_at(row: Application, form: Form) -> datetime:
    """When an untouched draft is erased."""
    kept: int = form.facts["retention_days"]["draft"]
    return row.touched_at + timedelta(days=kept)


def _told(change: FormChange | None, row: Application) -> dict[str, Any] | None:
    """What a material change of the form is told with; a change of words is not worth an interruption."""
    if change is None or change.kind != "material":
        return None
    return {"from": row.version, "new_fields": list(change.new_fields), "removed_fields": list(change.removed_fields)}
