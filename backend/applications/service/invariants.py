"""What must hold for all applications at any instant (security design D.1: 10, 12), asked of the tables themselves."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from backend.applications import queries, rules
from backend.applications.models import Application

# each counts the rows that break the rule
QUESTIONS = {
    "a sent application has no receipt, or more than one that counts": """
        SELECT count(*) FROM application a WHERE state <> 'draft' AND (
            SELECT count(*) FROM issued_document d
            WHERE d.application_id = a.id AND kind = 'receipt' AND void_at IS NULL
        ) <> 1
    """,
    "a draft has a receipt that counts": """
        SELECT count(*) FROM application a WHERE state = 'draft' AND EXISTS (
            SELECT FROM issued_document d WHERE d.application_id = a.id AND void_at IS NULL)
    """,
    "an erased application still has something to read": """
        SELECT count(*) FROM application a WHERE erased_at IS NOT NULL AND (
            EXISTS (SELECT FROM application_message m WHERE m.application_id = a.id AND text IS NOT NULL)
            OR EXISTS (SELECT FROM application_letter l WHERE l.application_id = a.id AND content IS NOT NULL)
            OR EXISTS (SELECT FROM application_request r WHERE r.application_id = a.id AND reason IS NOT NULL)
            OR EXISTS (SELECT FROM application_answer_history h WHERE h.application_id = a.id))
    """,
    "an ended application has an open request": """
        SELECT count(*) FROM application a JOIN application_request r ON r.application_id = a.id
        WHERE r.state = 'open' AND a.state <> 'waiting_for_citizen'
    """,
    "a decided application has no letter": """
        SELECT count(*) FROM application a WHERE decided_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM application_letter l WHERE l.application_id = a.id)
    """,
    "the key of a living application is gone": """
        SELECT count(*) FROM application a WHERE erased_at IS NULL AND NOT EXISTS (
            SELECT FROM keyring.data_key k WHERE k.id = a.key_id)
    """,
}
FOLD = "the state of an application is not what its events lead to"


def broken(session: Session) -> Iterator[tuple[str, int]]:
    """The rules that do not hold, with how many rows break each."""
    for rule, question in QUESTIONS.items():
        rows = session.execute(text(question)).scalar_one()
        if rows:
            yield rule, rows
    wrong = sum(not _is_folded(session, row) for row in session.scalars(select(Application).order_by(Application.id)))
    if wrong:
        yield FOLD, wrong


def _is_folded(session: Session, row: Application) -> bool:
    try:
        standing = rules.fold(queries.events_of(session, row.id))
    except rules.NotNowError:
        return False
    kept = (row.state, row.payment, row.waiting_for, row.appointment, row.handover)
    return kept == (
        standing.state, standing.payment, standing.waiting_for, standing.appointment, standing.handover,
    )  # fmt: skip
