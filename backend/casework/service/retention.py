"""What will be erased when in one's offices: numbers by month and service, then the references; each look is an entry.

Drafts belong to no office yet and are not told here; their persons are.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.applications import queries_retention
from backend.applications.models import Application
from backend.applications.service import view
from backend.audit import service as audit
from backend.casework import cursor, policy
from backend.core.access import Actor
from backend.core.clock import BERLIN
from backend.core.errors import NotFound
from backend.core.i18n import DEFAULT, LocalizedText
from backend.core.security import format_reference
from backend.forms import service as forms
from backend.forms.errors import FormChanged

PAGE = 100
LONGEST_MONTH = timedelta(days=31)


def preview(session: Session, actor: Actor) -> dict[str, Any]:
    """How many applications of each service come to their day in each month, and how many persons were told so."""
    rows = queries_retention.by_month(session, _offices(actor))
    _looked(session, actor, {})
    items = [
        {
            "month": month,
            "service": service,
            "title": _title(service),
            "cases": cases,
            "announced": announced,
        }
        for month, service, cases, announced in rows
    ]
    return {"items": items, "total": sum(each["cases"] for each in items)}


def listed(session: Session, actor: Actor, *, month: date, service: str | None, after: str | None) -> dict[str, Any]:
    """The applications of one month (its first day), soonest first; raises Invalid for a place that is none."""
    place = cursor.read(after, moments=True)
    following = (month + LONGEST_MONTH).replace(day=1)
    rows = queries_retention.page(
        session,
        _offices(actor),
        since=datetime.combine(month, time.min, BERLIN),
        until=datetime.combine(following, time.min, BERLIN),
        service=service,
        after=place,  # type: ignore[arg-type]  # moments were asked for
        limit=PAGE + 1,
    )
    _looked(session, actor, {"month": month.isoformat()[:7], "service": service})
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return {
        "items": [_shown(row) for row in rows[:PAGE]],
        "next": None if last is None or last.erase_after is None else cursor.written(last.erase_after, last.id),
    }


def _title(service: str) -> LocalizedText:
    """The German title as of now; years after it is gone a service is told by its own name."""
    with suppress(NotFound, FormChanged):
        return forms.text(forms.published(service), "service.title", DEFAULT)
    return LocalizedText(service, DEFAULT)


def _offices(actor: Actor) -> Sequence[str] | None:
    return None if policy.everywhere(actor) or policy.manages_everywhere(actor) else sorted(actor.offices)


def _shown(row: Application) -> dict[str, Any]:
    return {
        "reference": format_reference(row.reference or ""),
        "service": row.service,
        "office": row.office,
        "state": row.state,
        "erase_on": view.erase_on(row),
        "announced_on": None if row.warned_at is None else row.warned_at.astimezone(BERLIN).date(),
    }


def _looked(session: Session, actor: Actor, wanted: dict[str, Any]) -> None:
    audit.record(
        session, actor=actor, action="retention.previewed", object_type="retention", object_id="-", payload=wanted
    )
