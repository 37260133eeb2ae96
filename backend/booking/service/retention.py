"""Forget in time: names and contacts, used holds and links, ended claims. Hygiene; no other part relies on it."""

from __future__ import annotations

from sqlalchemy import Boolean, Integer, Interval, bindparam, text
from sqlalchemy.orm import Session

from backend.booking import rules
from backend.booking.service import origin

BATCH = 1000

_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtext('booking retention'))")
_PERIODS = (
    bindparam("after_visit", rules.KEPT_AFTER_VISIT, type_=Interval),
    bindparam("unconfirmed", rules.KEPT_UNCONFIRMED, type_=Interval),
    bindparam("batch", BATCH, type_=Integer),
)
_ERASE = text(
    """
    WITH due AS (
        SELECT id FROM appointment WHERE erased_at IS NULL AND (ends_at < clock_timestamp() - :after_visit
            OR state = 'unconfirmed' AND confirm_by < clock_timestamp() - :unconfirmed
            OR confirmed_at IS NULL AND cancelled_at < clock_timestamp() - :unconfirmed)
        LIMIT :batch FOR UPDATE SKIP LOCKED
    ), worthless AS (
        DELETE FROM appointment_secret USING due WHERE appointment_id = due.id
    )
    UPDATE appointment SET given_name = NULL, family_name = NULL, name_search = NULL, email = NULL, mobile = NULL,
        contact_key = NULL, needs = '{}', request_hash = '', manage_hash = NULL, confirm_hash = NULL,
        erased_at = clock_timestamp()
    FROM due WHERE appointment.id = due.id
    """
).bindparams(*_PERIODS)
_DROP_HOLDS = text(
    """
    DELETE FROM hold WHERE id IN (
        SELECT id FROM hold WHERE expires_at < clock_timestamp() - :unconfirmed LIMIT :batch FOR UPDATE SKIP LOCKED
    )
    """
).bindparams(*_PERIODS[1:])
_DROP_SECRETS = text("DELETE FROM appointment_secret WHERE expires_at < clock_timestamp()")
# the second branch reads the whole table, so it is due in the first minute of an hour only (now() is asked just once)
_ARCHIVE = text(
    """
    WITH ended AS (
        DELETE FROM claim WHERE id IN (
            SELECT id FROM claim WHERE NOT upper_inf(live) AND upper(live) < clock_timestamp() - :unconfirmed
            UNION ALL
            SELECT id FROM claim WHERE (:whole_table OR extract(minute FROM now()) = 0)
            AND upper(during) < clock_timestamp() - :after_visit
            LIMIT :batch
        ) RETURNING id, resource, during, live, state
    )
    INSERT INTO claim_archive (id, resource, during, live, state) SELECT * FROM ended ON CONFLICT DO NOTHING
    """
).bindparams(*_PERIODS, bindparam("whole_table", type_=Boolean))


def forget(session: Session, *, whole_table: bool = False) -> None:
    """One round of at most a thousand rows each, by one worker at a time.

    Names and contacts go 14 days after the visit, of never confirmed appointments one day after; their rows stay for
    statistics. Holds go a day after their end. Ended claims move to the archive, where nothing leads to a person; past
    ones that still count are looked for once an hour, or when `whole_table` asks for it.
    """
    if session.execute(_ALONE).scalar_one():
        for statement in (_ERASE, _DROP_HOLDS, _DROP_SECRETS):
            session.execute(statement)
        origin.forget(session)
        session.execute(_ARCHIVE, {"whole_table": whole_table})
