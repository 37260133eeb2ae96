"""Published forms as they could be: other facts, another version; the real packages stay untouched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from backend.forms import registry
from backend.forms.types import Form


def put(monkeypatch: pytest.MonkeyPatch, changed: Form) -> Form:
    """Let this form be the newest version of its service."""
    newest, get = registry.newest, registry.get
    monkeypatch.setattr(registry, "newest", lambda slug: changed if slug == changed.slug else newest(slug))
    monkeypatch.setattr(
        registry,
        "get",
        lambda slug, version: changed if (slug, version) == (changed.slug, changed.version) else get(slug, version),
    )
    return changed


def with_facts(monkeypatch: pytest.MonkeyPatch, slug: str, **facts: Any) -> Form:
    """The same form with other facts."""
    form = registry.newest(slug)
    return put(monkeypatch, replace(form, facts={**form.facts, **facts}))
