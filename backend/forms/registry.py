"""The published versions and their hashes (packages/published.json); a file that changed afterwards is not served."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import structlog

from backend.core.errors import NotFound
from backend.forms.errors import FormChanged
from backend.forms.loading import PACKAGES, load, read_json
from backend.forms.types import Form

PUBLISHED = "published.json"


@cache
def registry(folder: Path = PACKAGES) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """slug → version → {content_hash, material_hash, text_hash, day}."""
    file = folder / PUBLISHED
    found: Mapping[str, Mapping[str, Mapping[str, Any]]] = read_json(file) if file.exists() else {}
    return found


def slugs(folder: Path = PACKAGES) -> list[str]:
    """The services that have a published form."""
    return sorted(registry(folder))


@cache
def get(slug: str, version: int, folder: Path = PACKAGES) -> Form:
    """A published version; raises NotFound, and FormChanged when its files are not those published."""
    entry = registry(folder).get(slug, {}).get(str(version))
    if entry is None:
        raise NotFound
    form = load(slug, version, folder)
    if form.content_hash != entry["content_hash"]:
        structlog.get_logger().error("form_changed_after_publishing", place=f"{slug}/{version}")
        raise FormChanged
    return form


def newest(slug: str, folder: Path = PACKAGES) -> Form:
    """The newest published version; raises NotFound."""
    versions = [int(version) for version in registry(folder).get(slug, {})]
    if not versions:
        raise NotFound
    return get(slug, max(versions), folder)
