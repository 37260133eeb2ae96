"""Corrections, reopening, hand-over, opinions and the status on the phone, over HTTP on a real database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.applications.service import office as applied
from backend.core.clock import BERLIN
from backend.core.db import db
from backend.forms import registry
from tests.applications.people import AYLIN, BY_CLERK, Town
from tests.casework.office import Colleague, Office
from tests.casework.test_case import erase, leave
from tests.cuts import cut, silently

SOON = (datetime.now(BERLIN).date() + timedelta(days=10)).isoformat()
LANGUAGE = {"pointer": "/cover_language", "value": "uk", "reason": "Im Telefonat am Montag so gesagt."}


def corrected(clerk: Colleague, reference: str, **changes: Any) -> Any:
    return clerk.act(reference, "corrections", {**LANGUAGE, **changes})


def test_a_correction_is_seen_by_the_citizen(office: Office, town: Town) -> None:
    aylin = town.citizen()
    aylin.begin()
    aylin.fill(BY_CLERK)
    assert aylin.send(language="tr").status_code == 201
    assert aylin.act("send-now").status_code == 200
    reference = aylin.sent["reference"]
    clerk = office.colleague()
    answer = corrected(clerk, reference)
    assert answer.status_code == 201, answer.json
    field = {each["pointer"]: each for page in answer.json["pages"] for each in page["fields"]}["/cover_language"]
    assert (field["value"], field["source"]) == ("uk", "office")
    version = answer.json["versions"][-1]
    assert (version["by"], version["changes"][0]["pointer"]) == ("office", "/cover_language")
    assert answer.json["line"]["state"] == "in_review"
    told = aylin.look()
    assert "corrected" in [each["type"] for each in told["timeline"]]
    message = told["messages"][-1]
    assert message["by"] == "office"
    assert message["text"].startswith("Başvurunuzdaki bir bilgiyi düzelttik.")
    assert LANGUAGE["reason"] in message["text"]
    assert len(office.audited(reference, "application.corrected")) == 1
    assert town.mails(office.id_of(reference))[-1] == "application_message"


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"pointer": "/family_name", "value": "Yildiz"}, "/pointer", "locked"),
        ({"pointer": "/confirmation"}, "/pointer", "unknown_field"),
        ({"pointer": "/correct", "value": True}, "/pointer", "not_allowed"),
        ({"value": "xx"}, "/value", "not_allowed"),
        ({"value": 7}, "/value", "wrong_type"),
        ({"value": {"a": {"b": [1]}}}, "/value", "wrong_type"),
        ({"value": "tr"}, "/value", "unchanged"),
        ({"value": None}, "/value", "required"),
    ],
)
def test_what_is_no_small_correction(office: Office, changes: dict[str, Any], pointer: str, code: str) -> None:
    refused = corrected(office.colleague(), office.case(), **changes)
    assert refused.status_code == 422, refused.json
    assert (refused.json["errors"][0]["pointer"], refused.json["errors"][0]["code"]) == (pointer, code)


def test_a_correction_changes_nothing_that_follows(office: Office) -> None:
    refused = corrected(office.colleague(), office.case(), pointer="/kind", value="simple")
    assert (refused.status_code, refused.json["code"]) == (409, "correction_too_far")
    assert "questions" in refused.json["changes"]


def test_no_correction_beside_a_decision(office: Office, town: Town) -> None:
    aylin = town.citizen()
    reference = office.case(aylin)
    clerk = office.colleague()
    assert clerk.act(reference, "decision", {"outcome": "granted"}).status_code == 201
    assert corrected(clerk, reference).json["code"] == "decision_pending"
    aylin.look()
    assert aylin.act("withdraw").status_code == 200
    assert corrected(clerk, reference).json["code"] == "not_now"


def test_a_corrected_name_is_found(office: Office, town: Town) -> None:
    citizen = town.citizen({**AYLIN, "family_name": "Kaya"})
    reference = office.case(citizen)
    town.sql("UPDATE staff_case SET name = 'Old' WHERE application_id = :id", id=office.id_of(reference))
    assert corrected(office.colleague(), reference).json["line"]["name"] == "Aylin Müge Kaya"


def decided(office: Office, town: Town, clerk: Colleague, reference: str, outcome: str = "refused") -> None:
    body = {"outcome": outcome, "reason": "Es fehlt etwas."}
    assert clerk.act(reference, "decision", body).status_code == 201
    office.time_passes(reference)
    assert leave(town) == 1


def test_a_decision_is_looked_at_again(office: Office, town: Town) -> None:
    aylin = town.citizen()
    reference = office.case(aylin)
    clerk = office.colleague()
    early = clerk.act(reference, "reopen", {"reason": "Neues Schreiben"})
    assert (early.status_code, early.json["code"]) == (409, "not_now")
    decided(office, town, clerk, reference)
    assert clerk.look(reference)["can"]["reopen"] is True
    town.sql("UPDATE application SET erase_after = now() WHERE id = :id", id=office.id_of(reference))
    again = clerk.act(reference, "reopen", {"reason": "Sie haben recht."})
    assert (again.status_code, again.json["line"]["state"]) == (200, "in_review"), again.json
    kept = town.sql("SELECT erase_after, decided_at FROM application WHERE id = :id", id=office.id_of(reference))
    assert (kept[0].erase_after, kept[0].decided_at) == (None, None)
    told = aylin.look()
    assert told["state"] == "in_review"
    assert "reopened" in [each["type"] for each in told["timeline"]]
    text = told["messages"][-1]["text"]
    assert "Grund: Sie haben recht." in text
    assert "gilt der Bescheid vom" in text
    decided(office, town, clerk, reference, "granted")
    assert [each["kind"] for each in aylin.look()["letters"]] == ["refused", "granted"]


def test_what_was_withdrawn_is_not_reopened(office: Office, town: Town) -> None:
    aylin = town.citizen()
    reference = office.case(aylin)
    aylin.look()
    assert aylin.act("withdraw").status_code == 200
    clerk = office.colleague()
    assert clerk.look(reference)["can"]["reopen"] is False
    assert clerk.act(reference, "reopen", {"reason": "a"}).json["code"] == "not_now"
    with town.app.app_context():
        row = applied.case(db.session(), clerk.actor, office.id_of(reference))
        applied.close(db.session(), clerk.actor, row)
        db.session.commit()
    assert clerk.act(reference, "reopen", {"reason": "a"}).json["code"] == "not_now"


def test_another_office_goes_on(office: Office, town: Town) -> None:
    aylin = town.citizen()
    reference = office.case(aylin)
    clerk, north = office.colleague(), office.colleague(offices=("hb-nord",))
    body = {"office": "hb-nord", "note": "Wohnt in Blumenthal."}
    seen = clerk.look(reference)["revision"]
    gone = clerk.post(f"/cases/{reference}/hand-over", body, seen=seen)
    assert gone.status_code == 200, gone.json
    assert (gone.json["line"]["office"], gone.json["line"]["assigned_to"]) == ("hb-nord", None)
    assert clerk.get(f"/cases/{reference}").status_code == 404
    there = north.look(reference)
    assert there["notes"][-1]["text"] == "Wohnt in Blumenthal."
    assert there["timeline"][-1]["type"] == "handed_over"
    told = aylin.look()
    assert told["responsible"]["slug"] == "hb-nord"
    assert "office_changed" in [each["type"] for each in told["timeline"]]
    assert north.act(reference, "hand-over", body).json["code"] == "own_office"
    wrong = north.act(reference, "hand-over", {**body, "office": "hb-kein"})
    assert wrong.json["errors"][0]["pointer"] == "/office"


def test_an_opinion_of_another_office(office: Office, town: Town) -> None:
    reference = office.case()
    clerk, north = office.colleague(), office.colleague(offices=("hb-nord",), name="Nord")
    body = {"office": "hb-nord", "question": "Ist die Anschrift bekannt?", "due_on": SOON, "pages": ["use"]}
    asked = clerk.act(reference, "opinions", body)
    assert asked.status_code == 201, asked.json
    opinion = asked.json["opinions"][-1]
    assert (opinion["state"], opinion["question"], opinion["pages"]) == ("open", body["question"], ["use"])
    mine = [each for each in north.get("/opinions").json["items"] if each["reference"] == reference]
    assert len(mine) == 1
    assert ([page["page"] for page in mine[0]["pages"]], mine[0]["office"]) == (["use"], "hb-mitte")
    assert "Yıldız" not in str(mine)
    assert len(office.audited(reference, "case.opinion_read")) == 1
    assert north.get(f"/cases/{reference}").status_code == 404
    assert clerk.post(f"/opinions/{opinion['id']}/answer", {"answer": "Ja"}).status_code == 404
    answered = north.post(f"/opinions/{opinion['id']}/answer", {"answer": "Ja, seit 2019."})
    assert (answered.status_code, answered.json["state"], answered.json["pages"]) == (200, "answered", [])
    late = north.post(f"/opinions/{opinion['id']}/answer", {"answer": "Nein"})
    assert (late.status_code, late.json["code"], late.json["state"]) == (409, "opinion_ended", "answered")
    seen = clerk.look(reference)
    assert (seen["opinions"][-1]["answer"], seen["opinions"][-1]["answered_by_name"]) == ("Ja, seit 2019.", "Nord")
    assert seen["timeline"][-1]["type"] == "opinion_answered"
    done = clerk.act(reference, f"opinions/{opinion['id']}/withdraw")
    assert done.json["code"] == "opinion_ended"
    ended = [each["reference"] for each in north.get("/opinions?scope=ended").json["items"]]
    assert reference in ended
    stored = town.sql("SELECT question, answer FROM staff_case_opinion WHERE id = :id", id=opinion["id"])[0]
    assert b"Anschrift" not in stored.question
    assert b"2019" not in stored.answer


def test_many_questions_cost_no_more_statements_than_one(office: Office, town: Town) -> None:
    clerk, north = office.colleague(), office.colleague(offices=("hb-nord",), name="Nord")
    body = {"office": "hb-nord", "question": "Ist die Anschrift bekannt?", "due_on": SOON, "pages": ["use"]}
    town.sql("UPDATE staff_case_opinion SET state = 'withdrawn', ended_at = now() WHERE state = 'open'")
    spent, cases = [], []
    for more in (1, 3):
        cases += [office.case() for _ in range(more)]
        for reference in cases[-more:]:
            assert clerk.act(reference, "opinions", body).status_code == 201
        with cut(0, silently) as words:
            found = north.get("/opinions").json["items"]
        spent.append(words.number)
        assert {each["reference"] for each in found} == set(cases)
        assert {each["question"] for each in found} == {body["question"]}
        assert [len(office.audited(reference, "case.opinion_read")) for reference in cases[-more:]] == [1] * more
    assert spent[0] == spent[1] > 3


def test_an_erased_application_leaves_no_question(office: Office, town: Town) -> None:
    reference = office.case()
    case_id = office.id_of(reference)
    body = {"office": "hb-nord", "question": "Wer?", "due_on": SOON, "pages": ["use"]}
    assert office.colleague().act(reference, "opinions", body).status_code == 201
    erase(town, case_id)
    left = town.sql("SELECT question, answer FROM staff_case_opinion WHERE application_id = :id", id=case_id)
    assert tuple(left[0]) == (None, None)
    north = office.colleague(offices=("hb-nord",))
    assert reference not in [each["reference"] for each in north.get("/opinions").json["items"]]
    gone = north.get("/opinions?scope=ended").json["items"]
    assert [(each["question"], each["pages"]) for each in gone if each["reference"] == reference] == [(None, [])]


def test_an_opinion_that_cannot_be_asked(office: Office, town: Town) -> None:
    aylin = town.citizen()
    reference = office.case(aylin)
    clerk = office.colleague()
    body = {"office": "hb-nord", "question": "?", "due_on": SOON, "pages": []}
    assert clerk.act(reference, "opinions", {**body, "office": "hb-mitte"}).json["code"] == "own_office"
    wrong = clerk.act(reference, "opinions", {**body, "office": "x", "pages": ["nothing"], "due_on": "2020-01-01"})
    assert [each["pointer"] for each in wrong.json["errors"]] == ["/office", "/due_on", "/pages/0"]
    assert clerk.act(reference, "opinions", body).status_code == 201
    aylin.look()
    assert aylin.act("withdraw").status_code == 200
    assert clerk.look(reference)["opinions"][-1]["state"] == "withdrawn"
    assert clerk.act(reference, "opinions", body).json["code"] == "not_now"


def test_two_answers_at_once(office: Office) -> None:
    reference = office.case()
    clerk, north = office.colleague(), office.colleague(offices=("hb-nord",))
    asked = clerk.act(reference, "opinions", {"office": "hb-nord", "question": "?", "due_on": SOON})
    path = f"/opinions/{asked.json['opinions'][-1]['id']}/answer"
    answers = office.at_once(
        lambda: north.again().post(path, {"answer": "A"}), lambda: north.again().post(path, {"answer": "B"})
    )
    assert sorted(each.status_code for each in answers) == [200, 409]


def test_what_the_phone_agent_tells(office: Office, town: Town) -> None:
    reference = office.case()
    agent = office.colleague("phone_agent")
    told = agent.post("/status", {"reference": reference, "birth_date": "1988-02-29"})
    assert told.status_code == 200, told.json
    assert (told.json["state"], told.json["next"]["key"]) == ("received", "next.office")
    assert "Yıldız" not in told.text
    assert len(office.audited(reference, "case.status_told")) == 1
    wrong = agent.post("/status", {"reference": reference, "birth_date": "1988-02-28"})
    missing = agent.post("/status", {"reference": "K7M-3DX-9PC", "birth_date": "1988-02-28"})
    assert wrong.status_code == missing.status_code == 404
    assert {**wrong.json, "instance": ""} == {**missing.json, "instance": ""}
    assert len(office.audited(reference, "application.refused")) == 1
    far = office.colleague("phone_agent", offices=("bhv-mitte",))
    assert far.post("/status", {"reference": reference, "birth_date": "1988-02-29"}).status_code == 404
    assert len(office.audited(reference, "application.refused")) == 2
    assert agent.get(f"/cases/{reference}").status_code == 403


def test_the_form_of_the_tests_has_what_they_use() -> None:
    assert registry.newest("meldebescheinigung").fields["cover_language"]["x-type"] == "one_of"
