"""The sealer and its checker: entries are chained after their transactions ended, so no writer waits for another."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, text

from backend.audit import queries, rules
from backend.audit.models import AuditSeal, AuditSealed
from backend.audit.types import Fault, Head, Report
from backend.core.clock import AnySession

MOST_ENTRIES = 5_000
SEALS_AT_ONCE = 200
LATE_SECONDS = 300
_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtext('amtsweg audit sealer'))")


def alone(session: AnySession) -> bool:
    """True for one worker at a time, until its transaction ends."""
    return bool(session.scalar(_ALONE))


def seal(session: AnySession) -> int:
    """Chain every entry whose transaction is over, in one block; how many. The caller commits; one sealer at a time."""
    if not alone(session):
        return 0
    rows = queries.unsealed(session, MOST_ENTRIES)
    if not rows:
        return 0
    last = queries.head(session)
    number, previous = (last.number + 1, last.hash) if last else (1, rules.GENESIS)
    digests = [rules.entry_digest(row) for row in rows]
    made = rules.seal_hash(previous, number, digests)
    session.execute(insert(AuditSeal).values(number=number, previous=previous, hash=made, entries=len(rows)))
    members = [
        {"entry_id": row["id"], "seal": number, "place": place, "digest": digest}
        for place, (row, digest) in enumerate(zip(rows, digests, strict=True))
    ]
    session.execute(insert(AuditSealed), members)
    return len(rows)


def verify(session: AnySession, expected: Head | None = None) -> Report:
    """Walk the whole chain; every fault names the entry or the seal. `expected`: a head that was kept elsewhere."""
    report, previous = Report(), rules.GENESIS
    while seals := queries.seals_after(session, report.seals, SEALS_AT_ONCE):
        digests = _digests(session, seals[0].number, seals[-1].number, report)
        for one in seals:
            if (one.number, bytes(one.previous)) != (report.seals + 1, previous):
                report.faults.append(Fault("seal_missing_or_replaced", f"seal {report.seals + 1}"))
            found = digests.get(one.number, [])
            if rules.seal_hash(bytes(one.previous), one.number, found) != bytes(one.hash) or len(found) != one.entries:
                report.faults.append(Fault("seal_broken", f"seal {one.number}"))
            report.seals, previous = one.number, bytes(one.hash)
            if expected and expected.number == one.number and expected.hash != previous:
                report.faults.append(Fault("not_the_expected_chain", f"seal {one.number}"))
        session.expunge_all()
    report.head = Head(report.seals, previous) if report.seals else None
    if expected and expected.number > report.seals:
        report.faults.append(Fault("chain_cut_off", f"seal {expected.number}"))
    if late := queries.late(session, LATE_SECONDS, everywhere=True):
        report.faults.append(Fault("entries_without_seal", f"{late} entries"))
    return report


def _digests(session: AnySession, first: int, last: int, report: Report) -> dict[int, list[bytes]]:
    """The sealed digests of some seals; entries that do not fit theirs are reported by their id."""
    digests: dict[int, list[bytes]] = {}
    for seal_number, entry_id, digest, row in queries.sealed_rows(session, first, last):
        digests.setdefault(seal_number, []).append(digest)
        report.entries += 1
        if row is None:
            report.faults.append(Fault("entry_missing", f"entry {entry_id}"))
        elif rules.entry_digest(row) != digest:
            report.faults.append(Fault("entry_changed", f"entry {entry_id}"))
        elif not rules.content_fits(row):
            report.faults.append(Fault("content_changed", f"entry {entry_id}"))
    return digests


def as_payload(faults: Iterable[Fault]) -> list[str]:
    """Faults as short lines for an entry of the trail itself."""
    return [f"{fault.code} {fault.place}" for fault in faults]
