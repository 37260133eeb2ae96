"""The status for people who do not sign in: number and code show where it stands, and nothing that was written."""

from __future__ import annotations

import structlog
from sqlalchemy.orm import Session

from backend.applications import codes, queries
from backend.applications.models import Application
from backend.applications.service import view
from backend.applications.types import State
from backend.core.errors import NotFound
from backend.core.limits import HOUR, MINUTE, Limit, Verdict, caller_range
from backend.core.security import parse_code, parse_reference

WRONG = Limit("wrongStatusCode", soft=10, hard=30, per=MINUTE)
WRONG_OF_REFERENCE = Limit("wrongStatusCodeOfReference", soft=5, hard=5, per=HOUR)
WRONG_IN_ALL = Limit("wrongStatusCodeInAll", soft=300, hard=300, per=MINUTE)
ALARM = Limit("wrongStatusCodeAlarm", soft=1, hard=1, per=MINUTE)
EVERYBODY = "everybody"
log = structlog.get_logger("amtsweg.applications")


def by_code(session: Session, reference: str, code: str, lang: str) -> view.OpenStatusView:
    """The status of an application. Raises NotFound, TooManyRequests."""
    return view.status(session, found(session, reference, code), lang)


def found(session: Session, reference: str, code: str) -> Application:
    """What was sent, by number and code; the limits stand before the comparison. Raises NotFound, TooManyRequests."""
    stored = parse_reference(reference)
    pair = f"{stored}\n{caller_range()}"
    WRONG.refuse_if_spent()
    WRONG_OF_REFERENCE.refuse_if_spent(pair)
    row = None if stored is None else queries.by_reference_unchecked(session, stored)
    right = codes.right_code(stored or "", parse_code(code))
    if row is None or not right or row.state == State.DRAFT:
        _count_wrong(pair)
        raise NotFound
    return row


def _count_wrong(pair: str) -> None:
    if WRONG_IN_ALL.check(EVERYBODY) is Verdict.HARD and ALARM.check(EVERYBODY) is Verdict.OK:
        log.error("alarm", operation=WRONG_IN_ALL.operation, count=WRONG_IN_ALL.hard)
    WRONG_OF_REFERENCE.check(pair)
    WRONG.enforce()
