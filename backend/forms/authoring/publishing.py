"""Publishing: the newest version of a package gets its line in published.json, if nothing speaks against it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from backend.forms import registry
from backend.forms.authoring.finding import Finding
from backend.forms.authoring.linting import of_version
from backend.forms.loading import PACKAGES, load, versions
from backend.forms.types import Form
from backend.forms.versions import same_questions


def publish(slug: str, day: date, *, again: bool = False, packages: Path = PACKAGES) -> list[Finding]:
    """Write the newest version of a package into the registry; returns what speaks against it.

    `again` replaces the hashes of a version that is published already: only right before anybody has used it.
    """
    found = versions(slug, packages)
    if not found:
        return [Finding(slug, "folder", "has no version")]
    known = registry.registry(packages).get(slug, {})
    if str(found[-1]) in known and not again:
        return [Finding(f"{slug}/{found[-1]}", "published", "is published already; a new version is a new folder")]
    faults = [fault for fault in of_version(slug, found[-1], packages) if not (again and fault.key == "published")]
    form = None if faults else load(slug, found[-1], packages)
    faults += [] if form is None or len(found) == 1 else _against_before(form, load(slug, found[-2], packages))
    if form is not None and not faults:
        _write(form, day, packages)
    return faults


def _against_before(form: Form, before: Form) -> list[Finding]:
    """A text-only version has the same schema, pages, rules and facts; a field keeps its type."""
    file = f"{form.slug}/{form.version}"
    changed = [
        Finding(f"{file}/data.schema.json", name, f"was {before.fields[name]['x-type']} before: use another id")
        for name in form.fields
        if name in before.fields and before.fields[name]["x-type"] != form.fields[name]["x-type"]
    ]
    if form.facts["change"] == "text" and not same_questions(form, before):
        changed.append(Finding(f"{file}/service.json", "change", "more than words changed: this version is material"))
    return changed


def _write(form: Form, day: date, packages: Path) -> None:
    entries: dict[str, Any] = {slug: dict(known) for slug, known in registry.registry(packages).items()}
    entries.setdefault(form.slug, {})[str(form.version)] = {
        "content_hash": form.content_hash,
        "material_hash": form.material_hash,
        "text_hash": form.text_hash,
        "day": day.isoformat(),
    }
    text = json.dumps(entries, indent=2, sort_keys=True) + "\n"
    (packages / registry.PUBLISHED).write_text(text, encoding="utf-8")
    registry.registry.cache_clear()
