"""Selects over the audit trail; none of them is limited to an actor, the callers are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select, text, tuple_

from backend.audit.models import AuditEntry, AuditSeal, AuditSealed
from backend.audit.types import Head, Look, ObjectKey, Row
from backend.core.clock import AnySession

ENTRY = AuditEntry.__table__
ROWS_AT_ONCE = 2_000
QUARTER_OF_AN_HOUR = timedelta(minutes=15)
# Where to look: from a day before what the newest seal holds (no transaction lives that long), so that neither a long
# trail nor a worker that was away for days makes a difference. What may be chained: a transaction that is still open
# can only add numbers of at least the horizon; after a restore, numbers of another cluster count as over by their age.
_RECENT = """
WITH since AS (
    SELECT coalesce(max(e.at) - interval '1 day', '-infinity') AS at FROM audit_sealed s
    JOIN audit_entry e ON e.id = s.entry_id WHERE s.seal = (SELECT max(number) FROM audit_seal)
)
"""
_OPEN = "NOT EXISTS (SELECT FROM audit_sealed s WHERE s.entry_id = e.id)"
UNSEALED = text(
    f"{_RECENT} SELECT e.* FROM audit_entry e, since WHERE e.at > since.at AND {_OPEN}"  # noqa: S608 - constants
    " AND (e.xid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"
    "  OR e.at < clock_timestamp() - interval '1 hour') ORDER BY e.xid, e.id LIMIT :most"
)
_LATE = f"e.at < clock_timestamp() - make_interval(secs => :seconds) AND {_OPEN}"
LATE = text(f"SELECT count(*) FROM audit_entry e WHERE {_LATE}")  # noqa: S608 - constants
LATE_RECENT = text(f"{_RECENT} SELECT count(*) FROM audit_entry e, since WHERE e.at > since.at AND {_LATE}")  # noqa: S608 - constants


def unsealed(session: AnySession, most: int) -> list[Row]:
    """Entries whose transactions are over and that are in no seal, in the order in which they are chained."""
    return [dict(row) for row in session.execute(UNSEALED, {"most": most}).mappings()]


def late(session: AnySession, seconds: int, *, everywhere: bool) -> int:
    """How many entries have waited longer than this for their seal: in the whole trail, or among the newest."""
    return int(session.execute(LATE if everywhere else LATE_RECENT, {"seconds": seconds}).scalar_one())


def head(session: AnySession) -> Head | None:
    """The newest seal."""
    newest = select(AuditSeal.number, AuditSeal.hash).order_by(AuditSeal.number.desc()).limit(1)
    found = session.execute(newest).first()
    return Head(found.number, bytes(found.hash)) if found else None


def seals_after(session: AnySession, number: int, most: int) -> Sequence[AuditSeal]:
    """The next seals in their order."""
    chosen = select(AuditSeal).where(AuditSeal.number > number).order_by(AuditSeal.number).limit(most)
    return session.scalars(chosen).all()


def sealed_rows(session: AnySession, first: int, last: int) -> Iterator[tuple[int, int, bytes, Row | None]]:
    """The entries of some seals in their order: seal, id, digest as sealed, the entry as it is now (None: gone)."""
    chosen = (
        select(AuditSealed.seal, AuditSealed.entry_id, AuditSealed.digest, ENTRY)
        .outerjoin(AuditEntry, AuditEntry.id == AuditSealed.entry_id)
        .where(AuditSealed.seal.between(first, last))
        .order_by(AuditSealed.seal, AuditSealed.place)
    )
    for row in session.execute(chosen, execution_options={"yield_per": ROWS_AT_ONCE}):
        values = row._mapping
        present = values[ENTRY.c.id] is not None
        entry = {column.name: values[column] for column in ENTRY.c} if present else None
        yield row.seal, row.entry_id, bytes(values[AuditSealed.digest]), entry


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


def trail(
    session: AnySession, object_type: str, object_id: str, before: int | None, limit: int
) -> Sequence[AuditEntry]:
    """Entries about one object, newest first, going on before an id."""
    chosen = select(AuditEntry).where(AuditEntry.object_type == object_type, AuditEntry.object_id == object_id)
    if before is not None:
        chosen = chosen.where(AuditEntry.id < before)
    return session.scalars(chosen.order_by(AuditEntry.id.desc()).limit(limit)).all()


def repeated(
    session: AnySession, account: UUID | None, action: str, object_type: str, object_id: str, payload: str | None
) -> bool:
    """True when this account has the same entry of the last quarter of an hour."""
    chosen = select(AuditEntry.id).where(
        AuditEntry.object_type == object_type,
        AuditEntry.object_id == object_id,
        AuditEntry.at > func.clock_timestamp() - QUARTER_OF_AN_HOUR,
        AuditEntry.actor_account == account,
        AuditEntry.action == action,
        AuditEntry.payload.is_not_distinct_from(payload),
    )
    return session.scalar(chosen.limit(1)) is not None


def since(session: AnySession, action: str, moment: datetime) -> bool:
    """True when an entry of this action was written at or after a moment."""
    chosen = select(AuditEntry.id).where(AuditEntry.action == action, AuditEntry.at >= moment).limit(1)
    return session.scalar(chosen) is not None
