"""Moving, cancelling, taking back: never without a place, never at two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import create_engine

from backend.core.settings import Settings
from tests.booking import world
from tests.booking.conftest import Citizen
from tests.booking.test_confirm import code_of
from tests.booking.world import at


def places(citizen: Citizen) -> list[tuple[str, str]]:
    """Where the booked claims are: office and local start."""
    return [
        (row[0], row[1].isoformat())
        for row in citizen.sql(
            "SELECT office.slug, timezone('Europe/Berlin', lower(during)) FROM claim JOIN resource r ON r.id = resource"
            " JOIN office ON office.id = office_id WHERE state = 'booked' ORDER BY 2"
        )
    ]


def test_the_old_time_is_kept_when_the_new_one_is_gone(citizen: Citizen) -> None:
    made = citizen.booked(at(9))
    for _ in range(2):
        citizen.booked(at(10), office="nord")
    before = places(citizen)
    answer = citizen.act(made, "move", {"office": "nord", "starts_at": at(10).isoformat()})
    assert code_of(answer) == (409, "slot_taken")
    assert (answer.json or {})["alternatives"]
    assert places(citizen) == before
    assert (citizen.get(made).json or {})["sequence"] == 0
    assert "moved" not in citizen.messages(made)


def test_moving_frees_the_old_time(citizen: Citizen) -> None:
    made = citizen.booked(at(9), office="nord")
    citizen.booked(at(9), office="nord")
    assert citizen.hold(at(9), office="nord").status_code == 409
    assert citizen.act(made, "move", {"office": "nord", "starts_at": at(11).isoformat()}).status_code == 200
    assert citizen.hold(at(9), office="nord").status_code == 201
    assert len(places(citizen)) == 2


def test_five_minutes_later_at_the_same_desk(citizen: Citizen) -> None:
    made = citizen.booked(at(9), office="nord")
    other = citizen.booked(at(9), office="nord")
    moved = citizen.act(made, "move", {"office": "nord", "starts_at": at(9, 5).isoformat()})
    assert moved.status_code == 200, moved.json
    again = citizen.act(other, "move", {"office": "nord", "starts_at": at(9, 5).isoformat()})
    assert again.status_code == 200
    assert citizen.hold(at(9, 5), office="nord").status_code == 409
    assert citizen.hold(at(9, 20), office="nord").status_code == 201


def test_to_where_it_is_already(citizen: Citizen) -> None:
    made = citizen.booked(at(9))
    answer = citizen.act(made, "move", {"office": "mitte", "starts_at": at(9).isoformat()})
    assert (answer.json or {})["sequence"] == 0


def test_needs_move_along(citizen: Citizen) -> None:
    made = citizen.booked(at(9), needs=["sign_language"])
    assert citizen.act(made, "move", {"office": "nord", "starts_at": at(10).isoformat()}).status_code == 200
    assert len(places(citizen)) == 2
    assert citizen.hold(at(9), needs=["sign_language"]).status_code == 201
    assert citizen.hold(at(10), office="nord", needs=["sign_language"]).status_code == 409


def test_only_where_the_service_is_offered(citizen: Citizen) -> None:
    made = citizen.booked(at(9), office="nord", services=[{"service": "kfz", "quantity": 1}])
    answer = citizen.act(made, "move", {"office": "mitte", "starts_at": at(10).isoformat()})
    assert (answer.status_code, (answer.json or {})["errors"][0]["code"]) == (422, "not_offered")


def test_states_that_cannot_be_moved(citizen: Citizen) -> None:
    target = {"office": "mitte", "starts_at": at(10).isoformat()}
    waiting = citizen.unconfirmed(at(9))
    assert code_of(citizen.act(waiting, "move", target)) == (409, "not_confirmed")
    made = citizen.booked(at(9))
    assert citizen.act(made, "cancel").status_code == 200
    assert code_of(citizen.act(made, "move", target)) == (409, "appointment_cancelled")


def test_what_has_begun_stays(citizen: Citizen) -> None:
    made = citizen.booked(at(9))
    citizen.sql("UPDATE appointment SET starts_at = clock_timestamp() - interval '1 minute'")
    target = {"office": "mitte", "starts_at": at(10).isoformat()}
    assert code_of(citizen.act(made, "move", target)) == (409, "appointment_over")
    assert code_of(citizen.act(made, "cancel")) == (409, "appointment_over")


def test_cancelled_twice_is_the_same_answer(citizen: Citizen) -> None:
    made = citizen.booked(at(9))
    first, second = citizen.act(made, "cancel").json, citizen.act(made, "cancel").json
    assert first == second
    assert citizen.messages(made).count("cancelled") == 1


def test_an_unconfirmed_one_is_given_back_without_a_mail(citizen: Citizen) -> None:
    made = citizen.unconfirmed(at(9), office="nord")
    citizen.booked(at(9), office="nord")
    assert citizen.act(made, "cancel").status_code == 200
    assert citizen.hold(at(9), office="nord").status_code == 201
    assert citizen.messages(made) == ["confirm_request"]
    assert code_of(citizen.act(made, "undo")) == (410, "undo_over")


def test_taken_back_at_the_same_place(citizen: Citizen) -> None:
    made = citizen.booked(at(9), needs=["large_room"])
    before = places(citizen)
    assert citizen.act(made, "cancel").status_code == 200
    assert places(citizen) == []
    first, second = citizen.act(made, "undo"), citizen.act(made, "undo")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json == second.json
    assert places(citizen) == before
    assert citizen.messages(made)[-1] == "confirmed"


def test_somebody_else_was_faster(citizen: Citizen) -> None:
    made = citizen.booked(at(9), office="nord")
    citizen.booked(at(9), office="nord")
    assert citizen.act(made, "cancel").status_code == 200
    citizen.booked(at(9), office="nord")
    answer = citizen.act(made, "undo")
    assert code_of(answer) == (409, "slot_taken")
    assert (answer.json or {})["alternatives"]
    assert (citizen.get(made).json or {})["state"] == "cancelled"


def test_after_five_minutes_it_is_over(citizen: Citizen) -> None:
    made = citizen.booked(at(9))
    assert citizen.act(made, "cancel").status_code == 200
    citizen.sql("UPDATE appointment SET cancelled_at = cancelled_at - interval '5 minutes'")
    assert code_of(citizen.act(made, "undo")) == (410, "undo_over")


def test_freed_times_come_back_late_but_to_oneself_at_once(make_app: Callable[..., Flask]) -> None:
    app = make_app(release_delay_max=timedelta(minutes=10))
    settings: Settings = app.extensions["amtsweg-settings"]
    world.build(settings, desks={"nord": 1, "mitte": 1})
    engine = create_engine(settings.database_url)
    somebody = Citizen(app.test_client(), app, engine)
    made = somebody.booked(at(9), office="nord")
    elsewhere = {"office": "nord", "starts_at": at(11).isoformat()}
    assert somebody.act(made, "move", elsewhere).status_code == 200
    delay = somebody.sql("SELECT upper(live) - clock_timestamp() FROM claim WHERE state = 'moved'")[0][0]
    assert timedelta() < delay < timedelta(minutes=10)
    assert somebody.hold(at(9), office="nord").status_code == 409
    back = {"office": "nord", "starts_at": at(9).isoformat()}
    assert somebody.act(made, "move", back).status_code == 200
    assert somebody.act(made, "cancel").status_code == 200
    assert somebody.hold(at(9), office="nord").status_code == 409
    assert somebody.act(made, "undo").status_code == 200
    engine.dispose()
