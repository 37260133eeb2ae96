"""Automatic decisions: their reason, the random check by a person, a printer that is down, asking for a person."""

from __future__ import annotations

from typing import Any

import pytest
import typst

from backend.casework.jobs import leave
from backend.core import pdf
from tests.applications.people import Somebody, Town
from tests.casework.office import Office
from tests.casework.test_decisions import left, words_of, worked


def received(person: Somebody) -> dict[str, Any]:
    """Something that the rules grant, just received."""
    person.applied()
    assert person.act("send-now").status_code == 200
    return person.look()


def test_its_letter_says_why_and_by_whom(office: Office, town: Town) -> None:
    person = town.citizen()
    told = received(person)
    assert (told["state"], told["can"]["ask_person"]) == ("decided_granted", True)
    letter = person.get(f"/applications/{told['reference']}/letters/{told['letters'][0]['id']}?lang=en")
    assert "A computer program made this decision by fixed rules." in words_of(letter.data)
    event = town.sql(
        "SELECT data FROM application_event WHERE application_id = :id AND type = 'granted'",
        id=office.id_of(told["reference"]),
    )[0]
    assert event.data["automatic"] is True
    assert event.data["rule"]
    assert event.data["version"] == told["version"]


def test_a_share_waits_for_a_person(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    office.four_eyes(monkeypatch, {"random_percent": 100})
    person = town.citizen()
    told = received(person)
    reference = told["reference"]
    assert (told["state"], told["letters"]) == ("received", [])
    clerk, second = office.colleague(), office.colleague("second_approver")
    seen = second.look(reference)["proposal"]
    assert (seen["state"], seen["second_why"], seen["proposer"]) == ("waiting", "random", None)
    assert seen["preview"]["body"]["de"]
    assert clerk.act(reference, "decision", {"outcome": "granted"}).json["code"] == "decision_pending"
    assert second.act(reference, "decision/approve").json["proposal"]["state"] == "leaving"
    left(office, town, reference)
    after = person.look()
    assert (after["state"], len(after["letters"]), after["can"]["ask_person"]) == ("decided_granted", 1, False)
    granted = [each for each in after["timeline"] if each["type"] == "granted"]
    assert granted[0]["by"] == "office"


def test_who_checks_may_give_it_to_a_clerk(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    office.four_eyes(monkeypatch, "always")
    person = town.citizen()
    reference = received(person)["reference"]
    second, clerk = office.colleague("second_approver"), office.colleague()
    returned = second.act(reference, "decision/return", {"reason": "Anschrift stimmt nicht"})
    assert (returned.json["proposal"]["state"], returned.json["proposal"]["returned_because"]) == (
        "returned",
        "Anschrift stimmt nicht",
    )
    refused = clerk.act(reference, "decision", {"outcome": "refused", "reason": "Anschrift stimmt nicht"})
    assert (refused.status_code, refused.json["proposal"]["proposer"]) == (201, clerk.id)
    assert person.look()["state"] == "in_review"


def test_the_rules_never_refuse(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    office.four_eyes(monkeypatch, "always")
    reference = received(town.citizen())["reference"]
    with pytest.raises(Exception, match="rules_only_grant"):
        town.sql(
            "UPDATE staff_case_proposal SET outcome = 'refused' WHERE application_id = :id", id=office.id_of(reference)
        )


def test_a_printer_that_is_down_delays_it(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: Any, **_options: Any) -> bytes:
        raise typst.TypstError("no printer")

    person = town.citizen()
    with monkeypatch.context() as patched:
        patched.setattr(pdf.typst, "compile", down)
        told = received(person)
        assert (told["state"], told["letters"]) == ("received", [])
        worked(town)
    trouble = office.colleague().look(told["reference"])["trouble"]
    assert [(each["kind"], each["tries"]) for each in trouble] == [("letter", 2)]
    worked(town)
    after = person.look()
    assert (after["state"], len(after["letters"]), after["can"]["ask_person"]) == ("decided_granted", 1, True)


def test_a_person_can_be_asked_for(office: Office, town: Town) -> None:
    person = town.citizen()
    reference = received(person)["reference"]
    blind = person.post(f"/applications/{reference}/ask-person")
    assert (blind.status_code, blind.json["code"]) == (428, "if_match_missing")
    assert town.citizen().post(f"/applications/{reference}/ask-person", revision=1).status_code == 404
    asked = person.act("ask-person")
    assert (asked.status_code, asked.json["state"], asked.json["can"]["ask_person"]) == (200, "in_review", False)
    assert asked.json["timeline"][-1]["type"] == "person_asked"
    assert len(asked.json["letters"]) == 1  # what was granted counts until somebody decides
    again = person.act("ask-person")
    assert (again.status_code, again.json["code"]) == (409, "not_now")
    clerk = office.colleague()
    assert reference in clerk.references()
    seen = clerk.look(reference)
    assert (seen["line"]["state"], seen["can"]["propose"]) == ("in_review", True)
    decided = clerk.act(reference, "decision", {"outcome": "partly", "reason": "Ein Teil fehlt."})
    assert decided.status_code == 201, decided.json
    assert any("ersetzt den Brief vom" in line for line in decided.json["proposal"]["preview"]["summary"])
    left(office, town, reference)
    after = person.look()
    assert (after["state"], len(after["letters"]), after["can"]["ask_person"]) == ("decided_partly", 2, False)


def test_what_a_person_decided_is_not_given_to_one(office: Office, town: Town) -> None:
    person = town.citizen()
    reference = office.case(person)
    office.colleague().act(reference, "decision", {"outcome": "granted"})
    left(office, town, reference)
    told = person.look()
    assert told["can"]["ask_person"] is False
    assert person.act("ask-person").json["code"] == "not_now"


def test_a_job_of_nothing_does_nothing(office: Office, town: Town) -> None:
    with town.app.app_context():
        leave("00000000-0000-4000-8000-000000000000")
