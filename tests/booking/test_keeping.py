"""Names are forgotten in time, and the house can say whether all is in order."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import create_engine, text

from backend.booking.commands import verify
from backend.booking.service import invariants, retention
from backend.core.db import db
from backend.core.settings import Settings
from tests.booking.conftest import Citizen
from tests.booking.test_confirm import code_of
from tests.booking.world import at


def forget(app: Flask) -> None:
    with app.app_context():
        retention.forget(db.session(), whole_table=True)
        db.session.commit()


def broken(app: Flask) -> list[str]:
    with app.app_context():
        found = [each.rule for each in invariants.broken(db.session())]
        db.session.rollback()
        return found


def test_names_go_fourteen_days_after_the_visit(citizen: Citizen, app: Flask) -> None:
    old, young = citizen.booked(at(9), needs=["large_room"]), citizen.booked(at(10))
    citizen.sql(
        "UPDATE appointment SET starts_at = clock_timestamp() - interval '16 days',"
        " ends_at = clock_timestamp() - interval '15 days' WHERE cardinality(needs) = 1"
    )
    citizen.sql(
        "UPDATE claim SET during = tstzrange(lower(during) - interval '60 days', upper(during) - interval '60 days')"
    )
    forget(app)
    kept = citizen.sql(
        "SELECT family_name, email, contact_key, manage_hash, confirm_hash, erased_at IS NOT NULL"
        " FROM appointment ORDER BY starts_at"
    )
    assert kept[0] == (None, None, None, None, None, True)
    assert kept[1][0] == "Yılmaz"
    assert citizen.sql(
        "SELECT count(*) FROM appointment_secret s JOIN appointment a ON a.id = appointment_id"
        " WHERE erased_at IS NOT NULL"
    ) == [(0,)]
    assert code_of(citizen.get(old)) == (404, "not_found")
    assert citizen.get(young).status_code == 200
    assert citizen.sql("SELECT count(*) FROM claim") == [(0,)]
    assert citizen.sql("SELECT count(*) FROM claim_archive WHERE state = 'booked'") == [(3,)]
    citizen.sql("DELETE FROM claim_archive")


def test_never_confirmed_ones_go_after_a_day(citizen: Citizen, app: Flask) -> None:
    made = citizen.unconfirmed(at(9))
    citizen.make_late(made)
    forget(app)
    assert citizen.sql("SELECT erased_at FROM appointment") == [(None,)]
    citizen.sql("UPDATE appointment SET confirm_by = confirm_by - interval '25 hours'")
    citizen.sql("UPDATE hold SET expires_at = expires_at - interval '25 hours'")
    forget(app)
    assert citizen.sql("SELECT erased_at IS NOT NULL, email FROM appointment") == [(True, None)]
    assert citizen.sql("SELECT count(*) FROM hold") == [(0,)]


def test_in_order_after_everything_people_do(citizen: Citizen, app: Flask) -> None:
    citizen.hold(at(8))
    citizen.unconfirmed(at(9), needs=["sign_language"])
    made = citizen.booked(at(10), needs=["large_room"])
    citizen.act(made, "move", {"office": "nord", "starts_at": at(11).isoformat()})
    citizen.act(citizen.booked(at(12)), "cancel")
    assert broken(app) == []


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("UPDATE hold SET expires_at = expires_at - interval '1 minute'", "a hold counts longer than it was told"),
        ("UPDATE appointment SET confirm_by = confirm_by - interval '1 minute' WHERE state = 'unconfirmed'",
         "an unconfirmed time counts longer than it was told"),
        ("DELETE FROM claim WHERE state = 'booked'", "a confirmed appointment ahead is not at exactly one place"),
        ("UPDATE appointment SET state = 'cancelled', cancelled_at = now() WHERE state = 'booked'",
         "a booked claim belongs to no confirmed appointment"),
        ("DELETE FROM message WHERE kind = 'confirmed'", "a confirmed appointment was never told to its person"),
        ("UPDATE idempotency SET answer = NULL", "an answer was promised to a key and is missing"),
        ("UPDATE claim SET live = tstzrange(lower(live) + interval '1 hour', NULL) WHERE state = 'booked'",
         "a claim begins in the future: the clock was set back"),
        ("DELETE FROM claim WHERE state = 'booked'", "the read model differs from rules and claims"),
    ],
)  # fmt: skip
def test_every_rule_is_seen_to_break(citizen: Citizen, app: Flask, damage: str, rule: str) -> None:
    citizen.hold(at(8))
    citizen.unconfirmed(at(9))
    citizen.booked(at(10))
    citizen.sql(damage)
    assert rule in broken(app)
    citizen.sql("DELETE FROM idempotency")


def test_overlapping_claims_are_seen(citizen: Citizen, app: Flask, settings: Settings) -> None:
    citizen.booked(at(10))
    owner = create_engine(settings.database_owner_url)
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE claim DROP CONSTRAINT ex_claim_resource_during_live"))
        connection.execute(
            text(
                "INSERT INTO claim (resource, during, live, state)"
                " SELECT resource, during, tstzrange(lower(live), NULL), 'blocked' FROM claim"
            )
        )
    try:
        assert "two claims of one resource overlap while both count" in broken(app)
    finally:
        with owner.begin() as connection:
            connection.execute(text("DELETE FROM claim"))
            connection.execute(
                text(
                    "ALTER TABLE claim ADD CONSTRAINT ex_claim_resource_during_live"
                    " EXCLUDE USING gist (resource WITH =, during WITH &&, live WITH &&)"
                )
            )
        owner.dispose()


def test_the_command_says_it(citizen: Citizen, app: Flask) -> None:
    made = citizen.booked(at(10))
    assert CliRunner().invoke(verify, obj=lambda: app).exit_code == 0
    citizen.sql("DELETE FROM claim WHERE state = 'booked'")
    done = CliRunner().invoke(verify, obj=lambda: app)
    assert done.exit_code == 1
    assert "a confirmed appointment ahead is not at exactly one place: 1" in done.output
    assert made["reference"] not in done.output
