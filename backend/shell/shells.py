"""The page that every address of the portal answers with, per language, built by the front end's build."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from backend.core.errors import DomainError
from backend.core.i18n import LANGUAGES

OFFICES = "<!--offices-->"
TITLE = re.compile(r"<title>[^<]*</title>")
HEAD_END = "</head>"
NOSCRIPT = "<noscript>"
STAFF = "amt"
NOT_HREFLANG = {"de-simple"}


class PortalNotBuilt(DomainError):  # noqa: N818 - named like its code
    """The portal's pages are not built: run the front end's build (make build) and start again."""

    code = "portal_not_built"
    status = 503


class BadShellError(Exception):
    """A built page lacks a place that the server must fill."""


class Shells:
    """The built pages by language; empty when there was no build at start."""

    def __init__(self, folder: Path) -> None:
        built = {lang: folder / f"{lang}.html" for lang in LANGUAGES}
        self._pages = {lang: _checked(path) for lang, path in built.items() if path.is_file()}
        staff = folder / f"{STAFF}.html"
        self._staff = _checked(staff, (NOSCRIPT, HEAD_END)) if staff.is_file() else None

    def staff_page(self, *, notice: str) -> str:
        """Return the page of every address for staff; HTML: what <noscript> begins with."""
        if self._staff is None:
            raise PortalNotBuilt
        return self._staff.replace(NOSCRIPT, NOSCRIPT + notice, 1).replace(HEAD_END, HIDDEN + HEAD_END, 1)

    def page(self, lang: str, *, title: str | None, notice: str, offices: str, head: str) -> str:
        """Return a page with its title (text); HTML: what <noscript> begins with, its offices, the end of the head."""
        if lang not in self._pages:
            raise PortalNotBuilt
        page = self._pages[lang]
        if title is not None:
            page = TITLE.sub(lambda _: f"<title>{escape(title)}</title>", page, count=1)
        for place, content in ((NOSCRIPT, NOSCRIPT + notice), (OFFICES, offices), (HEAD_END, head + HEAD_END)):
            page = page.replace(place, content, 1)
        return page


def _checked(path: Path, wanted: Sequence[str] = (NOSCRIPT, OFFICES, HEAD_END)) -> str:
    page = path.read_text(encoding="utf-8")
    places = {place: page.count(place) for place in wanted}
    wrong = [place for place, count in {"<title>": len(TITLE.findall(page)), **places}.items() if count != 1]
    if wrong:
        raise BadShellError(f"{path}: must hold exactly once: {', '.join(wrong)}")
    return page


def canonical_links(public_url: str, lang: str, path: str) -> str:
    """Return the links that tell search engines the address of this page and of its other languages."""
    base = public_url.rstrip("/")
    links = [f'<link rel="canonical" href="{escape(f"{base}/{lang}/{path}")}">']
    links += [
        f'<link rel="alternate" hreflang="{other}" href="{escape(f"{base}/{other}/{path}")}">'
        for other in LANGUAGES
        if other not in NOT_HREFLANG
    ]
    return "".join(links)


HIDDEN = '<meta name="robots" content="noindex">'
