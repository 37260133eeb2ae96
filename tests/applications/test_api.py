"""The whole way over HTTP: begin, fill, check, send, undo, status."""

from __future__ import annotations

from tests.applications.people import BY_CLERK, Somebody, Town


def test_from_draft_to_decision(town: Town, aylin: Somebody) -> None:
    draft = aylin.begin()
    assert draft["answers"]["family_name"] == "Yıldız"
    assert {"pointer": "/family_name", "source": "account", "locked": True} in draft["prefilled"]
    aylin.fill()
    check = aylin.check()
    assert (check["errors"], check["fee"]["cents"], check["acts"]) == ([], 0, ["send"])
    answer = aylin.send()
    assert answer.status_code == 201, answer.json
    sent = aylin.sent
    assert sent["state"] == "submitted"
    assert sent["undo_until"]
    assert len(sent["code"]) == 6
    assert (sent["level"], sent["method"]) == ("high", "eid")
    assert sent["can"]["undo"]
    assert aylin.look()["code"] is None
    assert aylin.act("send-now").status_code == 200
    assert aylin.sent["state"] == "decided_granted"
    assert [letter["kind"] for letter in aylin.sent["letters"]] == ["granted"]
    happened = [event["type"] for event in aylin.sent["timeline"]]
    assert happened == ["created", "submitted", "received", "granted", "letter_provided"]
    assert town.mails(town.id_of(sent)) == ["application_sent", "application_decided"]


def test_undo_makes_a_draft_of_it_again(town: Town, aylin: Somebody) -> None:
    sent = aylin.applied()
    answer = aylin.act("undo")
    assert answer.status_code == 200, answer.json
    draft = dict(answer.json or {})
    assert draft["reference"] == sent["reference"]
    assert draft["answers"]["kind"] == "simple"
    assert aylin.get(f"/applications/{sent['reference']}/receipt?format=json").status_code == 404
    aylin.draft = draft
    assert aylin.send().status_code == 201
    assert aylin.sent["reference"] == sent["reference"]


def test_status_by_code_shows_no_answers(town: Town, aylin: Somebody) -> None:
    sent = aylin.applied()
    asked = {"reference": sent["reference"], "code": sent["code"], "lang": "uk"}
    answer = town.guest().post("/applications/status", asked)
    assert answer.status_code == 200, answer.json
    assert "Yıldız" not in answer.get_data(as_text=True)
    assert answer.json is not None
    assert "answers" not in answer.json
    wrong = town.guest().post("/applications/status", {**asked, "code": "333333"})
    assert (wrong.status_code, (wrong.json or {})["code"]) == (404, "not_found")


def test_receipt_and_its_verification(town: Town, aylin: Somebody) -> None:
    sent = aylin.applied()
    receipt = aylin.get(f"/applications/{sent['reference']}/receipt?format=json&lang=ar").json or {}
    assert [part["lang"] for part in receipt["parts"]] == ["ar", "de"]
    values = [row["value"] for section in receipt["parts"][1]["sections"] for row in section["rows"]]
    assert "Yıldız" in values
    verified = town.guest().post("/documents/verify", {"code": receipt["verify_code"], "lang": "de"})
    told = verified.json or {}
    assert (told["genuine"], told["kind"], told["service"]["lang"]) == (True, "receipt", "de")
    assert set(told) == {"genuine", "kind", "service", "date"}
    other = town.guest().post("/documents/verify", {"code": "K7M-3DX-9PC-4HT"}).json or {}
    assert other == {"genuine": False, "kind": None, "service": None, "date": None}


def test_request_is_answered_and_the_clerk_decides(town: Town, aylin: Somebody) -> None:
    aylin.applied(BY_CLERK)
    aylin.act("send-now")
    assert aylin.sent["state"] == "received"
    assert aylin.sent["next"]["key"] == "next.office"
