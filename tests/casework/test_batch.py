"""One act on many cases: preview, named failures, undo; requests in the citizen's language; two batches at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import process_time
from typing import Any
from uuid import uuid4

import pytest

from backend.casework.service import batch as batches
from backend.core.clock import BERLIN
from backend.core.security import format_reference, new_reference, parse_reference
from tests.applications.people import BY_CLERK, Town
from tests.casework.office import Colleague, Office

SOON = (datetime.now(BERLIN).date() + timedelta(days=10)).isoformat()
MISSING = "K7M-3DX-9PC"
COPY = """
    INSERT INTO {table} SELECT (jsonb_populate_record(t, jsonb_build_object(
        '{key}', CAST(:new AS text), 'reference', CAST(:r AS text)))).* FROM {table} t WHERE {key} = :old
"""


def batch(clerk: Colleague, cases: list[str], action: str, **more: Any) -> dict[str, Any]:
    answer = clerk.post("/cases/batch", {"action": action, "cases": cases, **more})
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def undone(clerk: Colleague, made: dict[str, Any]) -> dict[str, Any]:
    answer = clerk.post(f"/cases/batch/{made['batch']}/undo")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def test_a_preview_changes_nothing_and_tells_all(office: Office, town: Town) -> None:
    cases = sorted(office.case() for _ in range(2))
    clerk = office.colleague()
    before = [clerk.look(each)["revision"] for each in cases]
    told = batch(clerk, [*cases, MISSING], "decide", outcome="granted", preview=True)
    assert (told["done"], told["failed"]) == (cases, [{"reference": MISSING, "code": "not_found"}])
    assert (told["batch"], told["undo_until"]) == (None, None)
    assert [clerk.look(each)["revision"] for each in cases] == before
    asked = batch(clerk, cases, "request", fields=["cover_language"], reason="?", due_on=SOON, preview=True)
    assert asked["done"] == cases
    assert town.mails(office.id_of(cases[0])).count("application_request") == 0
    assert clerk.look(cases[0])["requests"] == []


def test_labels_and_assignments_go_back(office: Office) -> None:
    cases = sorted(office.case() for _ in range(3))
    lead, clerk = office.colleague("lead"), office.colleague()
    assert lead.act(cases[0], "assign", {"assignee": clerk.id}).status_code == 200
    given = batch(lead, cases, "assign", assignee=lead.id)
    labelled = batch(lead, cases, "label", add=["eilig"])
    assert (given["done"], labelled["done"]) == (cases, cases)
    assert clerk.post(f"/cases/batch/{given['batch']}/undo").status_code == 404
    assert lead.act(cases[2], "assign", {"assignee": clerk.id}).status_code == 200
    back = undone(lead, given)
    assert back["done"] == cases[:2]
    assert back["failed"] == [{"reference": cases[2], "code": "changed_elsewhere"}]
    assert [lead.look(each)["line"]["assigned_to"] for each in cases] == [clerk.id, None, clerk.id]
    assert undone(lead, labelled)["done"] == cases
    assert lead.look(cases[1])["line"]["labels"] == []
    twice = lead.post(f"/cases/batch/{labelled['batch']}/undo")
    assert (twice.status_code, twice.json["code"]) == (409, "batch_undo_over")


def test_decisions_of_many_and_back(office: Office, town: Town) -> None:
    cases = sorted(office.case() for _ in range(2))
    clerk = office.colleague()
    seen = {cases[0]: clerk.look(cases[0])["revision"], cases[1]: 77}
    made = batch(clerk, cases, "decide", outcome="refused", reason="Keine Wohnung", seen=seen)
    assert made["done"] == cases[:1]
    assert made["failed"] == [{"reference": cases[1], "code": "changed_elsewhere"}]
    assert clerk.look(cases[0])["proposal"]["state"] == "leaving"
    assert undone(clerk, made)["done"] == cases[:1]
    assert clerk.look(cases[0])["proposal"]["state"] == "undone"
    again = batch(clerk, cases, "decide", outcome="granted")
    town.sql("UPDATE staff_batch SET undo_until = now() WHERE id = :id", id=again["batch"])
    late = clerk.post(f"/cases/batch/{again['batch']}/undo")
    assert (late.status_code, late.json["code"]) == (409, "batch_undo_over")


def test_only_one_service_at_once(office: Office, town: Town) -> None:
    cases = [office.case(), office.case()]
    town.sql("UPDATE staff_case SET service = 'gewerbe' WHERE application_id = :id", id=office.id_of(cases[0]))
    mixed = office.colleague().post("/cases/batch", {"action": "decide", "cases": cases, "outcome": "granted"})
    assert (mixed.status_code, mixed.json["errors"][0]["code"]) == (422, "several_services")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"action": "assign"}, "/assignee"),
        ({"action": "label"}, "/add"),
        ({"action": "request", "reason": "?"}, "/due_on"),
        ({"action": "decide"}, "/outcome"),
        ({"action": "label", "add": ["a"], "seen": {MISSING: "x"}}, "/seen/K7M-3DX-9PC"),
    ],
)
def test_a_batch_is_complete(office: Office, body: dict[str, Any], pointer: str) -> None:
    refused = office.colleague().post("/cases/batch", {"cases": [MISSING], **body})
    assert (refused.status_code, refused.json["errors"][0]["pointer"].startswith(pointer)) == (422, True), refused.json


def test_a_request_in_her_own_language(office: Office, town: Town) -> None:
    aylin = town.citizen()
    aylin.begin()
    aylin.fill(BY_CLERK)
    assert aylin.send(language="tr").status_code == 201
    assert aylin.act("send-now").status_code == 200
    reference = aylin.sent["reference"]
    clerk = office.colleague()
    block = clerk.get("/text-blocks?kind=request").json["items"][0]
    ask = {"fields": ["cover_language"], "due_on": SOON, "blocks": [block["id"]], "reason": "Bitte prüfen."}
    asked = clerk.act(reference, "requests", ask)
    assert asked.status_code == 201, asked.json
    shown = aylin.look()["requests"][-1]
    assert shown["parts"] == [
        {"text": block["texts"]["tr"], "lang": "tr"},
        {"text": "Bitte prüfen.", "lang": "de"},
    ]
    own = asked.json["requests"][-1]
    assert own["reason"] == f"{block['texts']['de']}\nBitte prüfen."
    assert len(asked.json["request_due"]) == 3
    gone = batch(clerk, [reference], "request", **{**ask, "translation": {"text": "Kontrol edin.", "confirmed": True}})
    assert aylin.look()["requests"][-1]["parts"][1] == {"text": "Kontrol edin.", "lang": "tr"}
    assert undone(clerk, gone)["done"] == [reference]
    assert aylin.look()["requests"][-1]["state"] == "cancelled"
    assert aylin.look()["requests"][-1]["parts"][1]["text"] == "Kontrol edin."
    for wrong, pointer in (
        ({"reason": None, "blocks": []}, "/reason"),
        ({"blocks": ["nothing"]}, "/blocks/0"),
        ({"reason": None, "translation": {"text": "a", "confirmed": True}}, "/translation"),
        ({"translation": {"text": "a", "confirmed": False}}, "/translation/confirmed"),
    ):
        refused = clerk.act(reference, "requests", {**ask, **wrong})
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer), refused.json


def many(town: Town, pattern: str, count: int) -> list[str]:
    """Copies of one case in lists, each with an application of its own."""
    old = town.sql("SELECT application_id FROM staff_case WHERE reference = :r", r=parse_reference(pattern))
    found = []
    for _ in range(count):
        values = {"new": str(uuid4()), "r": new_reference(), "old": old[0].application_id}
        town.sql(COPY.format(table="application", key="id"), **values)
        town.sql(COPY.format(table="staff_case", key="application_id"), **values)
        found.append(format_reference(values["r"]))
    return found


def test_a_batch_ends_before_the_proxy_does(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = sorted(office.case() for _ in range(3))
    lead = office.colleague("lead")
    monkeypatch.setattr(batches, "BUDGET", 0.0)
    made = batch(lead, cases, "label", add=["eilig"])
    assert made["done"] == cases[:1]
    assert made["failed"] == [{"reference": each, "code": "no_time_left"} for each in cases[1:]]
    rest = batch(lead, cases[1:], "label", add=["eilig"])
    monkeypatch.setattr(batches, "BUDGET", 60.0)
    every = batch(lead, cases, "label", add=["heute"])
    monkeypatch.setattr(batches, "BUDGET", 0.0)
    first = undone(lead, every)
    assert (first["done"], first["batch"]) == (cases[:1], every["batch"])
    assert undone(lead, first)["done"] == cases[1:2]
    last = undone(lead, first)
    assert (last["done"], last["batch"]) == (cases[2:], None)
    assert [lead.look(each)["line"]["labels"] for each in cases] == [["eilig"], ["eilig"], []]
    assert rest["done"] == cases[1:2]


def test_five_hundred_of_which_three_fail(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BUDGET", 600.0)  # this machine may be busy
    pattern = office.case()
    lead = office.colleague("lead")
    cases = many(town, pattern, 500)
    for number in (3, 250, 499):
        town.sql(
            "UPDATE staff_case SET labels = ARRAY['a','b','c','d','e','f','g','h','i','j'] WHERE reference = :r",
            r=parse_reference(cases[number]),
        )
    started = process_time()
    made = batch(lead, cases, "label", add=["viele"])
    assert process_time() - started < 10
    assert len(made["done"]) == 497
    failed = sorted(cases[number] for number in (3, 250, 499))
    assert made["failed"] == [{"reference": each, "code": "invalid"} for each in failed]
    assert len(town.sql("SELECT 1 FROM staff_case WHERE 'viele' = ANY(labels)")) == 497
    assert len(undone(lead, made)["done"]) == 497
    assert town.sql("SELECT 1 FROM staff_case WHERE 'viele' = ANY(labels)") == []
    too_many = lead.post("/cases/batch", {"action": "label", "cases": [*cases, pattern], "add": ["x"]})
    assert too_many.status_code == 422


def test_two_batches_at_once(office: Office) -> None:
    cases = [office.case() for _ in range(6)]
    first, second = office.colleague("lead"), office.colleague("lead")
    one = {"action": "decide", "cases": cases, "outcome": "granted"}
    other = {"action": "decide", "cases": cases[::-1], "outcome": "granted"}
    answers = office.at_once(
        lambda: first.again().post("/cases/batch", one), lambda: second.again().post("/cases/batch", other)
    )
    assert [each.status_code for each in answers] == [200, 200], [each.json for each in answers]
    done = [reference for each in answers for reference in each.json["done"]]
    assert sorted(done) == sorted(cases)
    failed = {each["code"] for answer in answers for each in answer.json["failed"]}
    assert failed <= {"decision_pending"}
