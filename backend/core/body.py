"""Reads a JSON body strictly: size, content type, depth, duplicate keys, numbers that JSON does not know."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import Request, current_app

from backend.core.errors import BodyTooLarge, Malformed, WrongContentType

BODY_LIMIT = 256 * 1024
CHUNK_LIMIT = 5 * 1024 * 1024
FORM_LIMIT = 64 * 1024
DEPTH_LIMIT = 20
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class BodyKind:
    """What a view reads: the one content type, the most bytes, and the fields of a form (for the documentation)."""

    content_type: str
    limit: int
    fields: tuple[str, ...] = ()


JSON = BodyKind("application/json", BODY_LIMIT)
CHUNK = BodyKind("application/offset+octet-stream", CHUNK_LIMIT)
FORM = BodyKind("application/x-www-form-urlencoded", FORM_LIMIT)


def reads(kind: BodyKind, *fields: str) -> Callable[[View], View]:
    """Declare that a view reads another body than JSON, e.g. a form with these fields."""

    def declare(view: View) -> View:
        view.__dict__["body_kind"] = replace(kind, fields=fields)
        return view

    return declare


def upload(view: View) -> View:
    """Declare that a view reads a chunk of a file (tus)."""
    return reads(CHUNK)(view)


def kind_of(request: Request) -> BodyKind:
    """The body that the view of this request reads."""
    view = current_app.view_functions.get(request.endpoint or "")
    return JSON if view is None else declared(view)


def declared(view: Callable[..., Any]) -> BodyKind:
    """The body that a view reads: JSON unless it says otherwise."""
    found = getattr(view, "body_kind", None)
    return found if isinstance(found, BodyKind) else JSON


def read_json(request: Request) -> Any:
    """The parsed body, an empty object when there is none at all (the secret may come in the header).

    Raises WrongContentType (415), BodyTooLarge (413), Malformed (400).
    """
    if not request.mimetype and not has_body(request):
        return {}
    if request.mimetype != JSON.content_type:
        raise WrongContentType
    raw = request.get_data(cache=True)
    if len(raw) > BODY_LIMIT:  # a chunked body announces no length; the framework cuts it one byte later
        raise BodyTooLarge
    return parse(raw)


def refuse_large(request: Request) -> None:
    """Refuse a body that announces more than its view reads before anything else looks at the request.

    A body that announces nothing is cut by the framework one byte behind the limit.
    """
    if request.method in {"GET", "HEAD"} and not request.environ.get("CONTENT_LENGTH"):
        return  # nothing is announced and nothing is read; the framework's own limit stays
    limit = kind_of(request).limit
    request.max_content_length = limit + 1
    if request.content_length is not None and request.content_length > limit:
        raise BodyTooLarge


def has_body(request: Request) -> bool:
    """True when the request announces a body (a POST without one needs no content type)."""
    return bool(request.content_length) or "chunked" in request.headers.get("Transfer-Encoding", "").lower()


def parse(raw: bytes) -> Any:
    """Parse strict UTF-8 JSON; refuses duplicate keys, NaN, infinity and nesting deeper than 20."""
    _check_depth(raw)
    try:
        return _DECODER.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Malformed from error


def _check_depth(raw: bytes) -> None:
    """Count brackets outside strings before the parser recurses; cheap way out for ordinary bodies."""
    if raw.count(b"[") + raw.count(b"{") <= DEPTH_LIMIT:
        return
    depth = 0
    inside = escaped = False
    for byte in raw:
        if inside:
            escaped, inside = (byte == 0x5C and not escaped), (byte != 0x22 or escaped)
        elif byte == 0x22:
            inside = True
        elif byte in b"[{":
            depth += 1
            if depth > DEPTH_LIMIT:
                raise Malformed
        elif byte in b"]}":
            depth -= 1


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(_name: str) -> Any:
    raise ValueError


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)
