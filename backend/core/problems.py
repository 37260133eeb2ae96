"""Everything that goes wrong leaves as `application/problem+json` (RFC 9457): a stable code, no value of anyone."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from backend.core.errors import DomainError, FieldError, NotFound, Unavailable
from backend.core.transaction import is_disconnect

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER = {"Retry-After": "2"}
log = structlog.get_logger("amtsweg.problems")

TEMPORARY = {"08", "40", "53", "57"}  # connection, rolled back, no room, stopped by time-out or operator
LOCK_TIMEOUT = "55P03"
HTTP_CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    414: "address_too_long",
    415: "unsupported_media_type",
    431: "headers_too_large",
    500: "internal_error",
}


def problem(
    status: int,
    code: str,
    *,
    detail: str | None = None,
    errors: Sequence[FieldError] = (),
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document as a response; `detail` is for developers, the portal translates `code`."""
    instance = f"urn:uuid:{uuid.uuid4()}"
    if has_request_context():
        g.problem = {"code": code, "instance": instance}  # the request's line in the log names them
    body: dict[str, Any] = {
        **(extra or {}),
        "type": f"urn:amtsweg:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "instance": instance,
        "errors": [{"pointer": e.pointer, "code": e.code, "params": dict(e.params)} for e in errors],
    }
    answer = Response(json.dumps(body, ensure_ascii=False, default=str), status, content_type=CONTENT_TYPE)
    answer.headers.update(headers or {})
    return answer


def of_error(error: DomainError) -> Response:
    """The problem document of a domain error."""
    return problem(
        error.status,
        error.code,
        detail=_first_line(type(error)),
        errors=error.errors,
        extra=error.extra,
        headers=error.headers,
    )


def register(app: Flask) -> None:
    """Install the handlers: domain errors, HTTP errors, database trouble and the last resort."""
    app.register_error_handler(DomainError, of_error)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(DBAPIError, _of_database)
    app.register_error_handler(PoolTimeout, _of_database)
    app.register_error_handler(Exception, _last_resort)


def of_http(error: HTTPException) -> Response:
    """The problem document of an HTTP error of router or framework; redirects pass."""
    status = error.code or 500
    if status < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect of the router, already complete
    headers = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(set(error.valid_methods) - {"OPTIONS"}))
    if status == NotFound.status:
        return of_error(NotFound())
    return problem(status, HTTP_CODES.get(status, f"http_{status}"), headers=headers)


def _of_database(error: Exception) -> Response:
    """Connection lost, pool empty, time-out: 503 and try again; any other database error is ours: 500."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    if isinstance(error, PoolTimeout) or is_disconnect(error) or state[:2] in TEMPORARY or state == LOCK_TIMEOUT:
        log.warning("database_unavailable", sqlstate=state, error=type(error).__name__)
        return of_error(Unavailable(headers=RETRY_AFTER))
    return _last_resort(error)


def _last_resort(error: Exception) -> Response:
    """The answer to a fault of ours: code and instance outside, the stack (without values) only in the log."""
    answer = problem(500, "internal_error")
    route = request.url_rule.rule if request.url_rule else None
    log.error("unexpected_error", error=type(error).__name__, route=route, exc_info=error, **g.problem)
    return answer


def _first_line(kind: type[DomainError]) -> str | None:
    return (kind.__doc__ or "").strip().split("\n")[0] or None
