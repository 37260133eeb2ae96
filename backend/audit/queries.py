"""Selects over the audit trail; none of them is limited to an actor, the callers are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select, text, tuple_

from backend.audit.models import AuditEntry, AuditSeal, AuditSealed
from backend.audit.types import Head, Look, ObjectKey, Row
from backend.core.clock import AnySession

ENTRY = AuditEntry.__table__
# what a transaction that is still open may add has a number of at least the horizon
UNSEALED = text(
    "SELECT e.* FROM audit_entry e WHERE e.at > clock_timestamp() - interval '1 day'"
    " AND (e.xid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"
    "  OR e.at < clock_timestamp() - interval '1 hour')"  # a number of another cluster, after a restore
    " AND NOT EXISTS (SELECT FROM audit_sealed s WHERE s.entry_id = e.id) ORDER BY e.xid, e.id LIMIT :most"
)
LATE = text(
    "SELECT count(*) FROM audit_entry e WHERE e.at < clock_timestamp() - make_interval(secs => :seconds)"
    " AND NOT EXISTS (SELECT FROM audit_sealed s WHERE s.entry_id = e.id)"
)


def unsealed(session: AnySession, most: int) -> list[Row]:
    """Entries whose transactions are over and that are in no seal, in the order in which they are chained."""
    return [dict(row) for row in session.execute(UNSEALED, {"most": most}).mappings()]


def late(session: AnySession, seconds: int) -> int:
    """How many entries have waited longer than this for their seal."""
    return int(session.execute(LATE, {"seconds": seconds}).scalar_one())


def head(session: AnySession) -> Head | None:
    """The newest seal."""
    newest = select(AuditSeal.number, AuditSeal.hash).order_by(AuditSeal.number.desc()).limit(1)
    found = session.execute(newest).first()
    return Head(found.number, bytes(found.hash)) if found else None


def seals_after(session: AnySession, number: int, most: int) -> Sequence[AuditSeal]:
    """The next seals in their order."""
    chosen = select(AuditSeal).where(AuditSeal.number > number).order_by(AuditSeal.number).limit(most)
    return session.scalars(chosen).all()


def sealed_rows(session: AnySession, number: int) -> Iterator[tuple[int, bytes, Row | None]]:
    """A seal's entries in their order: id, digest as sealed, the entry as it is now (None when it is gone)."""
    chosen = (
        select(AuditSealed.entry_id, AuditSealed.digest, ENTRY)
        .outerjoin(AuditEntry, AuditEntry.id == AuditSealed.entry_id)
        .where(AuditSealed.seal == number)
        .order_by(AuditSealed.place)
    )
    for row in session.execute(chosen):
        values = row._mapping
        present = values[ENTRY.c.id] is not None
        yield row.entry_id, bytes(values[AuditSealed.digest]), {c.name: values[c] for c in ENTRY.c} if present else None


def looks(session: AnySession, account_id: UUID, objects: Sequence[ObjectKey], limit: int) -> list[Look]:
    """Entries about an account or its objects that the account did not make itself, newest first."""
    mine = AuditEntry.about == account_id
    if objects:
        mine = or_(mine, tuple_(AuditEntry.object_type, AuditEntry.object_id).in_(objects))
    others = func.coalesce(AuditEntry.actor_account != account_id, True)
    chosen = (
        select(AuditEntry).where(and_(mine, others)).order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit)
    )
    return [
        Look(
            row.at,
            row.actor_kind,
            tuple(row.actor_roles.split()),
            row.action,
            row.object_type,
            row.object_id,
            row.reason,
        )
        for row in session.scalars(chosen)
    ]


def since(session: AnySession, action: str, moment: datetime) -> bool:
    """True when an entry of this action was written at or after a moment."""
    chosen = select(AuditEntry.id).where(AuditEntry.action == action, AuditEntry.at >= moment).limit(1)
    return session.scalar(chosen) is not None
