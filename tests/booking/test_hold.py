"""Keeping a time: what is refused, how long it lasts, that it is free again at that instant."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.booking.conftest import Citizen
from tests.booking.world import at, workday


def codes(answer: Any) -> list[tuple[str, str]]:
    return [(error["pointer"], error["code"]) for error in answer.json["errors"]]


def test_every_five_minutes_can_be_held(citizen: Citizen) -> None:
    assert citizen.hold(at(9, 5)).status_code == 201
    answer = citizen.hold(at(9, 7))
    assert answer.status_code == 422
    assert codes(answer) == [("/starts_at", "not_on_grid")]


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"services": [{"service": "ausweis", "quantity": 0}]}, "/services/0/quantity", "too_small"),
        ({"services": [{"service": "ausweis", "quantity": 10_000}]}, "/services/0/quantity", "too_many"),
        ({"services": [{"service": "ausweis", "quantity": "2"}]}, "/services/0/quantity", "invalid"),
        ({"services": []}, "/services", "required"),
        ({"services": [{"service": "gibt-es-nicht", "quantity": 1}]}, "/services/0/service", "unknown_service"),
        ({"office": "gibt-es-nicht"}, "/office", "unknown_office"),
        ({"services": [{"service": "kfz", "quantity": 1}]}, "/office", "not_offered"),
        ({"language": "xx"}, "/language", "not_allowed"),
        ({"needs": ["sauna"]}, "/needs/0", "not_allowed"),
        ({"starts_at": "2026-12-01T09:00:00"}, "/starts_at", "invalid"),
        ({"starts_at": "morgen"}, "/starts_at", "invalid"),
        ({"starts_at": "9999-12-31T23:55:00-14:00"}, "/starts_at", "too_far"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "/starts_at", "in_the_past"),
        ({"starts_at": "2020-01-01T09:00:00+01:00"}, "/starts_at", "in_the_past"),
        ({"surprise": 1}, "/surprise", "unknown_field"),
    ],
)
def test_a_bad_wish_names_the_value(citizen: Citizen, changes: dict[str, Any], pointer: str, code: str) -> None:
    answer = citizen.hold(at(9), **changes)
    assert answer.status_code == 422
    assert (pointer, code) in codes(answer)


def test_services_that_do_not_go_together(citizen: Citizen) -> None:
    both = [{"service": "kfz", "quantity": 1}, {"service": "ausweis", "quantity": 1}]
    answer = citizen.hold(at(9), office="nord", services=both)
    assert answer.status_code == 422
    assert codes(answer) == [("/services/1/service", "not_combinable")]


def test_beyond_the_horizon(citizen: Citizen) -> None:
    answer = citizen.hold(at(9, days_ahead=70))
    assert codes(answer) == [("/starts_at", "too_far")]


def test_the_family_takes_longer(citizen: Citizen) -> None:
    held = citizen.hold(at(9), services=[{"service": "ausweis", "quantity": 3}, {"service": "umzug", "quantity": 1}])
    assert held.json is not None
    assert held.json["ends_at"] == at(9, 45).isoformat()


def test_a_taken_time_offers_others(citizen: Citizen) -> None:
    for _ in range(2):
        assert citizen.hold(at(9), office="nord").status_code == 201
    answer = citizen.hold(at(9), office="nord")
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["code"] == "slot_taken"
    offered = answer.json["alternatives"]
    assert 1 <= len(offered) <= 5
    assert at(9).isoformat() not in [slot["starts_at"] for slot in offered]
    first = offered[0]
    assert set(first) == {"office", "starts_at", "ends_at"}
    retry = citizen.post(
        "/holds",
        {
            "services": [{"service": "ausweis", "quantity": 1}],
            "office": first["office"],
            "starts_at": first["starts_at"],
        },
        key=uuid4().hex,
    )
    assert retry.status_code == 201, retry.json


def test_a_closure_is_taken(citizen: Citizen) -> None:
    values = {"day": workday(), "office": "nord"}
    citizen.sql(
        "UPDATE lane_day SET free = decode(repeat('00', octet_length(free)), 'hex'), first_1 = NULL, first_2 = NULL,"
        " first_3 = NULL, first_4 = NULL, first_6 = NULL, first_9 = NULL,"
        " open = decode(repeat('00', octet_length(open)), 'hex')"
        " WHERE day = :day AND office_id = (SELECT id FROM office WHERE slug = :office)",
        **values,
    )
    try:
        assert citizen.hold(at(9), office="nord").status_code == 409
    finally:
        citizen.sql("DELETE FROM lane_day WHERE day = :day", day=workday())


def test_needs_are_claimed_with_the_desk(citizen: Citizen) -> None:
    assert citizen.hold(at(9), needs=["sign_language"]).status_code == 201
    assert citizen.hold(at(9)).status_code == 201
    assert citizen.hold(at(9), needs=["sign_language"]).status_code == 409  # there is one interpreter
    assert citizen.hold(at(9), needs=["large_room"]).status_code == 201
    assert citizen.hold(at(9, 15), needs=["sign_language", "large_room"]).status_code == 201


def test_short_concerns_use_the_short_desk_first(citizen: Citizen) -> None:
    held = [citizen.hold(at(9), office="nord", services=[{"service": "umzug", "quantity": 1}]) for _ in range(4)]
    assert [answer.status_code for answer in held] == [201, 201, 201, 409]
    kinds = citizen.sql("SELECT kind FROM claim JOIN resource ON resource.id = resource ORDER BY claim.id")
    assert [row[0] for row in kinds] == ["short", "standard", "standard"]


def test_ten_extensions_of_a_full_period(citizen: Citizen) -> None:
    held = citizen.hold(at(9)).json
    assert held is not None
    path = f"/holds/{held['hold_id']}/extend"
    for left in range(9, -1, -1):
        answer = citizen.post(path, secret=held["secret"])
        assert answer.status_code == 200
        assert answer.json is not None
        assert answer.json["extensions_left"] == left
        assert answer.json["expires_at"] > held["expires_at"]
    over = citizen.post(path, secret=held["secret"])
    assert (over.status_code, over.json and over.json["code"]) == (409, "no_extensions_left")


def test_an_expired_hold_is_free_at_that_instant(citizen: Citizen) -> None:
    held = [citizen.hold(at(9), office="nord").json for _ in range(2)]
    assert citizen.hold(at(9), office="nord").status_code == 409
    citizen.sql("UPDATE claim SET live = tstzrange(lower(live) - interval '1 hour', clock_timestamp())")
    citizen.sql("UPDATE hold SET expires_at = clock_timestamp()")
    assert citizen.hold(at(9), office="nord").status_code == 201
    for old in held:
        assert old is not None
        assert citizen.post(f"/holds/{old['hold_id']}/extend", secret=old["secret"]).status_code == 410
        assert citizen.post(f"/holds/{old['hold_id']}/release", secret=old["secret"]).status_code == 410
        assert citizen.post("/appointments", citizen.booking(old)).status_code == 410


def test_release_is_repeatable(citizen: Citizen) -> None:
    held, _ = [citizen.hold(at(9), office="nord").json for _ in range(2)]
    assert held is not None
    for _ in range(2):
        assert citizen.post(f"/holds/{held['hold_id']}/release", secret=held["secret"]).status_code == 204
    assert citizen.hold(at(9), office="nord").status_code == 201
    assert citizen.post(f"/holds/{held['hold_id']}/extend", secret=held["secret"]).status_code == 410
    assert citizen.post("/appointments", citizen.booking(held)).status_code == 410


def test_foreign_secrets_and_holds_look_alike(citizen: Citizen) -> None:
    held, other = citizen.hold(at(9)).json, citizen.hold(at(10)).json
    assert held is not None
    assert other is not None
    for what in ("extend", "release"):
        for hold_id, secret in ((held["hold_id"], other["secret"]), (uuid4(), held["secret"]), (held["hold_id"], "")):
            answer = citizen.post(f"/holds/{hold_id}/{what}", secret=secret)
            assert (answer.status_code, answer.json and answer.json["code"]) == (404, "not_found")


def test_the_key_is_demanded_and_gives_one_hold(citizen: Citizen) -> None:
    body = {"services": [{"service": "ausweis", "quantity": 1}], "office": "mitte", "starts_at": at(9).isoformat()}
    missing = citizen.client.post("/api/v1/holds", json=body)
    assert (missing.status_code, missing.json and missing.json["code"]) == (400, "idempotency_key_missing")
    key = uuid4().hex
    first, second = citizen.hold(at(9), key=key), citizen.hold(at(9), key=key)
    assert first.json == second.json
    assert citizen.sql("SELECT count(*) FROM claim")[0][0] == 1
    other = citizen.hold(at(10), key=key)
    assert (other.status_code, other.json and other.json["code"]) == (422, "idempotency_key_reused")


def test_a_hold_ends_before_its_claims_do_not(citizen: Citizen) -> None:
    citizen.hold(at(9), needs=["sign_language"])
    ends = citizen.sql("SELECT DISTINCT upper(live) FROM claim UNION SELECT expires_at FROM hold")
    assert len(ends) == 1
    kept = citizen.sql("SELECT expires_at - created_at FROM hold")[0][0]
    assert timedelta(minutes=14, seconds=55) < kept <= timedelta(minutes=15)
