"""The JSON interface: one Api, one Blueprint whose wrapper turns each view into one unit of work."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import marshmallow as ma
from flask import Flask, Response, g
from flask.globals import request_ctx
from flask.sansio.scaffold import T_route
from flask_smorest import Api as SmorestApi
from flask_smorest.blueprint import Blueprint as SmorestBlueprint
from webargs.flaskparser import FlaskParser

from backend.core import access, cookies, idempotency, problems, transaction
from backend.core.api_docs import describe_operation
from backend.core.body import read_json
from backend.core.csrf import SAFE_METHODS
from backend.core.db import db
from backend.core.errors import DomainError, Invalid
from backend.core.limits import Limit
from backend.core.schemas import RequestSchema, field_errors

View = TypeVar("View", bound=Callable[..., Any])
LONGEST_REMEMBERED = 500
MOST_REMEMBERED = 2_000


class Api(SmorestApi):
    """The interface of this application; its errors are problem documents, not the framework's."""

    DEFAULT_ERROR_RESPONSE_NAME = ""

    def __init__(self) -> None:
        untyped: Any = super()
        untyped.__init__()

    def init_app(self, app: Flask, **options: Any) -> None:
        """Start the description of an application."""
        untyped: Any = super()
        untyped.init_app(app, **options)

    def register_blueprint(self, blp: Any, **options: Any) -> None:
        """Register routes and describe them."""
        untyped: Any = super()
        untyped.register_blueprint(blp, **options)

    def _register_responses(self) -> None:
        """The framework's own error shape is not described, because it is never sent."""

    def _register_pagination_header(self) -> None:
        """Pages carry their numbers in the body, so the framework's header is not described."""

    def handle_http_exception(self, error: Any) -> Response:
        """HTTP errors leave like all others."""
        return problems.of_http(error)


class StrictParser(FlaskParser):
    """Reads arguments strictly and reports every fault as a problem document."""

    DEFAULT_UNKNOWN_BY_LOCATION = dict.fromkeys(FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION)

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[ma.Schema, bytes], dict[str, Any]] = {}

    def parse(self, argmap: Any, req: Any = None, *, location: str | None = None, **kwargs: Any) -> Any:
        """Read one place of a request; what a short query string says is remembered, as it depends on nothing else."""
        if location == "json" and isinstance(argmap, ma.Schema):
            return _read_body(argmap)
        query = request_ctx.request.query_string
        if location != "query" or len(query) > LONGEST_REMEMBERED or not isinstance(argmap, ma.Schema):
            return super().parse(argmap, req, location=location, **kwargs)
        key = (argmap, query)
        known = self._known.get(key)
        if known is None and isinstance(argmap, RequestSchema):
            known = argmap.usual(query)
        if known is None:
            known = super().parse(argmap, req, location=location, **kwargs)
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[key] = known
        return dict(known)

    def handle_error(self, error: ma.ValidationError, *_args: Any, **_kwargs: Any) -> Any:
        """Bad values of a query or header: 422 with a pointer and a code for each."""
        messages = cast(dict[str, Any], error.messages)
        flat = [fault for located in messages.values() for fault in field_errors(located)]
        raise Invalid(errors=flat) from error


def _read_body(schema: ma.Schema) -> Any:
    """A JSON body by its schema; raises Invalid (422) with a pointer and a code for each bad value."""
    body = read_json(request_ctx.request)
    try:
        return schema.load(body)
    except ma.ValidationError as error:
        raise Invalid(errors=list(field_errors(error.messages))) from error


class Blueprint(SmorestBlueprint):
    """A domain's routes. Every route needs @access(…); the wrapper commits after a good answer, else rolls back."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, import_name: str, *, description: str = "", **options: Any) -> None:
        untyped: Any = super()
        untyped.__init__(name, import_name, description=description, **options)

    def route(self, rule: str, **options: Any) -> Callable[[T_route], T_route]:
        """Register a view: idempotency, view, commit; the operationId is the view's name in camel case."""
        options.setdefault("methods", ["GET"])
        untyped: Any = super()
        register = untyped.route(rule, **options)

        def decorate(view: T_route) -> T_route:
            wrapped = unit_of_work(view)
            wrapped.__dict__["provide_automatic_options"] = False  # OPTIONS: 405, there is no CORS
            describe_operation(wrapped, rule, options["methods"])
            return cast(T_route, register(wrapped))

        return decorate

    def arguments(self, schema: Any, **kwargs: Any) -> Callable[[View], View]:
        """Read arguments with a schema that is made once, not per request."""
        untyped: Any = super()
        made: Callable[[View], View] = untyped.arguments(schema() if isinstance(schema, type) else schema, **kwargs)
        return made

    def response(
        self, status_code: int, schema: Any = None, **kwargs: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Write the answer with a schema; the view may return whatever the schema can dump."""
        untyped: Any = super()
        made: Callable[[Callable[..., Any]], Callable[..., Any]] = untyped.response(status_code, schema, **kwargs)
        return made

    @staticmethod
    def raises(*errors: type[DomainError]) -> Callable[[View], View]:
        """Document the problem codes that a view may answer with."""

        def decorate(view: View) -> View:
            view.__dict__["problem_errors"] = (*view.__dict__.get("problem_errors", ()), *errors)
            return view

        return decorate

    def also(self, content_type: str, schema: Any) -> Callable[[View], View]:
        """Document that the good answer may come as another content type too."""
        untyped: Any = super()
        made: Callable[[View], View] = untyped.alt_response(200, schema=schema, content_type=content_type, success=True)
        return made


def written(status: int, document: dict[str, Any]) -> Response:
    """A JSON answer that is ready: for hot views, whose schema then only describes it (a test compares them)."""
    return Response(_ENCODER.encode(document), status, content_type="application/json")


_ENCODER = json.JSONEncoder(separators=(",", ":"))
api = Api()


def limited(limit: Limit) -> Callable[[View], View]:
    """Count every call against a limit before anything else: HARD is refused, SOFT is left in `g.verdict`."""

    def declare(view: View) -> View:
        view.__dict__["limit"] = limit
        return view

    return declare


def changes(view: View) -> View:
    """Declare that a GET changes something all the same: another site sends the browser back by GET."""
    view.__dict__["changes"] = True
    return view


def unit_of_work(view: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a view: who may, how often, the key's answer if there is one, the view, commit."""
    rule = access.declared(view)
    required = bool(view.__dict__.get("idempotency_required"))
    joins = bool(view.__dict__.get("idempotency_joins"))
    limit: Limit | None = view.__dict__.get("limit")
    changing = bool(view.__dict__.get("changes"))

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Response:
        asked = request_ctx.request  # the request itself, because each look through Flask's stand-in costs
        if rule is not None:
            access.admit(rule)
        g.reads_only = asked.method in SAFE_METHODS and not changing
        if limit is not None:
            g.verdict = limit.enforce()
        if g.reads_only:
            return transaction.run(lambda: cast(Response, view(*args, **kwargs)), repeatable=True)
        key = idempotency.Key.of(asked, required=required)
        return transaction.run(lambda: _write(key, lambda: view(*args, **kwargs), joins), repeatable=key is not None)

    return wrapper


def _write(key: idempotency.Key | None, view: Callable[[], Response], joins: bool) -> Response:
    """One attempt of an unsafe request, committed when it ends well."""
    taken = key.announce() if key is not None and joins else None
    if key is not None and taken is None and (answered := key.claim()) is not None:
        db.session.rollback()
        return answered
    try:
        response = view()
        if taken is not None:
            taken.count()  # a view without any statement takes it here
    except (idempotency.KeyInUseError, DomainError) as error:
        unsure = taken is not None and not taken.sent
        if isinstance(error, DomainError) and not (error.commits and unsure):
            return _refused(key, error)
        db.session.rollback()
        return _write(key, view, joins=False)
    cookies.put_on(response)
    if key is not None:
        key.finish(response)
    db.session.commit()
    return response


def _refused(key: idempotency.Key | None, error: DomainError) -> Response:
    """Keep a refusal as the answer of its key; its effects only when the error says that they stay."""
    response = problems.of_error(error)
    storable = key is not None and error.status in idempotency.STORED_REFUSALS
    if not error.commits:
        db.session.rollback()
        if key is not None and storable and (answered := key.claim()) is not None:
            db.session.rollback()
            return answered
    if key is not None and storable:
        key.finish(response)
    if error.commits or storable:
        db.session.commit()
    return response
