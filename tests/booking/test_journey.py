"""The main path over HTTP: hold, book, confirm, see, move, cancel, take it back."""

from __future__ import annotations

from tests.booking.conftest import Citizen
from tests.booking.world import at


def test_from_hold_to_cancellation(citizen: Citizen) -> None:
    held = citizen.hold(at(9))
    assert held.status_code == 201, held.json
    assert held.json is not None
    assert held.json["extensions_left"] == 10
    assert held.json["starts_at"] == at(9).isoformat()

    made = citizen.post("/appointments", citizen.booking(held.json))
    assert made.status_code == 201, made.json
    assert made.json is not None
    assert made.json["state"] == "unconfirmed"
    assert citizen.messages(made.json) == ["confirm_request"]

    seen = citizen.get(made.json)
    assert seen.status_code == 200, seen.json
    assert seen.json is not None
    assert seen.json["state"] == "unconfirmed"
    assert seen.json["person"] == {"given_name": "Ayşe", "family_name": "Yılmaz"}
    assert seen.json["services"] == [
        {"service": "ausweis", "quantity": 1, "name": {"text": "ausweis (de)", "lang": "de"}}
    ]

    confirmed = citizen.confirm(made.json)
    assert confirmed.status_code == 200, confirmed.json
    assert confirmed.json is not None
    assert confirmed.json["state"] == "booked"

    moved = citizen.act(made.json, "move", {"office": "nord", "starts_at": at(10).isoformat()})
    assert moved.status_code == 200, moved.json
    assert moved.json is not None
    assert (moved.json["office"]["slug"], moved.json["starts_at"]) == ("nord", at(10).isoformat())
    assert moved.json["sequence"] == 1

    cancelled = citizen.act(made.json, "cancel")
    assert cancelled.status_code == 200, cancelled.json
    assert cancelled.json is not None
    assert cancelled.json["state"] == "cancelled"

    undone = citizen.act(made.json, "undo")
    assert undone.status_code == 200, undone.json
    assert undone.json is not None
    assert undone.json["state"] == "booked"
    assert citizen.messages(made.json) == ["confirm_request", "confirmed", "moved", "cancelled", "confirmed"]
