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
    assert [event["type"] for event in aylin.sent["timeline"]] == ["created", "submitted", "received", "granted", "letter_provided"]
    assert town.mails(town.id_of(sent)) == ["application_sent", "application_decided"]
