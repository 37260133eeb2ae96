"""Addresses of the portal for browsers: the shell in the right language, files, redirects, robots.txt, API pages."""

from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, g, redirect, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as AnyResponse

from backend.catalogue import service as catalogue
from backend.core.access import access, public
from backend.core.db import db
from backend.core.errors import NotFound
from backend.core.i18n import DEFAULT, LANGUAGES
from backend.shell.addresses import address, is_staff_address
from backend.shell.assets import serve
from backend.shell.portal import DocumentationNotBuilt, Portal
from backend.shell.shells import STAFF

EXTENSION = "amtsweg-shell"
ON_REQUEST = ("de-simple",)
PRIVATE = ("buchen", "termin", "anmelden", "konto", "antraege", "antrag-status", "echtheit")
ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /amt\n" + "".join(
    f"Disallow: /{lang}/{path}\n" for lang in LANGUAGES for path in PRIVATE
)

pages = Blueprint("shell", __name__)


class PageConverter(BaseConverter):
    """Every path that is no machine's: the API and the health probes answer with problem documents, not with pages."""

    regex = r"(?!api(?:/|$)|health(?:/|$)|assets/).*"
    part_isolating = False


def portal() -> Portal:
    """Return the built portal of the running application."""
    return cast(Portal, current_app.extensions[EXTENSION])


@pages.get("/", provide_automatic_options=False)
@access(public)
def home() -> AnyResponse:
    """To the start page in the person's language."""
    return redirect_by_language("/{lang}/")


@pages.get("/assets/<path:name>", provide_automatic_options=False)
@access(public)
def asset(name: str) -> Response:
    """A built file, for ever."""
    return serve(portal().assets, name)


@pages.get("/api/docs", provide_automatic_options=False)
@access(public)
def api_documentation() -> Response:
    """What the API can do, as a page generated from its description."""
    page = portal().documentation.get("index.html")
    if page is None:
        raise DocumentationNotBuilt
    return Response(page.plain, content_type=page.content_type, headers={"Cache-Control": "public, max-age=300"})


@pages.get("/api/docs/<string:name>", provide_automatic_options=False)
@access(public)
def api_documentation_file(name: str) -> Response:
    """A file of the page about the API; its name holds a hash."""
    return serve(portal().documentation, name)


@pages.get("/robots.txt", provide_automatic_options=False)
@access(public)
def robots() -> Response:
    """What search engines may keep."""
    return Response(ROBOTS, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})


@pages.get("/favicon.ico", provide_automatic_options=False)
@access(public)
def no_icon() -> Response:
    """Nothing: each page names its icon itself, but readers of files and old browsers look here."""
    return Response(status=204, headers={"Cache-Control": "public, max-age=86400"})


@pages.get("/leistung/<string:leika>", provide_automatic_options=False)
@access(public)
def deep_link(leika: str) -> AnyResponse:
    """A deep link of the portal network: to the service, or to a choice when the key means several."""
    g.reads_only = True
    ars = request.args.get("ars") or None
    try:
        slugs = catalogue.services_of_leika(db.session, leika, ars)
    except NotFound:
        return missing()
    if len(slugs) == 1:
        return redirect_by_language(f"/{{lang}}/leistungen/{slugs[0]}")
    query = {"leika": leika} | ({"ars": ars} if ars else {})
    return redirect_by_language(f"/{{lang}}/suche?{urlencode(query)}")


@pages.get("/<page:path>", provide_automatic_options=False)
@access(public)
def page(path: str) -> AnyResponse:
    """The shell; 404 with the same shell where nothing is, so that the person finds a way on."""
    g.reads_only = True
    lang, _, rest = path.partition("/")
    if lang not in (*LANGUAGES, STAFF):
        return missing()
    if path == (f"{STAFF}/" if lang == STAFF else lang) or (rest and path.endswith("/")):
        return redirect(tidy(lang, rest), 308)
    if lang == STAFF:
        return portal().answer_staff(known=is_staff_address(rest))
    return portal().answer(lang, rest, address(rest))


def missing() -> AnyResponse:
    """Return the page that says so, in the person's language."""
    return varying(portal().answer(preferred_language(request.accept_languages), "", None))


def redirect_by_language(pattern: str) -> AnyResponse:
    """Return a redirect to an own address; {lang} in it becomes the person's language."""
    lang = preferred_language(request.accept_languages)
    return varying(redirect(pattern.replace("{lang}", lang, 1), 302))


def preferred_language(accepted: LanguageAccept) -> str:
    """Return the language of the portal that a browser asks for; Leichte Sprache only when asked for by its name."""
    if accepted.best in ON_REQUEST:
        return accepted.best
    return accepted.best_match([lang for lang in LANGUAGES if lang not in ON_REQUEST], DEFAULT) or DEFAULT


def varying(response: AnyResponse) -> AnyResponse:
    """Say that the answer depends on the person's languages."""
    response.headers["Vary"] = "Accept-Language"
    return response


def tidy(lang: str, rest: str) -> str:
    """Return the one spelling of an address: a slash after a language only, none at the end; the query stays."""
    path = f"/{lang}/{rest.strip('/')}" if rest or lang != STAFF else f"/{lang}"
    return f"{path}?{request.query_string.decode('latin-1')}" if request.query_string else path
