"""Builds the application: settings, extensions, blueprints, event wiring. No logic."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from flask import Flask, Request
from flask.globals import request_ctx
from werkzeug.middleware.proxy_fix import ProxyFix

from backend.applications.service import visits
from backend.booking.service import origin
from backend.core import access, csrf, headers, health, i18n, log, openapi, problems
from backend.core.api import api
from backend.core.body import BODY_LIMIT, refuse_large
from backend.core.db import db, engine_options
from backend.core.errors import NotFound
from backend.core.settings import Settings

DOMAINS = (
    "audit",
    "accounts",
    "notifications",
    "catalogue",
    "capacity",
    "forms",
    "payments",
    "booking",
    "applications",
    "casework",
    "shell",
)


class Application(Flask):
    """Flask without its look at every call whether a function is a coroutine: none is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


class UndeclaredAccessError(RuntimeError):
    """A route does not say who may call it."""


def create_app(settings: Settings, domains: Iterable[str] = DOMAINS) -> Flask:
    """The WSGI application; refuses to start while a route does not declare its access."""
    log.configure()
    app = Application("amtsweg", static_folder=None, template_folder=None)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
        MAX_CONTENT_LENGTH=BODY_LIMIT + 1,
        PROPAGATE_EXCEPTIONS=False,
        **openapi.CONFIG,
    )
    app.extensions["amtsweg-settings"] = settings
    app.url_map.strict_slashes = False
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask's default provider has it
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]  # Flask documents this way
    db.init_app(app)
    i18n.init_app(app)
    api.init_app(app)
    openapi.begin()
    log.register(app)
    headers.register(app, settings)
    origin_of_ours = settings.origin
    app.before_request(lambda: refuse(request_ctx.request, origin_of_ours))
    api.register_blueprint(health.blueprint)
    for domain in domains:
        _mount(app, domain)
    if {"booking", "applications"} <= set(domains):
        origin.listen(app, visits.told)  # the two rooms do not see each other
    openapi.register(app)
    problems.register(app)
    if missing := access.undeclared(app):
        raise UndeclaredAccessError(f"No @access on: {', '.join(missing)}")
    return app


def refuse(asked: Request, origin: str) -> None:
    """What no view should see: bodies too large, unsafe requests of other sites, paths with control characters.

    No address of ours has one in it (and PostgreSQL knows no NUL).
    """
    refuse_large(asked)
    csrf.check(asked, origin)
    if not asked.path.isprintable():
        raise NotFound


def domain_module(domain: str, name: str) -> ModuleType | None:
    """A domain's module of that name, or None when the domain has none."""
    if importlib.util.find_spec(f"backend.{domain}.{name}") is None:
        return None
    return importlib.import_module(f"backend.{domain}.{name}")


def _mount(app: Flask, domain: str) -> None:
    """Load a domain's models and jobs, register its blueprints, let it listen to others' events."""
    for name in ("models", "jobs"):
        domain_module(domain, name)
    routes = domain_module(domain, "routes")
    for blueprint in routes.blueprints if routes else ():
        api.register_blueprint(blueprint)
    events = domain_module(domain, "events")
    if events is not None:
        events.connect(app)
