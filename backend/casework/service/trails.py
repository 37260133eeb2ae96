"""The auditor's view over all cases: who looked or did something, as a list or a file; a look is an entry too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from backend.audit import service as audit
from backend.audit.models import AuditEntry
from backend.casework import queries_trail
from backend.casework.queries_trail import TrailWanted
from backend.casework.service import sheets, workers
from backend.core import streams
from backend.core.access import Actor
from backend.core.clock import BERLIN
from backend.core.errors import FieldError, Invalid
from backend.core.i18n import staff
from backend.core.security import format_reference, parse_reference

PAGE = 50
AT_ONCE = 1_000
COLUMNS = ("entry", "at", "who", "name", "roles", "action", "object", "reference", "reason")


def wanted_of(query: dict[str, Any]) -> TrailWanted:
    """What a query asks for; raises Invalid for a reference that cannot be one."""
    reference = query.get("reference")
    if reference is None:
        return TrailWanted(**query)
    stored = parse_reference(reference)
    if stored is None:
        raise Invalid(errors=[FieldError("/reference", "invalid")])
    return TrailWanted(**{**query, "reference": stored})


def listed(session: Session, actor: Actor, wanted: TrailWanted, *, after: int | None) -> dict[str, Any]:
    """A page of entries, newest first, with the place to go on from."""
    _looked(session, actor, "case.audit_listed", wanted)
    found = queries_trail.entries(session, actor, wanted, after=after, limit=PAGE + 1, newest_first=True)
    shown = found[:PAGE]
    names = _names(session, shown)
    return {
        "items": [_told(entry, reference, names) for entry, reference in shown],
        "next": shown[-1][0].id if len(found) > PAGE else None,
    }


def exported(session: Session, actor: Actor, wanted: TrailWanted) -> Iterator[bytes]:
    """All entries as CSV, oldest first, written while they are read; the export is an entry (before its last line)."""
    _looked(session, actor, "case.audit_exported", wanted)
    heads = [staff(f"staff.export.{column}") for column in COLUMNS]
    return sheets.csv_of(heads, _rows(actor, wanted))


def _rows(actor: Actor, wanted: TrailWanted) -> Iterator[Sequence[str]]:
    def read(session: Session, place: int | None) -> tuple[list[list[str]], int | None]:
        found = queries_trail.entries(session, actor, wanted, after=place, limit=AT_ONCE, newest_first=False)
        names = _names(session, found)
        told = [_cells(_told(entry, reference, names)) for entry, reference in found]
        return told, found[-1][0].id if len(found) == AT_ONCE else None

    return streams.pages(read)


def _told(entry: AuditEntry, reference: str | None, names: dict[Any, str]) -> dict[str, Any]:
    of_staff = entry.actor_kind == "staff"
    return {
        "id": entry.id,
        "at": entry.at,
        "actor_kind": entry.actor_kind,
        "actor": entry.actor_account if of_staff else None,
        "actor_name": names.get(entry.actor_account) if of_staff else None,
        "roles": entry.actor_roles.split(),
        "action": entry.action,
        "reason": entry.reason,
        "object_type": entry.object_type,
        "reference": None if reference is None else format_reference(reference),
    }


def _cells(told: dict[str, Any]) -> list[str]:
    return [
        str(told["id"]),
        told["at"].astimezone(BERLIN).isoformat(timespec="milliseconds"),
        told["actor_kind"] if told["actor"] is None else str(told["actor"]),
        told["actor_name"] or "",
        " ".join(told["roles"]),
        told["action"],
        told["object_type"],
        told["reference"] or "",
        told["reason"] or "",
    ]


def _names(session: Session, found: Sequence[Any]) -> dict[Any, str]:
    return workers.names(session, [entry.actor_account for entry, _ in found if entry.actor_kind == "staff"])


def _looked(session: Session, actor: Actor, action: str, wanted: TrailWanted) -> None:
    asked = {name: str(value) for name, value in asdict(wanted).items() if value is not None}
    audit.record(session, actor=actor, action=action, object_type="audit", object_id="-", payload=asked)
