"""The exact headers of every answer, over https and on this machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "object-src 'none'; require-trusted-types-for 'script'; trusted-types amtsweg"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
PATHS = ["/health/live", "/health/ready", "/api/openapi.json", "/api/v1/nothing", "/nothing"]


@pytest.mark.parametrize("path", PATHS)
def test_on_this_machine(app: Flask, path: str) -> None:
    headers = app.test_client().get(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert "Strict-Transport-Security" not in headers
    assert {name: headers[name] for name in ALWAYS} == ALWAYS


def test_over_https(make_app: Callable[..., Flask]) -> None:
    client = make_app(public_url="https://amtsweg.example").test_client()
    for path in PATHS:
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"] == f"{POLICY}; upgrade-insecure-requests"
        assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
        assert {name: headers[name] for name in ALWAYS} == ALWAYS


def test_answers_are_not_stored_unless_they_say_so(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/health/live").headers["Cache-Control"] == "no-store"
    assert client.get("/nothing").headers["Cache-Control"] == "no-store"
    assert client.get("/api/openapi.json").headers["Cache-Control"] == "public, max-age=300"


def test_forwarded_headers_count_only_from_known_proxies(make_app: Callable[..., Flask]) -> None:
    seen: list[str | None] = []
    for hops in (0, 1):
        made = make_app(proxy_hops=hops)
        made.before_request(lambda: seen.append(request.remote_addr))
        made.test_client().get("/health/live", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9"})
    assert seen == ["127.0.0.1", "203.0.113.9"]
