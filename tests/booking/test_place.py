"""Where to go when a mobile office comes to a building whose street is not known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import vobject

from backend.booking.service.letter import Appointments
from backend.catalogue import facts
from backend.core.db import db
from backend.core.security import parse_reference
from tests.booking.conftest import Citizen
from tests.booking.world import at


@pytest.fixture
def mobile(citizen: Citizen) -> Iterator[Citizen]:
    """The office "nord" comes to a library on the day of the appointment."""
    citizen.sql("UPDATE office SET kind = 'mobile' WHERE slug = 'nord'")
    citizen.sql(
        "INSERT INTO mobile_stop (office_id, rule, day, opens, closes, name, city, access, assumption, active)"
        " SELECT id, 'bibliothek', :day, '08:00', '18:00', 'Bibliothek am Weg', 'Bremen', '{}', true, true"
        " FROM office WHERE slug = 'nord'",
        day=at(9).date(),
    )
    facts.forget()
    yield citizen
    citizen.sql("DELETE FROM mobile_stop")
    citizen.sql("UPDATE office SET kind = 'permanent'")
    facts.forget()


def test_the_building_is_named_in_page_calendar_and_mail(mobile: Citizen) -> None:
    made = mobile.booked(at(9), office="nord")
    place = (mobile.get(made).json or {})["place"]
    assert place == {"name": "Bibliothek am Weg", "street": None, "postcode": None, "city": "Bremen"}
    event = vobject.readOne(mobile.get(made, path="/calendar").get_data(as_text=True)).vevent
    assert event.location.value == "Amt nord, Bibliothek am Weg, Bremen"
    assert _mail_lines(mobile, made["reference"]) == ("Bibliothek am Weg", "Bremen")


def test_a_building_that_the_office_is_named_for_is_said_once(mobile: Citizen) -> None:
    mobile.sql("UPDATE mobile_stop SET name = 'Amt nord'")
    made = mobile.booked(at(10), office="nord")
    assert _mail_lines(mobile, made["reference"]) == ("Bremen",)


def test_a_house_has_its_street(citizen: Citizen) -> None:
    made = citizen.booked(at(9))
    place = (citizen.get(made).json or {})["place"]
    assert place == {"name": None, "street": "Weg 1", "postcode": "28195", "city": "Bremen"}


def _mail_lines(citizen: Citizen, reference: str) -> tuple[str, ...]:
    found = citizen.sql("SELECT id FROM appointment WHERE reference = :reference", reference=parse_reference(reference))
    with citizen.app.app_context():
        message = Appointments().load(db.session, found[0][0], "de")
    assert message is not None
    return message.address
