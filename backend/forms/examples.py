"""Examples of answers that come with every package: complete, valid, and of nobody."""

from __future__ import annotations

from functools import cache
from typing import Any

from backend.forms import loading
from backend.forms.types import Form


@cache
def _of(slug: str, version: int) -> tuple[dict[str, Any], ...]:
    folder = loading.PACKAGES / slug / str(version) / "cases"
    cases = [loading.read_json(file) for file in sorted(folder.glob("*.json"))]
    return tuple(
        case["answers"] for case in cases if case["expect"].get("errors") == [] and case["expect"].get("eligible")
    )


def of(form: Form) -> tuple[dict[str, Any], ...]:
    """Answers with which the form can be sent, in the order of their names."""
    return _of(form.slug, form.version)
