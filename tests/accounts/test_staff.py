"""Staff: another issuer, another cookie, roles of today; no session of one side is worth anything on the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from tests.accounts.conftest import Browser

STAFF = "__Host-amtsweg-staff"


@pytest.fixture
def staff(new_browser: Callable[..., Browser]) -> Browser:
    return new_browser("staff")


@pytest.mark.parametrize(
    ("person", "roles", "offices"),
    [
        ("clerk-hb", ["clerk"], ["hb-mitte"]),
        ("lead-hb", ["clerk", "lead"], ["hb-mitte", "hb-nord"]),
        ("approver-hb", ["clerk", "second_approver"], ["hb-mitte", "hb-nord", "hb-sta"]),
        ("auditor", ["auditor"], []),
        ("phone", ["phone_agent"], None),
        ("administrator", ["administrator"], None),
    ],
)
def test_roles_and_offices_come_from_the_issuer(
    staff: Browser, person: str, roles: list[str], offices: list[str] | None
) -> None:
    assert staff.sign_in(person, "substantial") == "/amt"
    session = staff.session()
    assert (session["kind"], session["roles"]) == ("staff", roles)
    assert offices is None or session["offices"] == offices
    assert staff.cookie() is None
    assert len(staff.cookie(STAFF) or "") == 43


def test_staff_without_a_second_factor_stay_out(staff: Browser) -> None:
    assert "grund=failed" in staff.sign_in("clerk-hb", "basic")
    assert staff.cookie(STAFF) is None


def test_citizens_are_no_staff_and_staff_are_no_citizens(staff: Browser, browser: Browser) -> None:
    browser.sign_in()
    staff.sign_in("clerk-hb", "substantial")
    crossed = {STAFF: browser.cookie(), "__Host-amtsweg": staff.cookie(STAFF)}
    for name, value in crossed.items():
        browser.client.set_cookie(name, value or "")
    assert not browser.session()["signed_in"]
    assert browser.get("/api/v1/me").status_code == 401
    assert browser.get("/api/v1/auth/staff/sessions").status_code == 401
    assert browser.get("/api/v1/auth/staff/session").json["kind"] is None


def test_both_sides_live_beside_each_other_in_one_browser(browser: Browser) -> None:
    browser.sign_in()
    browser.side = "staff"
    browser.sign_in("clerk-hb", "substantial")
    assert browser.get("/api/v1/auth/citizen/session").json["kind"] == "citizen"
    assert browser.get("/api/v1/auth/staff/session").json["kind"] == "staff"
    browser.post("/api/v1/auth/staff/sign-out")
    assert browser.get("/api/v1/auth/citizen/session").json["signed_in"]
    assert not browser.get("/api/v1/auth/staff/session").json["signed_in"]


def test_staff_sessions_are_shorter_when_unused(staff: Browser, engine: Engine) -> None:
    staff.sign_in("clerk-hb", "substantial")
    with engine.connect() as connection:
        idle, absolute = connection.execute(
            text("SELECT expires_at - seen_at, absolute_until - created_at FROM account_session WHERE kind = 'staff'")
        ).fetchall()[-1]
    assert (idle.total_seconds(), absolute.total_seconds()) == (15 * 60, 10 * 3600)
    with engine.begin() as connection:
        connection.execute(text("UPDATE account_session SET expires_at = clock_timestamp() WHERE kind = 'staff'"))
    assert staff.get(staff.auth("sessions")).status_code == 401


def test_staff_prove_again_who_they_are(staff: Browser) -> None:
    staff.sign_in("lead-hb", "substantial")
    old = staff.cookie(STAFF)
    assert staff.step_up("lead-hb", "substantial", asked="substantial") == "/amt"
    assert staff.cookie(STAFF) != old
    assert staff.post(staff.auth("session/extend")).json["roles"] == ["clerk", "lead"]
    staff.post(staff.auth("sessions/end"))
    assert staff.post(staff.auth("sessions/end")).json == {"ended": 0}


def test_who_failed_can_take_another_account(staff: Browser) -> None:
    usual = staff.post(staff.auth("sign-in")).json["location"]
    again = staff.post(staff.auth("sign-in"), {"again": True}).json["location"]
    assert ("prompt=login" in usual, "prompt=login" in again) == (False, True)


def test_staff_data_hold_no_claims_of_the_service_account(staff: Browser) -> None:
    staff.sign_in("clerk-hb", "substantial")
    assert staff.get("/api/v1/me").status_code == 401
