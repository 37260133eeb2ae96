"""What the description of an operation says by itself: its name, headers and the problems it may answer with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from backend.core import body, errors
from backend.core.access import declared
from backend.core.csrf import SAFE_METHODS
from backend.core.errors import DomainError

PROBLEM_TYPE = "application/problem+json"
SECRET_HEADER = "X-Amtsweg-Secret"  # noqa: S105 - the name of a header
KEY_HEADER = "Idempotency-Key"
REFUSALS: dict[str, type[DomainError]] = {"citizen": errors.LevelTooLow, "staff": errors.Forbidden}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem document; `code` is stable, the portal translates it",
    "required": ["type", "title", "status", "code", "instance", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": ["string", "null"], "description": "For developers"},
        "instance": {"type": "string", "description": "Names this occurrence in the log"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "params"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer into the request"},
                    "code": {"type": "string"},
                    "params": {"type": "object", "additionalProperties": True},
                },
            },
        },
    },
    "additionalProperties": True,
}


def describe_operation(view: Callable[..., Any], rule: str, methods: Iterable[str]) -> None:
    """Complete the documentation that the decorators left on a view."""
    doc: dict[str, Any] = view.__dict__.setdefault("_apidoc", {})
    manual = doc.setdefault("manual_doc", {})
    manual.setdefault("operationId", camel(view.__name__))
    manual["responses"] = {**_problems(possible_errors(view, rule, methods)), **manual.get("responses", {})}
    if (kind := body.declared(view)) is not body.JSON:
        manual.setdefault("requestBody", _other_body(kind))
    if headers := _headers(view, methods):
        doc.setdefault("arguments", {}).setdefault("parameters", []).extend(headers)


def camel(name: str) -> str:
    """find_availability → findAvailability."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def possible_errors(view: Callable[..., Any], rule: str, methods: Iterable[str]) -> list[type[DomainError]]:
    """The errors that the wrapper and the decorators of a view may raise, and those the view declares."""
    found: list[type[DomainError]] = [errors.Unavailable, *view.__dict__.get("problem_errors", ())]
    unsafe = not set(methods) <= SAFE_METHODS
    places = {parameter.get("in") for parameter in _arguments(view)}
    access = declared(view)
    if unsafe:
        found += [errors.ForeignOrigin, errors.IdempotencyKeyInvalid, errors.IdempotencyKeyReused]
        found += [errors.WrongContentType, errors.BodyTooLarge]
    if view.__dict__.get("idempotency_required"):
        found.append(errors.IdempotencyKeyMissing)
    if "json" in places:
        found.append(errors.Malformed)
    if places:
        found.append(errors.Invalid)
    if "<" in rule or (access is not None and access.kind == "guest"):
        found.append(errors.NotFound)
    if access is not None and access.kind not in {"public", "guest", "machine"}:
        found.append(errors.Unauthenticated)
    if access is not None and access.kind in REFUSALS:
        found.append(REFUSALS[access.kind])
    if view.__dict__.get("limit") is not None or (access is not None and access.kind == "guest"):
        found.append(errors.TooManyRequests)  # guesses at somebody's secret are counted
    return list(dict.fromkeys(found))


def _arguments(view: Callable[..., Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = view.__dict__.get("_apidoc", {}).get("arguments", {}).get("parameters", [])
    return found


def _problems(kinds: Iterable[type[DomainError]]) -> dict[int, Any]:
    by_status: dict[int, list[str]] = {}
    for kind in kinds:
        sentence = " ".join((kind.__doc__ or "").split())
        by_status.setdefault(kind.status, []).append(f"`{kind.code}`: {sentence}")
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": "\n".join(sorted(lines)), "content": content}
        for status, lines in sorted(by_status.items())
    }


def _other_body(kind: body.BodyKind) -> dict[str, Any]:
    """A body that no schema reads: the fields of a form, or bytes."""
    described: dict[str, Any] = {"type": "string", "format": "binary", "maxLength": kind.limit}
    if kind.fields:
        properties = {name: {"type": "string"} for name in kind.fields}
        described = {"type": "object", "required": list(kind.fields), "properties": properties}
    return {"required": True, "content": {kind.content_type: {"schema": described}}}


def _headers(view: Callable[..., Any], methods: Iterable[str]) -> list[dict[str, Any]]:
    found = []
    if not set(methods) <= SAFE_METHODS:
        found.append(_header(KEY_HEADER, bool(view.__dict__.get("idempotency_required")), "One key per intent", 8))
    access = declared(view)
    if access is not None and access.kind == "guest":
        found.append(_header(SECRET_HEADER, False, f"Secret of the {access.detail}", 1))
    return found


def _header(name: str, required: bool, description: str, shortest: int) -> dict[str, Any]:
    schema = {"type": "string", "minLength": shortest, "maxLength": 255, "pattern": "^[\\x21-\\x7e]+$"}
    return {"in": "header", "name": name, "required": required, "description": description, "schema": schema}
