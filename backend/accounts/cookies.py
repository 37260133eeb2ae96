"""Cookies of sessions and sign-ins: put aside while a request is served, sent only with an answer that went well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import Flask, Response, g, request

SIGN_IN = "__Host-amtsweg-signin"
SIGN_IN_SECONDS = 600
LONGEST = 100
SITE_DATA = '"cache", "storage"'


@dataclass(frozen=True)
class Cookie:
    """One Set-Cookie to send; no value = take it back."""

    value: str | None
    same_site: Literal["Strict", "Lax"]
    max_age: int | None = None


def read(name: str) -> str | None:
    """A cookie's value, if it may be one of ours."""
    value = request.cookies.get(name)
    return value if value and len(value) <= LONGEST else None


def give_session(name: str, secret: str) -> None:
    """Send a session cookie: for this browser session, for our own pages only."""
    _aside()[name] = Cookie(secret, "Strict")


def give_sign_in(secret: str) -> None:
    """Send the cookie of a sign-in in progress: it must come along when the provider sends the browser back."""
    _aside()[SIGN_IN] = Cookie(secret, "Lax", SIGN_IN_SECONDS)


def take_back(name: str) -> None:
    """Remove a cookie from the browser."""
    _aside()[name] = Cookie(None, "Lax" if name == SIGN_IN else "Strict")


def forget_page_data() -> None:
    """Let the browser drop what pages of this session left there."""
    g.forget_page_data = True


def register(app: Flask) -> None:
    """Send what was put aside with every answer that is no refusal."""

    @app.after_request
    def send_cookies(response: Response) -> Response:
        if response.status_code >= 400:
            return response
        for name, cookie in g.get("cookies", {}).items():
            response.set_cookie(
                name, cookie.value or "", max_age=0 if cookie.value is None else cookie.max_age, path="/",
                secure=True, httponly=True, samesite=cookie.same_site,
            )  # fmt: skip
        if g.get("forget_page_data"):
            response.headers["Clear-Site-Data"] = SITE_DATA
        return response


def _aside() -> dict[str, Cookie]:
    if "cookies" not in g:
        g.cookies = {}
    found: dict[str, Cookie] = g.cookies
    return found
