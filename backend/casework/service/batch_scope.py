"""What can be asked for in many cases at once: the fields of their forms; whether a case shows one, a preview says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.applications import form as reading
from backend.casework.models import Case
from backend.core.access import Actor
from backend.core.i18n import DEFAULT
from backend.core.security import parse_reference
from backend.forms import service as forms


def of(session: Session, actor: Actor, references: Sequence[str]) -> dict[str, Any]:
    """Services, languages and fields of those of the cases that lie in the actor's offices, with their numbers."""
    numbers = [number for each in references if (number := parse_reference(each)) is not None]
    mine = (Case.reference.in_(numbers), Case.office.in_(sorted(actor.offices)))
    rows = session.execute(select(Case.service, Case.version, Case.language).where(*mine)).all()
    languages = Counter(row.language for row in rows)
    counted: Counter[str] = Counter()
    fields: dict[str, dict[str, Any]] = {}
    versions = Counter((row.service, row.version) for row in rows)
    for (service, version), cases in sorted(versions.items(), reverse=True):  # the newest version's words first
        form = forms.get(service, version)
        slots = reading.file_slots(form)
        for name in form.fields:
            counted[name] += cases
            label = forms.label(form, f"/{name}", DEFAULT)
            fields.setdefault(name, {"name": name, "label": label, "file": name in slots})
    return {
        "services": sorted({row.service for row in rows}),
        "languages": [{"language": name, "cases": languages[name]} for name in sorted(languages)],
        "fields": [{**each, "cases": counted[name]} for name, each in fields.items()],
    }
