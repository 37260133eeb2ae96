"""Unsafe requests come from our own pages or from no browser at all; there is no CORS."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Request

from backend.core import access
from backend.core.body import has_body, kind_of
from backend.core.errors import ForeignOrigin, WrongContentType
from backend.core.settings import LOOPBACK

SAFE_METHODS = frozenset({"GET", "HEAD"})
SESSION_COOKIES = ("__Host-amtsweg", "__Host-amtsweg-staff")
OWN_HEADER = "X-Amtsweg"


def check(request: Request, origin: str) -> None:
    """Refuse an unsafe request of another site (403) or with another content type than its view reads (415).

    `origin` is the portal's own origin. With a session cookie the browser must also prove the origin and send
    `X-Amtsweg: 1`; without a cookie there is no borrowed authority, so a client that is no browser is served.
    A machine's route takes no cookie at all, so a cookie changes nothing there.
    """
    if request.method in SAFE_METHODS or request.routing_exception is not None:
        return
    site = request.headers.get("Sec-Fetch-Site")
    sender = request.headers.get("Origin")
    if (site is not None and site != "same-origin") or (sender is not None and not same_origin(sender, origin)):
        raise ForeignOrigin
    if _with_session(request):
        proved = site is not None or sender is not None
        if not proved or request.headers.get(OWN_HEADER) != "1":
            raise ForeignOrigin
    given = request.mimetype
    if given != kind_of(request).content_type and (given or has_body(request)):
        raise WrongContentType


def _with_session(request: Request) -> bool:
    if "Cookie" not in request.headers:
        return False
    rule = access.called()
    faceless = rule is not None and rule.kind == "machine"
    return not faceless and any(cookie in request.cookies for cookie in SESSION_COOKIES)


def same_origin(sender: str, origin: str) -> bool:
    """True for our own origin; a portal on this machine has several names (localhost, 127.0.0.1) on one port."""
    if sender == origin:
        return True
    try:
        theirs, ours = urlsplit(sender), urlsplit(origin)
        local = theirs.hostname in LOOPBACK and ours.hostname in LOOPBACK
        return local and (theirs.scheme, theirs.port) == (ours.scheme, ours.port)
    except ValueError:  # not an address at all
        return False
