"""The least a Flask service can do to answer with the same JSON: from a ready value, and from ready bytes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from flask import Flask, Response

app = Flask(__name__)
TEXT = Path(os.environ["REFERENCE_ANSWER"]).read_text(encoding="utf-8")
VALUE = json.loads(TEXT)


@app.get("/health/live")
@app.get("/value")
def value() -> Any:
    """Flask writes the JSON."""
    return VALUE


@app.get("/bytes")
def ready() -> Response:
    """Nothing is left to do but to send."""
    return Response(TEXT, content_type="application/json")
