"""The interface description: served at /api/openapi.json, committed as backend/openapi.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask, Response

from backend.core.access import access, public
from backend.core.api import api
from backend.core.api_docs import PROBLEM

COMMITTED = Path(__file__).parents[1] / "openapi.json"
CONFIG: dict[str, Any] = {
    "API_TITLE": "Amtsweg",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "API_SPEC_OPTIONS": {"info": {"license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}},
}


def rendered() -> str:
    """The description of all registered routes as the committed file holds it."""
    return json.dumps(_portable(api.spec.to_dict()), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def begin() -> None:
    """Put the shape of problem documents into the description, before any route refers to it."""
    api.spec.components.schema("Problem", PROBLEM)


def _portable(part: Any) -> Any:
    """Say it in words that every reader knows: Python's end of text is `$`, a format that is none is absent."""
    if isinstance(part, dict):
        kept = {key: _portable(value) for key, value in part.items() if not (key == "format" and value is None)}
        if isinstance(kept.get("pattern"), str):
            kept["pattern"] = kept["pattern"].replace(r"\Z", "$")
        return kept
    return [_portable(each) for each in part] if isinstance(part, list) else part


def register(app: Flask) -> None:
    """Serve the description, rendered once at start."""
    body = rendered()

    @app.get("/api/openapi.json", provide_automatic_options=False)
    @access(public)
    def openapi_json() -> Response:
        """The interface description."""
        return Response(body, content_type="application/json", headers={"Cache-Control": "public, max-age=300"})
