"""Time: judged only by the database, shown in Europe/Berlin; rules get it as a value."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import TIMESTAMP, Date, func, select
from sqlalchemy.orm import Session, scoped_session

AnySession = Session | scoped_session[Any]
BERLIN = ZoneInfo("Europe/Berlin")
NOW = func.clock_timestamp(type_=TIMESTAMP(timezone=True))
TODAY = func.timezone(BERLIN.key, NOW).cast(Date)  # the date in Berlin, for comparisons inside a query
_SELECT_NOW = select(NOW)


def made(session: AnySession) -> Session:
    """The session itself, of one that is made on demand."""
    found: Session = session() if isinstance(session, scoped_session) else session
    return found


def db_now(session: AnySession) -> datetime:
    """The database's time at this instant (it moves within a transaction, unlike now()), timezone-aware, UTC."""
    return session.execute(_SELECT_NOW).scalar_one().astimezone(UTC)


def today(session: AnySession) -> date:
    """The date in Berlin by the database's clock."""
    return db_now(session).astimezone(BERLIN).date()


def local_midnight(day: date) -> datetime:
    """The first instant of a local date, with the Berlin offset of that day."""
    return datetime.combine(day, time(), BERLIN)
