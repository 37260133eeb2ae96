"""The developer's mailbox in the browser: a list, a mail, its HTML in a sandbox, its attachments. Loopback only."""

from __future__ import annotations

import json
from io import BytesIO
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, current_app, render_template, request, send_file
from flask.typing import ResponseReturnValue

from backend.core import i18n
from backend.core.clock import BERLIN
from backend.core.i18n import DEFAULT, LANGUAGES, direction, format_date, format_time, translate
from backend.core.settings import LOOPBACK
from backend.local.mails.store import Attachment, Mail, Store

POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
# the mail's own style sheet is inside it, so it may style itself, but load, run and open nothing
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
TYPES = {".ics": "text/calendar"}


pages = Blueprint("mails", __name__, static_folder="static", template_folder="templates")


def create_page(store: Store) -> Flask:
    """The WSGI application over a folder of mails."""
    app = Flask("mails", static_folder=None)
    i18n.init_app(app)
    app.extensions["mails"] = store
    app.register_blueprint(pages)
    app.register_error_handler(404, _missing)
    return app


@pages.before_app_request
def only_here() -> None:
    """A name that leads to this machine from elsewhere (DNS rebinding) gets nothing."""
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        abort(403)


@pages.after_app_request
def protect(response: Response) -> Response:
    """Nothing may be loaded, framed or remembered."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.app_context_processor
def words() -> dict[str, object]:
    """Texts and formats in the reader's language."""
    lang = _language()
    return {
        "lang": lang,
        "dir": direction(lang),
        "t": lambda msgid, **values: translate(f"catcher.{msgid}", lang, **values),
        "when": lambda mail: _when(mail, lang),
    }


@pages.get("/")
def show_list() -> str:
    """All mails, newest first."""
    return render_template("list.html", mails=list(_store().newest()))


@pages.get("/mails.json")
def list_json() -> Response:
    """The same for end-to-end tests; `to` narrows it to one address."""
    wanted = request.args.get("to")
    mails = [_as_json(mail) for mail in _store().newest() if wanted in {None, mail.recipient}]
    return Response(json.dumps({"items": mails}), mimetype="application/json")


@pages.get("/mails/<name>")
def show_mail(name: str) -> str:
    """One mail: its text, its links, its files, its HTML in a frame."""
    return render_template("mail.html", mail=_found(name))


@pages.get("/mails/<name>/html")
def show_html(name: str) -> Response:
    """The HTML part, in a sandbox."""
    html = _found(name).html
    if html is None:
        abort(404)
    return Response(html, mimetype="text/html", headers={"Content-Security-Policy": SANDBOX})


@pages.get("/mails/<name>/source")
def show_source(name: str) -> Response:
    """The mail as it came."""
    return Response(_found(name).source, mimetype="text/plain")


@pages.get("/mails/<name>/attachments/<int:number>")
def download(name: str, number: int) -> Response:
    """One attached file."""
    attachments = _found(name).attachments
    return _file(attachments[number]) if number < len(attachments) else abort(404)


def _missing(_error: Exception) -> ResponseReturnValue:
    return render_template("missing.html"), 404


def _store() -> Store:
    store: Store = current_app.extensions["mails"]
    return store


def _found(name: str) -> Mail:
    return _store().find(name) or abort(404)


def _file(attachment: Attachment) -> Response:
    ending = attachment.filename[attachment.filename.rfind(".") :]
    kind = TYPES.get(ending, "application/octet-stream")
    return send_file(BytesIO(attachment.content), kind, as_attachment=True, download_name=attachment.filename)


def _language() -> str:
    return request.accept_languages.best_match([one for one in LANGUAGES if one != "de-simple"]) or DEFAULT


def _when(mail: Mail, lang: str) -> str:
    local = mail.arrived_at.astimezone(BERLIN)
    return f"{format_date(local.date(), lang)}, {format_time(local, lang)}"


def _as_json(mail: Mail) -> dict[str, object]:
    return {
        "name": mail.name,
        "arrived_at": mail.arrived_at.isoformat(),
        "to": mail.recipient,
        "subject": mail.subject,
        "text": mail.text,
        "links": mail.links,
        "attachments": [attachment.filename for attachment in mail.attachments],
    }
