"""The security headers of every response, exact and prepared once."""

from __future__ import annotations

from flask import Flask, Response

from backend.core.settings import Settings

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
    """Set the headers on every response; answers are not stored by anyone unless the view says otherwise."""
    prepared = headers_for(settings)

    @app.after_request
    def set_headers(response: Response) -> Response:
        headers = response.headers
        given = {name for name, _ in headers}
        for name, value in prepared:
            if name not in given:
                headers.add(name, value)
        if "Cache-Control" not in given:
            headers.add("Cache-Control", "no-store")
        return response
