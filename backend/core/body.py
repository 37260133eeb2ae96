"""Reads a JSON body strictly: size, content type, depth, duplicate keys, numbers that JSON does not know."""

from __future__ import annotations

import json
from typing import Any

from flask import Request

from backend.core.errors import BodyTooLarge, Malformed, WrongContentType

BODY_LIMIT = 256 * 1024
DEPTH_LIMIT = 20


def read_json(request: Request) -> Any:
    """The parsed body, an empty object when there is none at all (the secret may come in the header).

    Raises WrongContentType (415), BodyTooLarge (413), Malformed (400).
    """
    if not request.mimetype and not has_body(request):
        return {}
    if request.mimetype != "application/json":
        raise WrongContentType
    raw = request.get_data(cache=True)
    if len(raw) > BODY_LIMIT:  # a chunked body announces no length; the framework cuts it one byte later
        raise BodyTooLarge
    return parse(raw)


def refuse_large(request: Request) -> None:
    """Refuse a body that announces more than 256 KiB before anything else looks at the request."""
    if request.content_length is not None and request.content_length > BODY_LIMIT:
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
