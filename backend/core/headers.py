"""The security headers of every response, exact and prepared once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from flask import Flask

from backend.core.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types amtsweg"
)
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
)


def headers_for(settings: Settings) -> list[tuple[str, str]]:
    """All headers of a deployment; what forces https is left out where the portal is served by plain http."""
    if not settings.secure:
        return [("Content-Security-Policy", POLICY), *HEADERS]
    return [
        ("Content-Security-Policy", f"{POLICY}; upgrade-insecure-requests"),
        ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
        *HEADERS,
    ]


def register(app: Flask, settings: Settings) -> None:
    """Set the headers on everything that leaves; answers are not stored by anyone unless the view says otherwise.

    Set where the server takes them over, because there they are plain pairs: Flask's own would check each anew.
    """
    complete = [*headers_for(settings), ("Cache-Control", "no-store")]
    inner = app.wsgi_app

    def with_headers(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            given = {name for name, _ in headers}
            headers += [pair for pair in complete if pair[0] not in given]
            return start(status, headers, *error)

        return inner(environ, cast("StartResponse", begin))

    app.wsgi_app = with_headers  # type: ignore[method-assign, assignment]  # Flask documents this way
