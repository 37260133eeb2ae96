"""The JSON interface: one Api, one Blueprint whose wrapper turns each view into one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

import marshmallow as ma
from flask import Response, g, request
from flask_smorest import Api
from flask_smorest import Blueprint as SmorestBlueprint
from webargs.flaskparser import FlaskParser

from backend.core import access, idempotency, problems, transaction
from backend.core.body import read_json
from backend.core.csrf import SAFE_METHODS
from backend.core.db import db
from backend.core.errors import DomainError, Invalid
from backend.core.schemas import field_errors

api = Api()
View = Callable[..., Any]


class StrictParser(FlaskParser):
    """Reads arguments strictly and reports every fault as a problem document."""

    DEFAULT_UNKNOWN_BY_LOCATION = dict.fromkeys(FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION)

    def load_json(self, req: Any, schema: ma.Schema) -> Any:  # noqa: ARG002 - webargs' signature
        """The body by our own strict reader."""
        return read_json(req)

    def handle_error(self, error: ma.ValidationError, *_args: Any, **_kwargs: Any) -> Any:
        """Bad values: 422 with a pointer and a code for each."""
        messages = cast(dict[str, Any], error.messages)
        flat = [fault for located in messages.values() for fault in field_errors(located)]
        raise Invalid(errors=flat) from error


class Blueprint(SmorestBlueprint):
    """A domain's routes. Every route needs @access(…); the wrapper commits after a good answer, rolls back on a raise."""

    ARGUMENTS_PARSER = StrictParser()

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Register a view: idempotency, view, commit; the operationId is the view's name in camel case."""
        options.setdefault("methods", ["GET"])
        options.setdefault("provide_automatic_options", False)
        register = super().route(rule, **options)

        def decorate(view: View) -> View:
            wrapped = unit_of_work(view)
            manual = wrapped.__dict__.setdefault("_apidoc", {}).setdefault("manual_doc", {})
            manual.setdefault("operationId", camel(view.__name__))
            return cast(View, register(wrapped))

        return decorate

    def arguments(self, schema: Any, **kwargs: Any) -> Any:
        """Read arguments with a schema that is made once, not per request."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **kwargs)

    def raises(self, *errors: type[DomainError]) -> Callable[[View], View]:
        """Document the problem codes that a view may answer with."""

        def decorate(view: View) -> View:
            view.__dict__["problem_errors"] = (*view.__dict__.get("problem_errors", ()), *errors)
            return view

        return decorate


def camel(name: str) -> str:
    """find_availability → findAvailability."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def unit_of_work(view: View) -> View:
    """Wrap a view: who may, the key's answer if there is one, the view, commit."""
    rule = access.declared(view)
    required = bool(view.__dict__.get("idempotency_required"))

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Response:
        if rule is not None:
            access.admit(rule)
        g.reads_only = request.method in SAFE_METHODS
        if g.reads_only:
            return transaction.run(lambda: cast(Response, view(*args, **kwargs)), repeatable=True)
        key = idempotency.Key.of(request, required=required)
        return transaction.run(lambda: _write(key, lambda: view(*args, **kwargs)), repeatable=key is not None)

    return wrapper


def _write(key: idempotency.Key | None, view: Callable[[], Response]) -> Response:
    """One attempt of an unsafe request, committed when it ends well."""
    if key is not None and (answered := key.claim()) is not None:
        db.session.rollback()
        return answered
    try:
        response = view()
    except DomainError as error:
        return _refused(key, error)
    if key is not None:
        key.finish(response)
    db.session.commit()
    return response


def _refused(key: idempotency.Key | None, error: DomainError) -> Response:
    """Keep a refusal as the answer of its key; its effects only when the error says that they stay."""
    response = problems.of_error(error)
    if not error.commits:
        db.session.rollback()
    storable = key is not None and error.status in idempotency.STORED_REFUSALS
    if key is not None and storable:
        if not error.commits and (answered := key.claim()) is not None:
            db.session.rollback()
            return answered
        key.finish(response)
    if error.commits or storable:
        db.session.commit()
    return response
