"""Colleagues: what they take, when they are away and who stands in, teams, and where new cases go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.applications.people import Town
from tests.casework.office import Office, today


def tomorrow() -> str:
    return (today() + timedelta(days=1)).isoformat()


@pytest.fixture(autouse=True)
def _no_rules(town: Town) -> None:
    town.sql("DELETE FROM staff_routing")


def test_what_one_says_of_oneself(office: Office) -> None:
    clerk = office.colleague("clerk")
    first = clerk.get("/profile").json
    assert (first["account"], first["roles"], first["offices"]) == (clerk.id, ["clerk"], ["hb-mitte"])
    assert (first["languages"], first["services"], first["shortcuts"]) == (None, None, False)
    assert (first["can"]["case.propose"], first["can"]["case.approve"]) == (True, False)
    said = {"languages": ["tr", "de"], "services": ["gewerbe"], "shortcuts": True}
    now = clerk.call("PUT", "/profile", said).json
    assert (now["languages"], now["services"], now["shortcuts"]) == (["de", "tr"], ["gewerbe"], True)
    wrong = clerk.call("PUT", "/profile", {**said, "services": ["gewerbe", "nothing"]})
    assert (wrong.status_code, wrong.json["errors"][0]["pointer"]) == (422, "/services/1")
    assert office.colleague("phone_agent").get("/profile").json["can"]["case.status"] is True


def test_one_takes_only_ones_services_and_teams(office: Office, town: Town) -> None:
    reference = office.case()
    clerk, lead = office.colleague("clerk"), office.colleague("lead")
    others = {"languages": None, "services": ["gewerbe"], "shortcuts": True}
    assert clerk.call("PUT", "/profile", others).status_code == 200
    assert clerk.post("/cases/take-next", {}).json["code"] == "nothing_to_take"
    mine = {"languages": None, "services": ["meldebescheinigung"], "shortcuts": True}
    assert clerk.call("PUT", "/profile", mine).status_code == 200
    assert lead.act(reference, "assign", {"assignee": None, "team": "register"}).status_code == 200
    assert clerk.post("/cases/take-next", {}).json["code"] == "nothing_to_take"
    teams = lead.call("PUT", f"/workers/{clerk.id}/teams", {"teams": ["register", "register"]})
    assert (teams.status_code, teams.json["teams"]) == (200, ["register"])
    assert clerk.post("/cases/take-next", {}).json["reference"] == reference


def test_colleagues_of_ones_offices_only(office: Office) -> None:
    mine, lead = office.colleague(name="Jale Demir"), office.colleague("lead")
    stranger = office.colleague(offices=("bhv-mitte",), name="Fremd")
    listed = {each["id"] for each in lead.get("/workers").json["items"]}
    assert mine.id in listed
    assert stranger.id not in listed
    every = {each["id"] for each in office.colleague("administrator", offices=()).get("/workers").json["items"]}
    assert {mine.id, stranger.id} <= every
    for path, body in ((f"/workers/{stranger.id}/absence", {"until": None, "substitute": None}),):
        assert lead.call("PUT", path, body).status_code == 404
    tried = office.town.sql(
        "SELECT 1 FROM audit_entry WHERE object_type = 'staff' AND action = 'staff.refused' AND object_id = :id",
        id=stranger.id,
    )
    assert len(tried) == 1


def test_whoever_stands_in_gets_the_cases(office: Office) -> None:
    reference = office.case()
    ill, other = office.colleague(name="Ill"), office.colleague(name="Stands In")
    lead, third = office.colleague("lead"), office.colleague(name="Third")
    away = {"until": tomorrow(), "substitute": other.id}
    assert lead.act(reference, "assign", {"assignee": ill.id}).json["line"]["assigned_to"] == ill.id
    assert third.call("PUT", f"/workers/{ill.id}/absence", away).status_code == 403
    said = lead.call("PUT", f"/workers/{ill.id}/absence", away)
    assert (said.status_code, said.json["absent_until"], said.json["substitute_name"]) == (200, tomorrow(), "Stands In")
    assert third.act(reference, "assign", {"assignee": third.id}).status_code == 403
    assert other.act(reference, "assign", {"assignee": other.id}).status_code == 200
    given = lead.act(reference, "assign", {"assignee": ill.id}).json
    assert given["line"]["assigned_to"] == other.id
    told = given["timeline"][-1]
    assert (told["type"], told["data"]["to"], told["data"]["instead_of"]) == ("assigned", other.id, ill.id)
    assert (
        other.call("PUT", f"/workers/{other.id}/absence", {"until": tomorrow(), "substitute": ill.id}).status_code
        == 200
    )
    nobody = lead.act(reference, "assign", {"assignee": ill.id})
    assert (nobody.status_code, nobody.json["code"], nobody.json["until"]) == (409, "worker_absent", tomorrow())
    back = ill.call("PUT", f"/workers/{ill.id}/absence", {"until": None, "substitute": None})
    assert back.json["absent_until"] is None
    assert lead.act(reference, "assign", {"assignee": ill.id}).json["line"]["assigned_to"] == ill.id


def test_who_cannot_stand_in(office: Office) -> None:
    clerk, far = office.colleague(), office.colleague(offices=("bhv-mitte",))
    auditor = office.colleague("auditor")
    path = f"/workers/{clerk.id}/absence"
    for substitute in (clerk.id, far.id, auditor.id):
        wrong = clerk.call("PUT", path, {"until": tomorrow(), "substitute": substitute})
        assert (wrong.status_code, wrong.json["errors"][0]["pointer"]) == (422, "/substitute")
    past = clerk.call("PUT", path, {"until": "2020-01-01", "substitute": None})
    assert past.json["errors"][0]["code"] == "in_the_past"


def test_rules_place_new_cases(office: Office) -> None:
    lead = office.colleague("lead", offices=("hb-mitte", "hb-nord"))
    north, ill = office.colleague(offices=("hb-nord",), name="Nord"), office.colleague(name="Ill")
    assert ill.call("PUT", f"/workers/{ill.id}/absence", {"until": tomorrow(), "substitute": None}).status_code == 200
    before = lead.get("/routing?office=hb-mitte")
    assert (before.json["items"], before.headers["ETag"]) == ([], '"1"')
    items = [
        {"service": "gewerbe", "office": "hb-nord"},
        {"postcodes": ["99"], "team": "far"},
        {"service": "meldebescheinigung", "postcodes": ["281", "282"], "office": "hb-nord", "assignee": north.id},
        {"team": "rest", "assignee": ill.id},
    ]
    saved = lead.call("PUT", "/routing", {"office": "hb-mitte", "items": items}, seen=1)
    assert (saved.status_code, saved.json["revision"], saved.json["items"][2]["assignee_name"]) == (200, 2, "Nord")
    late = lead.call("PUT", "/routing", {"office": "hb-mitte", "items": []}, seen=1)
    assert (late.status_code, late.json["revision"]) == (412, 2)
    reference = office.case()  # she lives in 28203
    line = north.look(reference)["line"]
    assert (line["office"], line["assigned_to"], line["team"]) == ("hb-nord", north.id, None)
    assert office.colleague().get(f"/cases/{reference}").status_code == 404
    assert [each["type"] for each in north.look(reference)["timeline"]] == ["application.received", "routed"]
    assert lead.call("PUT", "/routing", {"office": "hb-mitte", "items": items[3:]}, seen=2).status_code == 200
    second = office.colleague().look(office.case())["line"]
    assert (second["team"], second["assigned_to"]) == ("rest", None)


def test_rules_lead_nowhere_else(office: Office) -> None:
    lead = office.colleague("lead")
    wrong = [
        {"service": "nothing"},
        {"office": "bhv-mitte"},
        {"assignee": office.colleague(offices=("hb-nord",)).id},
    ]
    refused = lead.call("PUT", "/routing", {"items": wrong}, seen=1)
    pointers = [each["pointer"] for each in refused.json["errors"]]
    assert pointers == ["/items/0/service", "/items/1/office", "/items/2/assignee"]
    assert lead.get("/routing?office=bhv-mitte").status_code == 404
    assert lead.call("PUT", "/routing", {"office": "bhv-mitte", "items": []}, seen=1).status_code == 404
    assert office.colleague("administrator", offices=()).get("/routing?office=bhv-mitte").status_code == 200
