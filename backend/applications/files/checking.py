"""The check of one complete file: put together, recognised, scanned, rewritten, sealed; only then is it clean.

No connection to the database is held meanwhile: the row is leased and committed first, the result written afterwards.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from backend.applications.files import names, queries, rules, sandbox
from backend.applications.files.models import Attachment
from backend.applications.files.scanner import ScannerUnavailableError, scanner_of
from backend.applications.files.stores import store_of
from backend.applications.files.stores.types import FileStore, MissingObjectError
from backend.applications.files.types import FileState, Reason
from backend.applications.files.view import WHOLE
from backend.core import envelope, keyring
from backend.core.settings import Settings

LEASE = timedelta(minutes=3)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
log = structlog.get_logger("amtsweg.files")


@dataclass(frozen=True)
class Outcome:
    """What the check found; `clean` only for a clean file."""

    state: FileState
    reason: Reason | None = None
    clean: sandbox.Rewritten | None = None


def check(session: Session, settings: Settings, attachment_id: UUID) -> FileState | None:
    """Check a file if it is due; its new state, None when there was nothing to do. Commits."""
    row = queries.lease(session, attachment_id, LEASE)
    if row is None:
        session.commit()
        return None
    name = names.unseal(session, row.key_id, row.id, row.name)
    store = store_of(settings)
    pieces = queries.sealed_parts(session, row, store)
    session.commit()
    try:
        content = b"".join(piece for part in pieces for piece in part)
    except (MissingObjectError, envelope.DamagedError):
        return _finish(session, row, store, Outcome(FileState.FAILED, Reason.DAMAGED))
    return _finish(session, row, store, judge(settings, name, content))


def judge(settings: Settings, name: str, content: bytes) -> Outcome:
    """Recognise, scan and rewrite the bytes of a file called `name`."""
    kind = rules.kind_of(content)
    if kind is None or not rules.fits(name, kind):
        return Outcome(FileState.FAILED, Reason.WRONG_TYPE)
    try:
        verdict = scanner_of(settings.clamd_url).scan(content)
    except ScannerUnavailableError as error:
        log.warning("scanner_unavailable", reason=str(error))
        return Outcome(FileState.FAILED, Reason.SCANNER_UNAVAILABLE)
    if verdict.signature is not None:
        encrypted = "Encrypted" in verdict.signature
        return Outcome(FileState.FAILED, Reason.ENCRYPTED) if encrypted else Outcome(FileState.INFECTED, Reason.VIRUS)
    try:
        return Outcome(FileState.CLEAN, clean=sandbox.rewrite(kind, content))
    except sandbox.RefusedFileError as refusal:
        return Outcome(FileState.FAILED, Reason(refusal.reason))


def _finish(session: Session, row: Attachment, store: FileStore, outcome: Outcome) -> FileState | None:
    """Store the clean bytes, then the result, then shred what was received; a file removed meanwhile leaves nothing."""
    digest = None
    if outcome.clean is not None:
        digest = hashlib.sha256(outcome.clean.content).digest()
        try:
            sealed = keyring.seal_stream(
                session, row.key_id, [outcome.clean.content], context=names.place_of_bytes(row.id, WHOLE)
            )
        except keyring.KeyGoneError:  # erased meanwhile
            session.rollback()
            store.remove(str(row.id))
            return None
        store.write(f"{row.id}/{WHOLE}", sealed)
    again = outcome.reason is Reason.SCANNER_UNAVAILABLE
    pause = PAUSES[min(row.attempts - 1, len(PAUSES) - 1)] if again else None
    kept = queries.write_result(
        session,
        row,
        state=outcome.state,
        reason=outcome.reason,
        kind=outcome.clean.kind if outcome.clean else None,
        pages=outcome.clean.pages if outcome.clean else None,
        has_text=outcome.clean.text if outcome.clean else None,
        stored_bytes=len(outcome.clean.content) if outcome.clean else None,
        digest=digest,
        pause=pause,
    )
    session.commit()
    if not kept:
        store.remove(str(row.id))
        return None
    if not again:
        for key in store.list(str(row.id)):
            if key != f"{row.id}/{WHOLE}":
                store.remove(key)
    return outcome.state
