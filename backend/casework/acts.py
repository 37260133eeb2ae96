"""Every act on a case: the revision that it was based on, and the case as the act left it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from backend.applications import etag
from backend.applications.errors import IfMatchMissing
from backend.casework.errors import CaseChanged
from backend.casework.models import Case
from backend.casework.service import show
from backend.core import access as who
from backend.core.db import db
from backend.core.errors import NotFound

View = TypeVar("View", bound=Callable[..., Any])
OUTDATED = (NotFound, CaseChanged, IfMatchMissing)


def revised(view: View) -> View:
    """Describe the header If-Match, which the view reads."""
    etag.document(view)
    return view


def after(case: Case) -> tuple[Any, dict[str, str]]:
    """The case after an act, with its new ETag."""
    found = show.again(db.session(), who.actor(), case)
    return found, {"ETag": f'"{found.revision}"'}
