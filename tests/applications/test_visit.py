"""An application that ends at the counter: booked with the right service and papers, moved, cancelled, and it knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner

from backend.booking.service import origin
from backend.cli import main
from backend.core.db import db
from backend.core.security import parse_reference
from backend.core.settings import Settings
from backend.forms import service as forms
from backend.notifications import sealing
from tests.applications.people import SIMPLE, Somebody, Town
from tests.applications.test_every_form import case_of, fill, with_names_of

SERVICE = "wohnsitz-anmelden"


@pytest.fixture(scope="module")
def settings(settings: Settings) -> Settings:
    """As a demo, so that there are free times."""
    return replace(settings, demo=True)


@pytest.fixture(scope="module")
def stocked(town: Town) -> Town:
    command: Any = main
    result = CliRunner().invoke(command.get_command(None, "capacity"), ["demo"], obj=lambda: town.app)
    assert result.exit_code == 0, result.output
    return town


@pytest.fixture
def second_home(stocked: Town) -> Somebody:
    """Somebody who has sent for a second home, which needs a visit."""
    form = forms.published(SERVICE)
    answers, _ = case_of(form, "second_home")
    who = with_names_of(stocked, answers, "high")
    who.begin(SERVICE)
    fill(who, form, answers)
    assert who.send(revision=who.check()["revision"]).status_code == 201
    return who


def slots(town: Town, visit: dict[str, Any]) -> list[dict[str, Any]]:
    found = town.guest().get(f"/availability?service={visit['service']}:1&days=60").json or {}
    return list(found["first"])


def mailed(town: Town, reference: str, name: str) -> str:
    rows = town.sql(
        "SELECT m.id, m.sealed FROM message m JOIN appointment a ON a.id = m.object_id WHERE a.reference = :reference"
        " AND m.sealed IS NOT NULL ORDER BY m.created_at DESC",
        reference=parse_reference(reference),
    )
    with town.app.app_context():
        return next(found[name] for row in rows if name in (found := sealing.unseal(row.id, row.sealed)))


def book(town: Town, visit: dict[str, Any], slot: dict[str, Any], **changes: Any) -> tuple[dict[str, Any], str]:
    """Hold, book and confirm as anybody without an account does; the appointment and its manage secret."""
    guest = town.guest()
    wish = {"services": [{"service": visit["service"], "quantity": 1}], "office": slot["office"]}
    body = {**wish, "starts_at": slot["starts_at"], "origin": visit["origin"], **changes}
    held = guest.post("/holds", body).json or {}
    person = {"person": {"family_name": "Yıldız"}, "contact": {"email": f"{held['hold_id']}@example.org"}}
    booked = guest.post("/appointments", {"hold_id": held["hold_id"], "secret": held["secret"], **person}).json or {}
    confirmed = guest.post(
        f"/appointments/{booked['reference']}/confirm",
        **{"X-Amtsweg-Secret": mailed(town, booked["reference"], "confirm")},
    )
    assert confirmed.status_code == 200, confirmed.json
    return booked, str((confirmed.json or {})["secret"])


def test_the_application_follows_its_appointment(stocked: Town, second_home: Somebody) -> None:
    asked = second_home.look()
    assert (asked["appointment"]["state"], asked["next"]["key"]) == ("needed", "next.undo")
    visit = asked["appointment"]["visit"]
    assert visit["service"] == "nebenwohnung-anmelden"
    assert visit["minutes"]
    assert visit["documents"]
    assert second_home.sent["can"]["book"]
    first, other = slots(stocked, visit)[0], slots(stocked, visit)[-1]
    booked, secret = book(stocked, visit, first)
    seen = second_home.look()
    assert (seen["appointment"]["state"], seen["appointment"]["reference"]) == ("booked", booked["reference"])
    assert not seen["can"]["book"]
    guest = stocked.guest()
    target = {"office": other["office"], "starts_at": other["starts_at"]}
    moved = guest.post(f"/appointments/{booked['reference']}/move", target, **{"X-Amtsweg-Secret": secret})
    assert moved.status_code == 200, moved.json
    before, now = seen["appointment"]["starts_at"], second_home.look()["appointment"]["starts_at"]
    assert (now != before) == (other["starts_at"] != first["starts_at"])
    guest.post(f"/appointments/{booked['reference']}/cancel", **{"X-Amtsweg-Secret": secret})
    assert second_home.look()["appointment"]["state"] == "cancelled"
    assert second_home.sent["can"]["book"]
    guest.post(f"/appointments/{booked['reference']}/undo", **{"X-Amtsweg-Secret": secret})
    assert second_home.look()["appointment"]["state"] == "booked"


def test_of_two_appointments_the_newest_counts(stocked: Town, second_home: Somebody) -> None:
    visit = second_home.look()["appointment"]["visit"]
    old, secret = book(stocked, visit, slots(stocked, visit)[0])
    new, _ = book(stocked, visit, slots(stocked, visit)[0])
    stocked.guest().post(f"/appointments/{old['reference']}/cancel", **{"X-Amtsweg-Secret": secret})
    seen = second_home.look()["appointment"]
    assert (seen["state"], seen["reference"]) == ("booked", new["reference"])


@pytest.mark.parametrize("word", ["x", "0" * 32 + "." + "0" * 32, None])
def test_a_word_that_was_not_given_out_changes_nothing(stocked: Town, second_home: Somebody, word: str | None) -> None:
    visit = second_home.look()["appointment"]["visit"]
    book(stocked, visit, slots(stocked, visit)[0], origin=word)
    assert second_home.look()["appointment"]["state"] == "needed"


def test_whoever_cannot_prove_enough_takes_the_draft_to_the_counter(stocked: Town) -> None:
    person = stocked.citizen(level="basic")
    person.begin()
    person.fill(SIMPLE)
    check = person.check()
    assert check["acts"] == ["step_up", "book"]
    booked, _ = book(stocked, check["visit"], slots(stocked, check["visit"])[0])
    draft = person.get(f"/drafts/{person.draft['draft_id']}").json or {}
    assert draft["appointment"]["reference"] == booked["reference"]


def test_what_nobody_needs_any_more_is_forgotten(stocked: Town, second_home: Somebody) -> None:
    visit = second_home.look()["appointment"]["visit"]
    book(stocked, visit, slots(stocked, visit)[0])
    with stocked.app.app_context():
        kept = stocked.sql("SELECT count(*) AS n FROM booking_origin")[0].n
        origin.forget(db.session())
        db.session.commit()
        assert stocked.sql("SELECT count(*) AS n FROM booking_origin")[0].n == kept
        stocked.sql("DELETE FROM hold")
        stocked.sql(
            "UPDATE appointment SET given_name = NULL, family_name = NULL, name_search = NULL, email = NULL,"
            " mobile = NULL, contact_key = NULL, erased_at = clock_timestamp()"
        )
        origin.forget(db.session())
        db.session.commit()
    assert stocked.sql("SELECT count(*) AS n FROM booking_origin")[0].n == 0
