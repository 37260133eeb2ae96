"""The built portal as the server holds it, and how one of its addresses is answered."""

from pathlib import Path

from flask import Response, request

from backend.core.db import db
from backend.core.errors import DomainError
from backend.core.i18n import DEFAULT, translate
from backend.core.settings import get_settings
from backend.shell.addresses import Address
from backend.shell.assets import read_assets
from backend.shell.directory import Directories, Directory, with_breaks
from backend.shell.shells import HIDDEN, Shells, canonical_links

MISSING = Address("shell.page.missing", private=True)


class DocumentationNotBuilt(DomainError):  # noqa: N818 - named like its code
    """The pages about the interface are not built: run amtsweg api-docs and start again."""

    code = "documentation_not_built"
    status = 503


class Portal:
    """Everything below the folder of the built portal, read once."""

    def __init__(self, dist: Path) -> None:
        self.shells = Shells(dist / "shells")
        self.assets = read_assets(dist / "assets")
        self.documentation = read_assets(dist / "api-docs")
        self.directories = Directories(lambda: db.session)

    def answer(self, lang: str, path: str, found: Address | None) -> Response:
        """Return the shell for an address; where nothing is, the same shell with status 404."""
        directory = self.directories.of(lang)
        if found is None or is_unknown(found, directory):
            found = MISSING
        name = name_of(found, directory, lang)
        settings = get_settings()
        body = self.shells.page(
            lang,
            title=None if name is None else translate("shell.title", lang, page=name),
            notice=f"<p>{with_breaks(translate('shell.demo', lang))}</p>" if settings.demo else "",
            offices=directory.offices,
            head=HIDDEN if found.private else canonical_links(settings.public_url, lang, path),
        )
        response = Response(body, 404 if found is MISSING else 200, content_type="text/html; charset=utf-8")
        response.headers["Content-Language"] = lang
        response.headers["Cache-Control"] = "no-cache"
        if found is not MISSING:
            response.add_etag()
            response.make_conditional(request)
        return response

    def answer_staff(self, *, known: bool) -> Response:
        """Return the shell of the pages for staff, with status 404 where nothing is; never kept by search engines."""
        notice = f"<p>{with_breaks(translate('shell.demo', DEFAULT))}</p>" if get_settings().demo else ""
        body = self.shells.staff_page(notice=notice)
        response = Response(body, 200 if known else 404, content_type="text/html; charset=utf-8")
        response.headers["Content-Language"] = DEFAULT
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Robots-Tag"] = "noindex"
        if known:
            response.add_etag()
            response.make_conditional(request)
        return response


def is_unknown(found: Address, directory: Directory) -> bool:
    """True for a thing that the catalogue does not have; while it cannot be read, nothing is called unknown."""
    return found.thing is not None and directory.known and found.slug not in directory.names[found.thing]


def name_of(found: Address, directory: Directory, lang: str) -> str | None:
    """Return what the page at an address is called; None = the portal's own title."""
    if found.thing is not None:
        return directory.names.get(found.thing, {}).get(found.slug)
    return translate(found.title, lang) if found.title else None
