"""Who comes in: the appointment that a secret opens, number and code for people without a link, links by mail."""

from __future__ import annotations

from typing import Any

import structlog
from sqlalchemy import Row
from sqlalchemy.orm import Session

from backend.booking import policy, queries, rules
from backend.booking.service import contact_limit, secrets
from backend.booking.types import Contact
from backend.core.errors import NotFound
from backend.core.limits import HOUR, MINUTE, Limit, Verdict, caller_range
from backend.core.security import parse_code, parse_reference

WRONG = Limit("wrongSecret", soft=10, hard=30, per=MINUTE)
WRONG_OF_REFERENCE = Limit("wrongCode", soft=5, hard=5, per=HOUR)
WRONG_IN_ALL = Limit("wrongSecretInAll", soft=300, hard=300, per=MINUTE)
ALARM = Limit("wrongSecretAlarm", soft=1, hard=1, per=MINUTE)
EVERYBODY = "everybody"
RESEND = Limit("resendLinks", soft=5, hard=10, per=HOUR)
log = structlog.get_logger("amtsweg.booking")


def admit(
    session: Session,
    reference: str,
    secret: str | None,
    purposes: tuple[str, ...] = policy.MANAGE,
    *,
    lock: bool = True,
) -> Row[Any]:
    """The appointment, its row locked, if the secret of one of the purposes opens it.

    Raises NotFound, the same for unknown numbers, foreign, wrong and outdated secrets; TooManyRequests after many.
    """
    stored = parse_reference(reference)
    found = None
    if stored is not None and secret:
        found = queries.appointment_with_secret(session, stored, secret, purposes, lock=lock)
    if found is None:
        _count_wrong()
        raise NotFound
    return found


def open_appointment(session: Session, reference: str, code: str) -> str:
    """Exchange number and code for a secret that works for 30 minutes; the limits stand before the comparison."""
    stored = parse_reference(reference)
    pair = f"{stored}\n{caller_range()}"
    WRONG.refuse_if_spent()
    WRONG_OF_REFERENCE.refuse_if_spent(pair)
    found = None if stored is None else queries.appointment_by_reference_unchecked(session, stored)
    right = secrets.right_code(stored or "", parse_code(code))
    if found is None or not right:
        _count_wrong()
        WRONG_OF_REFERENCE.check(pair)
        raise NotFound
    return secrets.add_secret(session, found.id, "session", rules.SESSION)


def _count_wrong() -> None:
    """Count a wrong secret, of the caller and of all; guessing from many addresses alarms the operator once a minute.

    Raises TooManyRequests. Nobody is delayed: a web thread that sleeps serves nobody, so a delay would be a weapon.
    """
    if WRONG_IN_ALL.check(EVERYBODY) is Verdict.HARD and ALARM.check(EVERYBODY) is Verdict.OK:
        log.error("alarm", operation=WRONG_IN_ALL.operation, count=WRONG_IN_ALL.hard)
    WRONG.enforce()


def resend_links(session: Session, email: str, language: str) -> None:
    """Mail the links of the confirmed appointments ahead of a contact to it; never says whether there are any."""
    RESEND.enforce()
    contact = Contact(email, None)
    contact_limit.send_links(session, contact, list(queries.open_of_contact(session, contact.key)), language)
