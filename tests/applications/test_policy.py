"""Who gets at what: own and foreign, at each level, helper and clerk; a foreign thing is as if it were not there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.applications.people import BY_CLERK, Somebody, Town

NOBODY = "00000000-0000-4000-8000-000000000000"
ON_DRAFT = [
    ("GET", "/drafts/{id}", None),
    ("PUT", "/drafts/{id}/pages/content", {"answers": {"kind": "simple"}}),
    ("DELETE", "/drafts/{id}", None),
    ("POST", "/drafts/{id}/check", {}),
    ("POST", "/drafts/{id}/submit", {"content_hash": "x", "fee_cents": 0}),
    ("POST", "/drafts/{id}/resume-link", {"email": "a@example.org"}),
    ("POST", "/drafts/{id}/attachments", {"slot": "a", "name": "a.pdf", "size": 5}),
]
ON_APPLICATION = [
    ("GET", "/applications/{id}", None),
    ("POST", "/applications/{id}/undo", {}),
    ("POST", "/applications/{id}/send-now", {}),
    ("POST", "/applications/{id}/withdraw", {}),
    ("POST", "/applications/{id}/messages", {"text": "Hello"}),
    ("POST", "/applications/{id}/requests/" + NOBODY + "/answer", {"answers": {}}),
    ("POST", "/applications/{id}/requests/" + NOBODY + "/extend", {}),
    ("POST", "/applications/{id}/payment", {}),
    ("GET", "/applications/{id}/payment", None),
    ("GET", "/applications/{id}/receipt", None),
    ("GET", "/applications/{id}/letters/" + NOBODY, None),
    ("POST", "/applications/{id}/attachments", {"purpose": "message", "slot": "message", "name": "a.pdf", "size": 5}),
]


def answer(person: Somebody, method: str, path: str, body: Any) -> tuple[int, dict[str, Any]]:
    got = person.call(method, path, body, If_Match='"1"')
    told = dict(got.json or {})
    told.pop("instance", None)
    return got.status_code, told


def refusals(town: Town, owner: Somebody) -> int:
    assert owner.actor is not None
    wanted = "SELECT count(*) AS n FROM audit_entry WHERE action = 'application.refused' AND about = :id"
    return int(town.sql(wanted, id=owner.actor.account_id)[0].n)


@pytest.mark.parametrize(("method", "path", "body"), ON_DRAFT)
def test_a_foreign_draft_is_as_if_missing_and_the_try_is_noted(
    town: Town, aylin: Somebody, method: str, path: str, body: Any
) -> None:
    draft = aylin.begin()
    other = town.citizen()
    foreign = answer(other, method, path.format(id=draft["draft_id"]), body)
    missing = answer(other, method, path.format(id=uuid4()), body)
    assert foreign == missing
    assert (foreign[0], foreign[1]["code"]) == (404, "not_found")
    assert refusals(town, aylin) == 1
    assert aylin.get(f"/drafts/{draft['draft_id']}").status_code == 200


@pytest.mark.parametrize(("method", "path", "body"), ON_APPLICATION)
def test_a_foreign_application_is_as_if_missing_and_the_try_is_noted(
    town: Town, aylin: Somebody, method: str, path: str, body: Any
) -> None:
    sent = aylin.applied()
    other = town.citizen()
    by = town.id_of(sent) if path.endswith("/attachments") else sent["reference"]
    foreign = answer(other, method, path.format(id=sent["reference"]), body)
    missing = answer(other, method, path.format(id="K7M-3DX-9PC"), body)
    assert foreign == missing, by
    assert (foreign[0], foreign[1]["code"]) == (404, "not_found")
    assert refusals(town, aylin) == 1


@pytest.mark.parametrize(("method", "path", "body"), ON_APPLICATION)
@pytest.mark.parametrize("level", ["none", "basic", "substantial"])
def test_it_is_shown_only_at_the_level_at_which_it_was_filed(
    town: Town, aylin: Somebody, method: str, path: str, body: Any, level: str
) -> None:
    sent = aylin.applied()
    status, told = answer(aylin.at(level), method, path.format(id=sent["reference"]), body)
    assert (status, told["code"], told["required"], told["level"]) == (403, "level_too_low", "high", level)


@pytest.mark.parametrize(("method", "path", "body"), [*ON_DRAFT, *ON_APPLICATION])
def test_without_a_session_nothing_opens(town: Town, aylin: Somebody, method: str, path: str, body: Any) -> None:
    status, told = answer(town.guest(), method, path.format(id=NOBODY), body)
    assert (status, told["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize("level", ["basic", "substantial"])
def test_sending_needs_the_level_of_the_service(town: Town, level: str) -> None:
    person = town.citizen(level=level)
    person.begin()
    person.fill()
    assert person.check()["acts"] == ["step_up", "book"]
    refused = person.send()
    assert (refused.status_code, (refused.json or {})["code"]) == (403, "level_too_low")
    raised = person.at("high")
    raised.draft = person.draft
    assert raised.send().status_code == 201


def test_a_service_with_a_level_needs_an_account(town: Town) -> None:
    refused = town.guest().post("/drafts", {"service": "meldebescheinigung"})
    assert (refused.status_code, (refused.json or {})["code"]) == (401, "unauthenticated")


def granted(town: Town, person: Somebody, helper: Somebody, **more: Any) -> dict[str, Any]:
    body = {"valid_until": (date.today() + timedelta(days=30)).isoformat(), **more}  # noqa: DTZ011 - far from midnight
    power = person.post("/powers-of-attorney", body).json or {}
    taken = helper.post("/powers-of-attorney/accept", {"code": power["code"]})
    assert taken.status_code == 200, taken.json
    return dict(taken.json or {})


def test_a_helper_fills_and_the_person_sends(town: Town, aylin: Somebody) -> None:
    helper = town.citizen()
    power = granted(town, aylin, helper)
    assert (power["role"], power["other"], power["state"]) == ("held", "Aylin Müge Yıldız", "accepted")
    draft = helper.begin(on_behalf_of=power["power_id"])
    assert (draft["actor"], draft["represented"], draft["prefilled"], draft["answers"]) == ("helper", True, [], {})
    address = {"street": "Am Dobben", "house_number": "12 a", "postcode": "28203", "city": "Bremen"}
    person = {"given_name": "Aylin Müge", "family_name": "Yıldız", "birth_date": "1988-02-29"}
    helper.fill({**BY_CLERK, "person": person, "home": {"address": address}})
    assert helper.check()["acts"] == ["hand_to_person"]
    refused = helper.send()
    assert (refused.status_code, (refused.json or {})["reason"]) == (409, "only_the_person")
    aylin.draft = dict(aylin.get(f"/drafts/{draft['draft_id']}").json or {})
    assert aylin.draft["actor"] == "person"
    assert aylin.send().status_code == 201
    assert helper.get(f"/applications/{aylin.sent['reference']}").status_code == 200
    looks = town.sql("SELECT count(*) AS n FROM audit_entry WHERE action = 'application.read'")
    assert looks[0].n == 1
    revoked = aylin.post(f"/powers-of-attorney/{power['power_id']}/revoke")
    assert (revoked.json or {})["state"] == "revoked"
    assert helper.get(f"/applications/{aylin.sent['reference']}").status_code == 404
    again = helper.post("/drafts", {"service": "meldebescheinigung", "on_behalf_of": power["power_id"]})
    assert (again.status_code, (again.json or {})["code"]) == (409, "power_invalid")


def test_a_power_is_for_its_services_its_time_and_its_two_people(town: Town, aylin: Somebody) -> None:
    helper, third = town.citizen(), town.citizen()
    power = granted(town, aylin, helper, services=["geburtsurkunde"])
    other = helper.post("/drafts", {"service": "meldebescheinigung", "on_behalf_of": power["power_id"]})
    assert (other.json or {})["code"] == "power_invalid"
    stolen = third.post("/drafts", {"service": "geburtsurkunde", "on_behalf_of": power["power_id"]})
    assert (stolen.json or {})["code"] == "power_invalid"
    assert third.post(f"/powers-of-attorney/{power['power_id']}/revoke").status_code == 404
    assert third.post("/powers-of-attorney/accept", {"code": "K7M3DX9PC4HT"}).status_code == 404
    late = aylin.post("/powers-of-attorney", {"valid_until": "2020-01-01"})
    assert (late.status_code, (late.json or {})["errors"][0]["pointer"]) == (422, "/valid_until")
    own = aylin.post("/powers-of-attorney", {"valid_until": (date.today() + timedelta(days=2)).isoformat()})  # noqa: DTZ011 - far from midnight
    assert aylin.post("/powers-of-attorney/accept", {"code": (own.json or {})["code"]}).status_code == 404


@pytest.mark.parametrize(("method", "path", "body"), ON_DRAFT)
def test_a_prefilled_draft_opens_only_at_its_level(
    town: Town, aylin: Somebody, method: str, path: str, body: Any
) -> None:
    """What the account said at a higher level is not shown to a session that proves less; the list names the draft."""
    draft = aylin.begin()
    below = aylin.at("basic")
    status, told = answer(below, method, path.format(id=draft["draft_id"]), body)
    assert (status, told["code"], told["required"]) == (403, "level_too_low", "high")
    listed = below.get("/drafts").json["items"]  # type: ignore[index]  # a list answer
    assert [(each["draft_id"], each["readable"]) for each in listed] == [(draft["draft_id"], False)]
    assert "1988-02-29" not in below.get("/drafts").get_data(as_text=True)


def test_what_was_sent_at_a_level_stays_there_when_undone(town: Town, aylin: Somebody) -> None:
    aylin.applied()
    draft = aylin.act("undo").json or {}
    assert aylin.at("basic").get(f"/drafts/{draft['draft_id']}").status_code == 403
    assert aylin.get(f"/drafts/{draft['draft_id']}").status_code == 200
