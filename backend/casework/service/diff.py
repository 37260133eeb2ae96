"""What changed between the versions of the answers: as sent, then each correction by the person or the office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from backend.applications import sealed
from backend.applications.models import Application
from backend.applications.types import Document
from backend.casework import queries_open
from backend.casework.service import words
from backend.core.i18n import DEFAULT
from backend.forms import service as forms
from backend.forms.types import Form

CITIZEN = "citizen"


def versions(session: Session, row: Application, document: Document, form: Form) -> list[dict[str, Any]]:
    """Each version of the answers, oldest first; the first one is what was sent and has no changes."""
    older = queries_open.versions_of(session, row.id)
    answers = [sealed.history_of(session, row, each).answers for each in older] + [document.answers]
    moments = [(row.submitted_at or row.created_at, CITIZEN)] + [(each.replaced_at, each.replaced_by) for each in older]
    told = []
    for number, (at, by) in enumerate(moments):
        changes = list(_changes(form, answers[number - 1], answers[number])) if number else []
        told.append({"version": number + 1, "at": at, "by": by, "changes": changes})
    return told


def _changes(form: Form, before: Any, after: Any) -> Iterator[dict[str, Any]]:
    """Every answer that is another one now, in the order of the form's answers."""
    old, new = dict(leaves(before)), dict(leaves(after))
    for pointer in dict.fromkeys([*old, *new]):
        was, is_now = old.get(pointer), new.get(pointer)
        if was != is_now:
            yield {
                "pointer": pointer,
                "label": forms.label(form, pointer, DEFAULT),
                "before": None if was is None else words.of(form, pointer, was),
                "after": None if is_now is None else words.of(form, pointer, is_now),
            }


def leaves(answers: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Each answer with its pointer; the entries of a group one by one, an address or a list of choices as a whole."""
    if not pointer:
        for name, value in answers.items():
            yield from leaves(value, f"/{name}")
    elif isinstance(answers, list) and any(isinstance(each, dict) for each in answers):
        for place, entry in enumerate(answers):
            for name, value in entry.items():
                yield f"{pointer}/{place}/{name}", value
    else:
        yield pointer, answers
