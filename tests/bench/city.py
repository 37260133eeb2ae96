"""A large city to search in: offices x 8 desks x 60 days x 10 hours; two weeks full, then 97 %, then 60 % taken.

Before these lie two free days: today, and a tomorrow on which the clock can be put to any time of an open day.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from backend.booking import stock
from backend.capacity import service as capacity

DESKS = 8
DAYS = 60
TOMORROW, NEARLY_FULL, THIN = 1, 20, 32  # days ahead: free, 97 % taken, 60 % taken from here on
KINDS = {TOMORROW: "free", NEARLY_FULL: "97 % taken", THIN: "60 % taken"}
SERVICE = "ausweis"

_CATALOGUE = (
    "INSERT INTO catalogue_state (version) VALUES (1) ON CONFLICT DO NOTHING",
    "INSERT INTO authority (slug, ars, name, position, active, content_hash, answers)"
    " VALUES ('stadt', '000000000000', 'Stadt', 1, true, '', '{}') ON CONFLICT DO NOTHING",
    "INSERT INTO life_situation (slug, position, active, content_hash, answers)"
    " VALUES ('alles', 1, true, '', '{}') ON CONFLICT DO NOTHING",
    "INSERT INTO service (slug, life_situation_id, bookable, short_concern, duration_minutes, further_person_minutes,"
    " max_quantity, position, active, content_hash)"
    " SELECT 'ausweis', id, true, false, 15, 10, 5, 1, true, '' FROM life_situation ON CONFLICT DO NOTHING",
)
_OFFICES = (
    "INSERT INTO office (slug, authority_id, kind, name, short_name, city, bookable, position, active, content_hash)"
    " SELECT 'amt-' || n, a.id, 'permanent', 'Amt ' || n, 'Amt ' || n, 'Stadt', true, n, true, ''"
    " FROM authority a, generate_series(CAST(:first AS int), CAST(:last AS int)) n",
    "INSERT INTO service_office SELECT s.id, o.id FROM service s, office o WHERE o.position BETWEEN :first AND :last",
    "INSERT INTO booking_rule (office_id, land, horizon_days, lead_minutes)"
    " SELECT id, 'BE', :days, 0 FROM office WHERE position BETWEEN :first AND :last",
    "INSERT INTO resource (office_id, kind, usage, number) SELECT o.id, 'standard', 'public', n"
    " FROM office o, generate_series(1, CAST(:desks AS int)) n WHERE o.position BETWEEN :first AND :last",
    "INSERT INTO extra_opening (office_id, kind, day, opens, closes, lanes_public, lanes_internal)"
    " SELECT id, 'standard', d, '08:00', '18:00', :desks, 0 FROM office,"
    " generate_series(current_date, current_date + CAST(:days AS int) + 1, interval '1 day') d"
    " WHERE position BETWEEN :first AND :last",
)
# which of the 40 quarter hours of a lane's day are taken is drawn, but the same in every run
_CLAIMS = """
    INSERT INTO claim (resource, during, live, state)
    SELECT r.id, tstzrange(s, s + interval '15 minutes'), tstzrange(clock_timestamp(), NULL), 'blocked'
    FROM resource r JOIN office o ON o.id = r.office_id,
         generate_series(2, CAST(:days AS int) + 1) d, generate_series(0, 39) q,
         LATERAL (SELECT current_date + d + time '08:00' + q * interval '15 minutes') AS local (wall),
         LATERAL (SELECT wall AT TIME ZONE 'Europe/Berlin') AS slot (s)
    WHERE o.position BETWEEN :first AND :last
    AND abs(hashint8(r.id * 100003 + d * 101 + q)::bigint) % 1000 <
        CASE WHEN d <= 15 THEN 1000 WHEN d < 32 THEN 970 ELSE 600 END
"""


def grow(owner: Engine, session: Session, first: int, last: int) -> int:
    """Add the offices with numbers first to last, their bookings and their read model; returns how many bookings."""
    with owner.begin() as connection:
        for statement in _CATALOGUE:
            connection.execute(text(statement))
        for statement in _OFFICES:
            connection.execute(text(statement), {"first": first, "last": last, "days": DAYS, "desks": DESKS})
        claims = _bulk_claims(connection, first, last)
    for office_id in capacity.bookable_office_ids(session)[first - 1 : last]:
        stock.rebuild(session, [office_id])
        session.commit()
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE lane_day"))
        connection.execute(text("VACUUM ANALYZE claim"))
    return claims


def _bulk_claims(connection: Connection, first: int, last: int) -> int:
    """The constraint is taken away and put back, so that its index is built in one go; it checks every row."""
    definition = connection.execute(
        text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ex_claim_resource_during_live'")
    ).scalar_one()
    connection.execute(text("ALTER TABLE claim DROP CONSTRAINT ex_claim_resource_during_live"))
    made = connection.execute(text(_CLAIMS), {"first": first, "last": last, "days": DAYS}).rowcount
    connection.execute(text(f"ALTER TABLE claim ADD CONSTRAINT ex_claim_resource_during_live {definition}"))
    return int(made)


_HOLDS = """
    INSERT INTO claim (resource, during, live, state, hold_id)
    SELECT id, tstzrange(:starts, :ends), tstzrange(t, t + interval '15 minutes'), 'held', gen_random_uuid()
    FROM resource CROSS JOIN clock_timestamp() AS t
"""


def hold_everywhere(owner: Engine, starts: datetime, ends: datetime) -> None:
    """Hold the same time at every desk of the city."""
    with owner.begin() as connection:
        connection.execute(text(_HOLDS), {"starts": starts, "ends": ends})


def release_all(owner: Engine) -> None:
    """Take all holds away, and what is left of them in the indexes until their time is over."""
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DELETE FROM claim WHERE state = 'held'"))
        connection.execute(text("VACUUM (INDEX_CLEANUP ON) claim"))
