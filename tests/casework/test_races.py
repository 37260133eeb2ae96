"""Two people at once, on a real database: one wins, the other is told; nothing is lost and nothing is done twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backend.casework.service import deciding
from backend.core.clock import BERLIN
from backend.core.db import db
from tests.applications.people import Town
from tests.casework.office import Office

SOON = (datetime.now(BERLIN).date() + timedelta(days=10)).isoformat()
ROUNDS = 4
GRANT = {"outcome": "granted"}


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_decide_at_once(office: Office, turn: int) -> None:
    reference = office.case()
    clerks = [office.colleague(), office.colleague()]
    seen = clerks[0].look(reference)["revision"]
    answers = office.at_once(
        *(lambda each=each: each.post(f"/cases/{reference}/decision", GRANT, seen=seen) for each in clerks)
    )
    assert sorted(each.status_code for each in answers) == [201, 412], turn
    late = next(each for each in answers if each.status_code == 412)
    assert "proposed" in [each["type"] for each in late.json["changes"]]


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_the_citizen_withdraws_while_a_clerk_decides(office: Office, town: Town, turn: int) -> None:
    aylin = town.citizen()
    reference = office.case(aylin)
    clerk = office.colleague()
    seen = clerk.look(reference)["revision"]
    aylin.look()
    answers = office.at_once(
        lambda: clerk.post(f"/cases/{reference}/decision", GRANT, seen=seen), lambda: aylin.act("withdraw")
    )
    assert answers[0].status_code in (201, 409, 412), turn
    assert answers[1].status_code in (200, 412), turn
    if answers[1].status_code == 412:
        aylin.look()
        assert aylin.act("withdraw").status_code == 200
    after = clerk.look(reference)
    assert after["line"]["state"] == "withdrawn"
    assert after["proposal"] is None or after["proposal"]["state"] == "void"
    office.time_passes(reference)
    assert aylin.look()["letters"] == []


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_undone_while_it_leaves(office: Office, town: Town, turn: int) -> None:
    aylin = town.citizen()
    reference = office.case(aylin)
    clerk = office.colleague()
    proposal = clerk.act(reference, "decision", GRANT).json["proposal"]["id"]
    seen = clerk.look(reference)["revision"]
    office.time_passes(reference)

    def leaves() -> bool:
        with town.app.app_context():
            left = deciding.leave(db.session(), proposal)
            db.session.commit()
            return left

    left, undone = office.at_once(leaves, lambda: clerk.post(f"/cases/{reference}/decision/undo", seen=seen))
    assert left is True, turn
    assert undone.json["code"] in ("no_decision_pending", "changed_elsewhere")
    assert len(aylin.look()["letters"]) == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_corrects_while_the_other_hands_over(office: Office, turn: int) -> None:
    reference = office.case()
    clerks = [office.colleague(), office.colleague()]
    seen = clerks[0].look(reference)["revision"]
    body = {"pointer": "/cover_language", "value": "uk", "reason": "Telefonat"}
    answers = office.at_once(
        lambda: clerks[0].post(f"/cases/{reference}/corrections", body, seen=seen),
        lambda: clerks[1].post(f"/cases/{reference}/hand-over", {"office": "hb-nord", "note": "a"}, seen=seen),
    )
    codes = tuple(each.status_code for each in answers)
    assert codes in {(201, 412), (404, 200), (412, 200)}, turn


def test_two_answer_and_correct_at_once(office: Office, town: Town) -> None:
    aylin = town.citizen()
    reference = office.case(aylin)
    clerk = office.colleague()
    asked = clerk.act(reference, "requests", {"fields": ["cover_language"], "reason": "?", "due_on": SOON})
    request = asked.json["requests"][-1]["id"]
    seen = aylin.look()["revision"]
    body = {"pointer": "/cover_language", "value": "uk", "reason": "Telefonat"}
    answers = office.at_once(
        lambda: clerk.post(f"/cases/{reference}/corrections", body, seen=asked.json["revision"]),
        lambda: aylin.act(f"requests/{request}/answer", {"answers": {"cover_language": "en"}}, revision=seen),
    )
    assert sorted(each.status_code for each in answers) in ([200, 412], [201, 412])
    versions = clerk.look(reference)["versions"]
    assert len(versions) == 2


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_leads_set_the_rules_at_once(office: Office, town: Town, turn: int) -> None:
    town.sql("DELETE FROM staff_routing")
    leads = [office.colleague("lead"), office.colleague("lead")]
    answers = office.at_once(
        *(
            lambda each=each, place=place: each.call("PUT", "/routing", {"items": [{"team": f"team-{place}"}]}, seen=1)
            for place, each in enumerate(leads)
        )
    )
    assert sorted(each.status_code for each in answers) == [200, 412], turn
    winner = next(each for each in answers if each.status_code == 200)
    assert leads[0].get("/routing").json["items"] == winner.json["items"]
    town.sql("DELETE FROM staff_routing")


def test_a_batch_is_undone_once(office: Office) -> None:
    lead = office.colleague("lead")
    made = lead.post("/cases/batch", {"action": "label", "cases": [office.case()], "add": ["eilig"]}).json
    answers = office.at_once(*(lambda: lead.again().post(f"/cases/batch/{made['batch']}/undo") for _ in range(2)))
    assert sorted(each.status_code for each in answers) == [200, 409]


def test_a_note_does_not_follow_a_case_to_another_office(office: Office, town: Town) -> None:
    reference = office.case()
    clerk = office.colleague()
    for turn in range(ROUNDS):
        town.sql("UPDATE staff_case SET office = 'hb-mitte' WHERE application_id = :id", id=office.id_of(reference))
        seen = clerk.look(reference)["revision"]
        moved, noted = office.at_once(
            lambda seen=seen: clerk.again().post(
                f"/cases/{reference}/hand-over", {"office": "hb-nord", "note": "a"}, seen=seen
            ),
            lambda: clerk.again().post(f"/cases/{reference}/notes", {"text": "b"}),
        )
        assert (moved.status_code, noted.status_code) in {(200, 404), (412, 201), (200, 201)}, turn
        here = town.sql("SELECT office FROM staff_case WHERE application_id = :id", id=office.id_of(reference))
        assert here[0].office == ("hb-nord" if moved.status_code == 200 else "hb-mitte")
