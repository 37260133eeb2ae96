"""A small web application on the loopback interface, and the process around it. Never in production."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.serving import make_server

from backend.core.i18n import direction
from backend.core.settings import LOOPBACK
from backend.local.standin.words import Words, choose

HERE = Path(__file__).parent
HOST = "127.0.0.1"


def create(name: str, folder: Path) -> Flask:
    """An application with the templates of a folder, the shared page frame and style sheet, for this machine only."""
    app = Flask(name, root_path=str(HERE), static_folder="static", static_url_path="/static")
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder / "templates"), FileSystemLoader(HERE / "templates")])
    app.before_request(_only_here)
    app.after_request(_protect)
    return app


def render(words: Words, template: str, *, leads_to: str = "", ui_locales: str = "", **values: Any) -> Response:
    """A page in the reader's language. `leads_to`: the one other origin that its forms may lead to."""
    lang = choose(ui_locales, list(request.accept_languages.values()))

    def say(key: str, **named: object) -> str:
        return words.say(key, lang, **named)

    text = render_template(template, lang=lang, dir=direction(lang), t=say, **values)
    # a form's redirects count as its action
    policy = (
        f"default-src 'none'; style-src 'self'; form-action 'self' {leads_to}; frame-ancestors 'none'; base-uri 'none'"
    )
    return Response(text, headers={"Content-Security-Policy": policy})


def origin(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def refused_in_production(sentence: str) -> bool:
    """True, and says why, when this machine runs for real."""
    if os.environ.get("AMTSWEG_ENV") != "production":
        return False
    sys.stderr.write(f"{sentence}: it does not run in production.\n")
    return True


def serve(app: Flask, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    server = make_server(HOST, port, app, threaded=True)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _only_here() -> None:
    """A name that leads to this machine from elsewhere (DNS rebinding) gets nothing."""
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        abort(403)


def _protect(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
