"""Cookies that a view sets: put aside while it works, on the answer only when it went well.

They are on it before the answer of an idempotency key is kept, so that a repeated request gets them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import Response, g, request

LONGEST = 100
SITE_DATA = '"cache", "storage"'
SameSite = Literal["Strict", "Lax"]


@dataclass(frozen=True)
class Cookie:
    """One Set-Cookie to send; no value = take it back. Without `max_age` it lives as long as the browser runs."""

    value: str | None
    same_site: SameSite
    max_age: int | None = None


def read(name: str) -> str | None:
    """A cookie's value, if it may be one of ours."""
    if "Cookie" not in request.headers:  # the usual case; reading an empty header costs as much as a full one
        return None
    value = request.cookies.get(name)
    return value if value and len(value) <= LONGEST else None


def give(name: str, value: str, *, same_site: SameSite, max_age: int | None = None) -> None:
    """Send a cookie that only this host gets, by https, and no script."""
    _aside()[name] = Cookie(value, same_site, max_age)


def take_back(name: str, *, same_site: SameSite) -> None:
    """Remove a cookie from the browser."""
    _aside()[name] = Cookie(None, same_site)


def forget_page_data() -> None:
    """Let the browser drop what pages of this session left there."""
    g.forget_page_data = True


def put_on(response: Response) -> None:
    """Send what was put aside with an answer that is no refusal."""
    if response.status_code >= 400:
        return
    for name, cookie in g.get("cookies", {}).items():
        response.set_cookie(
            name, cookie.value or "", max_age=0 if cookie.value is None else cookie.max_age, path="/",
            secure=True, httponly=True, samesite=cookie.same_site,
        )  # fmt: skip
    if g.get("forget_page_data"):
        response.headers["Clear-Site-Data"] = SITE_DATA


def _aside() -> dict[str, Cookie]:
    if "cookies" not in g:
        g.cookies = {}
    found: dict[str, Cookie] = g.cookies
    return found
