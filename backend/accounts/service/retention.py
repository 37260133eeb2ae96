"""Nothing is kept for ever: ended sessions for a day, unused accounts for a year, and their people are told before."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import text

from backend.accounts import queries
from backend.accounts.models import Account
from backend.accounts.service import farewell, person, ties
from backend.accounts.types import Idle, Side
from backend.core.clock import AnySession, db_now

IDLE = timedelta(days=365)
NOTICE = timedelta(days=30)
AT_ONCE = 50
_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtext('amtsweg accounts retention'))")
log = structlog.get_logger("amtsweg.accounts")


def run(session: AnySession) -> None:
    """One round: forget what ended, warn who is idle, erase who was warned and did not come; one worker at a time."""
    if not session.scalar(_ALONE):
        return
    queries.forget_ended(session)
    warned = sum(_warn(session, account) for account in queries.idle_unwarned(session, IDLE - NOTICE, AT_ONCE))
    ended = sum(_end(session, account) for account in queries.idle_over(session, IDLE, NOTICE, AT_ONCE))
    if warned or ended:
        log.info("accounts_retention", operation="idle", count=warned + ended)


def _warn(session: AnySession, account: Account) -> bool:
    """Tell the person by mail when the account will end; without anybody who writes mails nothing ends."""
    listeners = ties.idle_listeners()
    if account.side == Side.CITIZEN and not listeners:
        return False
    account.warned_at = db_now(session)
    session.flush()
    told = _idle(session, account) if account.side == Side.CITIZEN else None
    if told is not None:
        for tell in listeners:
            tell(session, told)
    return True


def _end(session: AnySession, account: Account) -> bool:
    """Erase an account, or look at it again after another notice period while something of it must go on."""
    if farewell.end_idle_account(session, account):
        return True
    account.warned_at = db_now(session)
    session.flush()
    return False


def idle(session: AnySession, account_id: UUID) -> Idle | None:
    """The announced end of an account, None when its person came back, has no mail address, or the account is gone."""
    account = queries.account(session, account_id)
    return None if account is None else _idle(session, account)


def _idle(session: AnySession, account: Account) -> Idle | None:
    email = person.claims_of(session, account).get("email")
    if account.warned_at is None or not email:
        return None
    ends_at = max(account.warned_at + NOTICE, account.last_seen_at + IDLE)
    return Idle(account_id=account.id, email=email, language=account.language, ends_at=ends_at)
