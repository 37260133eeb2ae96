"""Revisions over HTTP: ETag on what is shown, If-Match on what is changed, and what is true now when they differ."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

from flask import request
from marshmallow import Schema

from backend.applications.errors import IfMatchMissing, Outdated

VALUE = re.compile(r'(?:W/)?"?([0-9]{1,9})"?\Z')
NEVER = 0  # no row has this revision, so a tag that is none of ours fits nothing
View = TypeVar("View", bound=Callable[..., Any])


class Revised(Protocol):
    """Anything with a revision."""

    @property
    def revision(self) -> int:
        """How many changes it has seen."""


def tagged(view: Revised) -> tuple[Revised, dict[str, str]]:
    """An answer with its ETag."""
    return view, {"ETag": f'"{view.revision}"'}


def if_match() -> int:
    """The revision that the caller saw; raises IfMatchMissing (428)."""
    given = request.headers.get("If-Match")
    if given is None:
        raise IfMatchMissing
    found = VALUE.match(given.strip())
    return int(found.group(1)) if found else NEVER


def shows_current(name: str, schema: type[Schema]) -> Callable[[View], View]:
    """Let refusals for outdated requests carry what is true now, in the shape of the usual answer."""
    shape = schema()

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            try:
                return view(*args, **kwargs)
            except Outdated as error:
                error.extra.setdefault(name, shape.dump(error.view))
                error.headers.setdefault("ETag", f'"{error.view.revision}"')
                raise

        document(wrapper)
        return wrapper  # type: ignore[return-value]  # the same callable, wrapped

    return decorate


def document(view: Callable[..., Any]) -> None:
    """Describe the header in the interface."""
    doc = view.__dict__.setdefault("_apidoc", {})
    parameters = doc.setdefault("arguments", {}).setdefault("parameters", [])
    schema = {"type": "string", "minLength": 1, "maxLength": 20, "pattern": '^(W/)?"?[0-9]+"?$'}
    parameters.append(
        {
            "in": "header",
            "name": "If-Match",
            "required": True,
            "description": "The ETag of what was seen",
            "schema": schema,
        }
    )
