"""Move an appointment in one transaction: it is at exactly one place at any instant, the old one if the new is gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Text, Uuid, bindparam, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.booking import queries, rules
from backend.booking.errors import AppointmentCancelled, AppointmentOver, NotConfirmed
from backend.booking.models import INSTANT
from backend.booking.service import origin, secrets, stock
from backend.booking.service.cancel import release_delay
from backend.booking.service.confirm import expired
from backend.booking.service.entry import admit
from backend.booking.service.messages import send
from backend.booking.service.view import view
from backend.booking.service.visit import Visit, lock_and_take, plan_visit, slot_taken
from backend.booking.types import AppointmentView
from backend.capacity import service as capacity
from backend.notifications.types import MessageKind

_MOVED = text(
    """
    UPDATE appointment SET office = :office, starts_at = :starts, ends_at = :ends, sequence = sequence + 1,
        updated_at = clock_timestamp()
    WHERE id = :appointment RETURNING *, clock_timestamp() AS now
    """
).bindparams(
    bindparam("appointment", type_=Uuid),
    bindparam("office", type_=Text),
    bindparam("starts", type_=INSTANT),
    bindparam("ends", type_=INSTANT),
)


def move_appointment(
    session: Session, reference: str, secret: str | None, target: Mapping[str, Any]
) -> AppointmentView:
    """Move to another office or time (`target`: office, starts_at); to where it is already: nothing changes.

    Raises NotFound, Invalid, NotConfirmed, AppointmentCancelled, AppointmentOver, ConfirmationExpired, SlotTaken.
    """
    row = admit(session, reference, secret)
    _check_state(session, row)
    if (row.office, row.starts_at) == (target["office"], target["starts_at"]):
        return view(session, row)
    visit = plan_visit(session, queries.services_of(session, row.id), target["office"], target["starts_at"], row.needs)
    if not (_shift(session, row, visit) or _go_elsewhere(session, row, visit)):
        raise slot_taken(session, visit)
    starts_at, ends_at = visit.period
    values = {"appointment": row.id, "office": visit.office, "starts": starts_at, "ends": ends_at}
    moved = session.execute(_MOVED, values).one()
    send(session, moved, MessageKind.MOVED, {"manage": secrets.add_secret(session, row.id, "manage")})
    origin.tell(session, moved, "moved")
    return view(session, moved)


def _check_state(session: Session, row: Row[Any]) -> None:
    state = rules.state_at(row.state, row.confirm_by, row.now)
    if state == "expired":
        raise expired(session, row)
    if state == "unconfirmed":
        raise NotConfirmed
    if state == "cancelled":
        raise AppointmentCancelled
    if row.starts_at <= row.now:
        raise AppointmentOver


def _shift(session: Session, row: Row[Any], visit: Visit) -> bool:
    """A few minutes earlier or later at the same desks: one UPDATE, because two claims of one desk cannot overlap.

    The rest of the old time is free at once, without the random delay of a cancelled time: the claim has one period.
    """
    if row.office != visit.office or not rules.overlap((row.starts_at, row.ends_at), visit.period):
        return False
    old = stock.claims_of(session, row.id, "booked")
    if not all(capacity.is_open(session, resource, *visit.period) for resource, _, _ in old):
        return False
    savepoint = session.begin_nested()
    lanes = capacity.lock_periods(session, [*old, *((resource, *visit.period) for resource, _, _ in old)])
    stock.end_own_delays(session, row.id, visit.period)
    try:
        stock.shift(session, row.id, visit.period)
    except IntegrityError:  # somebody else is there
        savepoint.rollback()
        return False
    for resource, starts_at, ends_at in old:
        lanes.vacate(resource, starts_at, ends_at)
        lanes.occupy(resource, *visit.period)
    savepoint.commit()
    return True


def _go_elsewhere(session: Session, row: Row[Any], visit: Visit) -> bool:
    """Close the old claims, take new ones; when nothing is free everything is as before."""
    savepoint = session.begin_nested()
    old = stock.claims_of(session, row.id, "booked")
    stock.close(session, row.id, ["booked"], "moved", release_delay())
    if lock_and_take(session, visit, row.id, old) is None:
        savepoint.rollback()
        return False
    savepoint.commit()
    return True
