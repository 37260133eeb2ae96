"""What will be erased when, without its content: for those who watch over retention."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select, text, tuple_
from sqlalchemy.orm import Session

from backend.applications import rules
from backend.applications.models import Application
from backend.core.access import TRAINING

ENDED = [str(state) for state in rules.ENDED]
# as an expression of the database, so that its groups are Berlin's months
MONTH = func.to_char(func.timezone(text("'Europe/Berlin'"), Application.erase_after), text("'YYYY-MM'"))


def by_month(session: Session, offices: Sequence[str] | None) -> Sequence[Row[str, str, int, int]]:
    """Month, service, number of applications and of those announced, oldest month first; None: of every office."""
    announced = func.count().filter(Application.warned_at.is_not(None))
    chosen = select(MONTH, Application.service, func.count(), announced).where(*_planned(offices))
    return session.execute(chosen.group_by(MONTH, Application.service).order_by(MONTH, Application.service)).all()


def page(
    session: Session,
    offices: Sequence[str] | None,
    *,
    since: datetime,
    until: datetime,
    service: str | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[Application]:
    """The applications that come to their day in a time, in that order; the bounds are aware, `until` is not in it."""
    in_time = (Application.erase_after >= since, Application.erase_after < until)
    chosen = select(Application).where(*_planned(offices), *in_time)
    if service is not None:
        chosen = chosen.where(Application.service == service)
    if after is not None:
        chosen = chosen.where(tuple_(Application.erase_after, Application.id) > after)
    return session.scalars(chosen.order_by(Application.erase_after, Application.id).limit(limit)).all()


def _planned(offices: Sequence[str] | None) -> tuple[ColumnElement[bool], ...]:
    real = Application.office.is_(None) | ~Application.office.startswith(TRAINING)  # exercises are nobody's data
    mine = real if offices is None else Application.office.in_(offices)
    return (Application.erased_at.is_(None), Application.erase_after.is_not(None), Application.state.in_(ENDED), mine)
