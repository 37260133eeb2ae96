"""Taking and giving back resources: the only writer of the claims of holds and appointments.

The exclusion constraint is the truth; nothing here looks and then inserts. Order of locks: appointment, contact, lane
days, claims by ascending resource: one order for everybody, so nobody waits the wrong way round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Interval, Text, Uuid, bindparam, text
from sqlalchemy.orm import Session

from backend.booking.models import INSTANT
from backend.core.sql import Statement

Period = tuple[datetime, datetime]

# t is the database's time at this instant (now() stands still in a transaction). A clock that was set back could find
# the time free before its booking began: the guard looks for any claim that ends later, whenever it began.
_TAKE = """
    INSERT INTO claim (resource, during, live, state, hold_id, appointment_id)
    SELECT lane.id, wanted, tstzrange(t, coalesce(%(until)s::timestamptz, t + %(kept)s::interval)),
        %(state)s::text, %(hold)s::uuid, %(appointment)s::uuid
    FROM clock_timestamp() AS t, tstzrange(%(starts)s::timestamptz, %(ends)s::timestamptz) AS wanted, {lane} AS lane
    WHERE NOT EXISTS (
        SELECT FROM claim AS other
        WHERE other.resource = lane.id
        AND other.during && tstzrange(%(starts)s::timestamptz, %(ends)s::timestamptz)
        AND (upper_inf(other.live) OR upper(other.live) > t)
    )
    ON CONFLICT ON CONSTRAINT ex_claim_resource_during_live DO NOTHING
    RETURNING upper(live) AS until
"""
_NAMED = _TAKE.format(lane="(SELECT %(resource)s::bigint AS id)")
# one of the desks that the read model calls free, of the first kind that has any, if the office takes bookings then
_ANY = _TAKE.format(
    lane="""(
        SELECT resource_id AS id FROM booking_rule JOIN lane_day USING (office_id), clock_timestamp() AS now
        WHERE office_id = %(office_id)s::bigint AND day = %(day)s::date AND usage = 'public'
        AND kind = ANY(%(kinds)s::text[]) AND %(starts)s::timestamptz >= now + lead_minutes * interval '1 minute'
        AND %(day)s::date <= (now AT TIME ZONE 'Europe/Berlin')::date + horizon_days
        AND NOT EXISTS (
            SELECT FROM generate_series(%(first)s::integer, %(end)s::integer - 1) AS cell WHERE get_bit(free, cell) = 0
        )
        ORDER BY array_position(%(kinds)s::text[], kind), random() LIMIT 1
    )"""
)
# the hold's own row with the last of its claims; it also counts what the address range kept before, up to `most`
_HOLD = """
    WITH taken AS ({taken})
    INSERT INTO hold (id, secret_hash, office, starts_at, ends_at, services, needs, language, range_key, expires_at)
    SELECT %(hold)s::uuid, %(secret)s::bytea, %(office)s::text, %(starts)s::timestamptz, %(ends)s::timestamptz,
        %(services)s::jsonb, %(needs)s::text[], %(language)s::text, %(range)s::bytea, taken.until FROM taken
    RETURNING expires_at AS until, (SELECT count(*) FROM (
        SELECT FROM hold WHERE range_key = %(range)s::bytea AND open AND expires_at > clock_timestamp()
        LIMIT %(most)s::integer
    ) AS kept) AS others
"""
_TAKE_ONE = Statement(_NAMED)
_TAKE_LAST = Statement(_HOLD.format(taken=_NAMED))
_TAKE_ANY = Statement(_HOLD.format(taken=_ANY))

_OF_APPOINTMENT = text(
    """
    SELECT resource, lower(during) AS starts, upper(during) AS ends FROM claim
    WHERE appointment_id = :appointment AND state = :state AND (upper_inf(live) OR upper(live) > clock_timestamp())
    ORDER BY resource
    """
).bindparams(bindparam("appointment", type_=Uuid), bindparam("state", type_=Text))

# an end may only come earlier; the microsecond keeps the range from being empty
_CLOSE = text(
    """
    UPDATE claim SET state = :closed, live = tstzrange(lower(live), least(coalesce(upper(live), 'infinity'),
        greatest(t, lower(live) + interval '1 microsecond') + :delay))
    FROM clock_timestamp() AS t
    WHERE appointment_id = :appointment AND state = ANY(:states) AND (upper_inf(live) OR upper(live) > t)
    """
).bindparams(
    bindparam("appointment", type_=Uuid),
    bindparam("closed", type_=Text),
    bindparam("states", type_=ARRAY(Text)),
    bindparam("delay", type_=Interval),
)

_RETAKE = text(
    """
    UPDATE claim SET live = tstzrange(lower(live), greatest(t, lower(live) + interval '1 microsecond'))
    FROM clock_timestamp() AS t
    WHERE appointment_id = :appointment AND state IN ('moved', 'cancelled') AND upper(live) > t
    AND during && tstzrange(:starts, :ends)
    RETURNING resource
    """
).bindparams(bindparam("appointment", type_=Uuid), bindparam("starts", type_=INSTANT), bindparam("ends", type_=INSTANT))

_CONFIRM = text(
    """
    UPDATE claim SET state = 'booked', live = tstzrange(lower(live), NULL)
    FROM clock_timestamp() AS t
    WHERE appointment_id = :appointment AND state = 'unconfirmed' AND upper(live) > t
    """
).bindparams(bindparam("appointment", type_=Uuid))

_SHIFT = text(
    """
    UPDATE claim SET during = tstzrange(:starts, :ends)
    WHERE appointment_id = :appointment AND state = 'booked'
    """
).bindparams(bindparam("appointment", type_=Uuid), bindparam("starts", type_=INSTANT), bindparam("ends", type_=INSTANT))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a claim is for; `kept` None = without end; `hold` = the other values of the hold that is written with it."""

    period: Period
    state: str
    kept: timedelta | None
    hold_id: UUID | None = None
    appointment_id: UUID | None = None
    hold: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The resources that were taken, until when (None = without end), and how many holds the address range had."""

    resources: tuple[int, ...]
    until: datetime | None
    others: int = 0


@dataclass(frozen=True, slots=True)
class Desks:
    """Desks of an office on a local day: the kinds that will do, narrowest first, and the cells that must be free."""

    office_id: int
    day: date
    kinds: Sequence[str]
    first: int
    end: int


def hold_a_desk(session: Session, desks: Desks, wanted: Wanted) -> Taken | None:
    """Hold one free desk by one statement; None when somebody holds the drawn one, or there is anything to explain."""
    values = {
        **_values(wanted),
        "office_id": desks.office_id,
        "day": desks.day,
        "kinds": f"{{{','.join(desks.kinds)}}}",  # an array as PostgreSQL writes it (plain words only)
        "first": desks.first,
        "end": desks.end,
    }
    row = _TAKE_ANY.first(session, values)
    return None if row is None else Taken((), row.until, row.others)


def take_any(session: Session, sets: Sequence[tuple[int, ...]], wanted: Wanted) -> Taken | None:
    """Take the first set of resources that is free as a whole; None when none is. Ids ascend in each set."""
    for resources in sets:
        if len(resources) == 1:
            taken = _take_all(session, resources, wanted)
        else:
            taken = _take_together(session, resources, wanted)
        if taken is not None:
            return taken
    return None


def _take_together(session: Session, resources: tuple[int, ...], wanted: Wanted) -> Taken | None:
    savepoint = session.begin_nested()
    taken = _take_all(session, resources, wanted)
    if taken is None:
        savepoint.rollback()
    else:
        savepoint.commit()
    return taken


def _take_all(session: Session, resources: tuple[int, ...], wanted: Wanted) -> Taken | None:
    values = _values(wanted)
    row: Any = None
    for resource in resources:
        last = wanted.hold is not None and resource == resources[-1]
        row = (_TAKE_LAST if last else _TAKE_ONE).first(session, {**values, "resource": resource})
        if row is None:
            return None
        values["until"] = row.until  # all claims of one visit end at the same microsecond
    return Taken(resources, row.until, row.others if wanted.hold is not None else 0)


def _values(wanted: Wanted) -> dict[str, Any]:
    return {
        "starts": wanted.period[0],
        "ends": wanted.period[1],
        "kept": wanted.kept,
        "until": None,
        "state": wanted.state,
        "hold": wanted.hold_id,
        "appointment": wanted.appointment_id,
        **(wanted.hold or {}),
    }


def claims_of(session: Session, appointment_id: UUID, state: str) -> list[tuple[int, datetime, datetime]]:
    """(resource, start, end) of the living claims of an appointment in a state, by resource."""
    rows = session.execute(_OF_APPOINTMENT, {"appointment": appointment_id, "state": state})
    return [(row.resource, row.starts, row.ends) for row in rows]


def close(session: Session, appointment_id: UUID, states: Sequence[str], closed: str, delay: timedelta) -> None:
    """End the living claims of an appointment now, or after a delay; an end never moves later."""
    values = {"appointment": appointment_id, "states": list(states), "closed": closed, "delay": delay}
    session.execute(_CLOSE, values)


def end_own_delays(session: Session, appointment_id: UUID, period: Period) -> tuple[int, ...]:
    """End now what this appointment has given back in a period but others may not see yet; returns the resources."""
    values = {"appointment": appointment_id, "starts": period[0], "ends": period[1]}
    return tuple(sorted(row.resource for row in session.execute(_RETAKE, values)))


def make_endless(session: Session, appointment_id: UUID) -> int:
    """Turn the living unconfirmed claims of an appointment into booked ones; returns how many."""
    return int(session.execute(_CONFIRM, {"appointment": appointment_id}).rowcount)  # type: ignore[attr-defined]  # of an UPDATE


def shift(session: Session, appointment_id: UUID, period: Period) -> None:
    """Move the booked claims within their resources; raises IntegrityError when somebody else is there."""
    session.execute(_SHIFT, {"appointment": appointment_id, "starts": period[0], "ends": period[1]})
