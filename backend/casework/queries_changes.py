"""When the lists of some offices last changed, without reading a list (docs/adr/0017-reading-cases.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backend.core.clock import AnySession
from backend.core.sql import Statement

# The number of the newest transaction that changed a row of an office. A transaction that is not over yet can only have
# a number of at least `low`; so below it the newest number says everything, and from it on every number is told.
# Numbers from `top` on are of another cluster (the rows came from a copy) and mean nothing here.
_CHANGES = Statement(
    """
    WITH edge AS MATERIALIZED (
        SELECT (pg_snapshot_xmin(s)::text)::bigint AS low, (pg_snapshot_xmax(s)::text)::bigint AS top
        FROM pg_current_snapshot() AS s
    )
    SELECT (clock_timestamp() AT TIME ZONE 'Europe/Berlin')::date::text AS day, o.office, c.newest, l.newest AS beside,
        CASE WHEN greatest(c.newest, l.newest) >= e.low THEN e.low END AS low,
        CASE WHEN c.newest >= e.low THEN (
            SELECT string_agg(DISTINCT changed_xid::text, ' ') FROM staff_case
            WHERE office = o.office AND changed_xid >= e.low AND changed_xid < e.top
        ) END AS unsettled,
        CASE WHEN l.newest >= e.low THEN (
            SELECT string_agg(DISTINCT changed_xid::text, ' ') FROM staff_list_change
            WHERE office IS NOT DISTINCT FROM o.office AND changed_xid >= e.low AND changed_xid < e.top
        ) END AS unsettled_beside
    FROM edge AS e
    CROSS JOIN (SELECT unnest(%(offices)s::text[]) AS office UNION ALL SELECT NULL) AS o
    LEFT JOIN LATERAL (
        SELECT changed_xid AS newest FROM staff_case WHERE office = o.office AND changed_xid < e.top
        ORDER BY changed_xid DESC LIMIT 1
    ) AS c ON true
    LEFT JOIN LATERAL (
        (SELECT changed_xid AS newest FROM staff_list_change
         WHERE office = o.office AND changed_xid < e.top ORDER BY changed_xid DESC LIMIT 1)
        UNION ALL
        (SELECT changed_xid FROM staff_list_change
         WHERE o.office IS NULL AND office IS NULL AND changed_xid < e.top ORDER BY changed_xid DESC LIMIT 1)
    ) AS l ON true
    """
)
_TIDY = Statement(
    """
    DELETE FROM staff_list_change c USING (
        SELECT office, max(changed_xid) AS newest FROM staff_list_change
        WHERE changed_xid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint GROUP BY office
    ) AS n WHERE c.office IS NOT DISTINCT FROM n.office AND c.changed_xid < n.newest
    """
)


def of(session: AnySession, offices: Sequence[str]) -> list[tuple[Any, ...]]:
    """What would be another value if anything that a list of these offices shows had changed: by commit or by day."""
    return _CHANGES.tuples(session, {"offices": list(offices)})


def tidy(session: AnySession) -> None:
    """Drop notes of changes that a newer one replaced."""
    _TIDY.execute(session, {})
