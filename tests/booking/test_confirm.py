"""The time between booking and confirmation: who may confirm, until when, sending again, correcting, more time."""

from __future__ import annotations

import pytest

from tests.booking.conftest import Citizen
from tests.booking.test_hold import codes
from tests.booking.world import at


def code_of(answer: object) -> tuple[int, str]:
    status: int = answer.status_code  # type: ignore[attr-defined]  # a test response
    body = answer.json  # type: ignore[attr-defined]  # a test response
    return status, body["code"]


def test_a_second_click_is_the_same_answer(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9))
    secret = citizen.mailed(made, "confirm")
    answers = [citizen.act(made, "confirm", secret=secret).json for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0] is not None
    assert answers[0]["state"] == "booked"
    assert citizen.messages(made) == ["confirm_request", "confirmed"]
    opened = citizen.get(made, secret=answers[0]["secret"])
    assert opened.status_code == 200


def test_the_secret_of_the_page_confirms_nothing(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9))
    assert code_of(citizen.act(made, "confirm")) == (404, "not_found")
    assert code_of(citizen.get(made, secret=citizen.mailed(made, "confirm"))) == (404, "not_found")


def test_too_late_offers_other_times(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9))
    secret = citizen.mailed(made, "confirm")
    citizen.make_late(made)
    late = citizen.act(made, "confirm", secret=secret)
    assert code_of(late) == (410, "confirmation_expired")
    assert late.json is not None
    assert late.json["alternatives"][0]["starts_at"] == at(9).isoformat()
    seen = citizen.get(made).json
    assert seen is not None
    assert (seen["state"], seen["confirm_by"]) == ("expired", None)
    for what, body in (
        ("resend-confirmation", None),
        ("extend", None),
        ("contact", {"contact": {"email": "a@example.org"}}),
    ):
        assert code_of(citizen.act(made, what, body)) == (410, "confirmation_expired")
    assert code_of(citizen.act(made, "cancel")) == (409, "appointment_over")


def test_a_time_lost_meanwhile_is_not_confirmed(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9), office="nord")
    secret = citizen.mailed(made, "confirm")
    citizen.make_late(made)
    for _ in range(2):
        assert citizen.hold(at(9), office="nord").status_code == 201
    assert code_of(citizen.act(made, "confirm", secret=secret)) == (410, "confirmation_expired")


def test_sent_again_both_links_work(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9))
    first = citizen.mailed(made, "confirm")
    assert citizen.act(made, "resend-confirmation").status_code == 200
    assert citizen.messages(made) == ["confirm_request", "confirm_request"]
    assert citizen.mailed(made, "confirm") != first
    assert citizen.act(made, "confirm", secret=first).status_code == 200


def test_a_corrected_contact_makes_the_old_link_worthless(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9), email="falsch@example.org")
    wrong = citizen.mailed(made, "confirm")
    before = citizen.sql("SELECT upper(live) FROM claim")
    fixed = citizen.act(made, "contact", {"contact": {"email": "richtig@example.org"}})
    assert fixed.status_code == 200, fixed.json
    assert (fixed.json or {})["contact"] == {"email": "richtig@example.org", "mobile": None}
    assert citizen.sql("SELECT upper(live) FROM claim") == before
    assert code_of(citizen.act(made, "confirm", secret=wrong)) == (404, "not_found")
    assert citizen.confirm(made).status_code == 200


def test_the_name_cannot_be_corrected(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9))
    body = {"contact": {"email": "a@example.org"}, "person": {"family_name": "Anders"}}
    assert codes(citizen.act(made, "contact", body)) == [("/person", "unknown_field")]


def test_more_time_ten_times(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9))
    for left in range(9, -1, -1):
        more = citizen.act(made, "extend").json
        assert more is not None
        assert more["extensions_left"] == left
    assert code_of(citizen.act(made, "extend")) == (409, "no_extensions_left")
    assert citizen.sql("SELECT count(*) FROM claim JOIN appointment a ON confirm_by = upper(live)")[0][0] == 1


@pytest.mark.parametrize("what", ["resend-confirmation", "extend", "contact"])
def test_nothing_of_this_after_the_confirmation(citizen: Citizen, what: str) -> None:
    made = citizen.booked(at(9))
    body = {"contact": {"email": "a@example.org"}} if what == "contact" else None
    assert code_of(citizen.act(made, what, body)) == (409, "already_confirmed")


def test_the_read_model_knows_booked_times_only(citizen: Citizen) -> None:
    taken = "SELECT count(*) FROM lane_day WHERE taken <> decode(repeat('00', octet_length(taken)), 'hex')"
    made = citizen.unconfirmed(at(9), needs=["large_room"])
    assert citizen.sql(taken)[0][0] == 0
    assert citizen.confirm(made).status_code == 200
    assert citizen.sql(taken)[0][0] == 2
    assert citizen.act(made, "cancel").status_code == 200
    assert citizen.sql(taken)[0][0] == 0
