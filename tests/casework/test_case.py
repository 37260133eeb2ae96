"""A case from the receipt to the letter, as clerks work on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from backend.applications import queries as applications
from backend.applications.service import erasure
from backend.applications.types import By
from backend.casework import queries
from backend.casework.jobs import decisions_leave
from backend.casework.service import deciding
from backend.core.db import db
from tests.applications.people import Somebody, Town
from tests.casework.office import Office, today

SOON = (today() + timedelta(days=20)).isoformat()


@pytest.fixture
def aylin(town: Town) -> Somebody:
    """Somebody signed in with her online ID."""
    return town.citizen()


def leave(town: Town) -> int:
    """What the worker does when the time for undoing is over; how many decisions left."""
    with town.app.app_context():
        ids = list(queries.leaving_unchecked(db.session(), 100))
        left = 0
        for each in ids:
            left += deciding.leave(db.session(), each)
            db.session.commit()
        return left


def test_from_the_receipt_to_the_letter(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague("clerk")
    taken = clerk.post("/cases/take-next", {})
    assert (taken.status_code, (taken.json or {})["reference"]) == (200, reference)
    seen = clerk.look(reference)
    assert (seen["line"]["name"], seen["line"]["state"]) == ("Aylin Müge Yıldız", "in_review")
    assert seen["line"]["assigned_name"] == "Wiebke Osterloh"
    fields = {each["pointer"]: each for page in seen["pages"] for each in page["fields"]}
    family = fields["/family_name"]
    assert (family["value"], family["source"], family["locked"], family["asserted"], family["differs"]) == (
        "Yıldız",
        "account",
        True,
        "Yıldız",
        False,
    )
    assert seen["evaluation"]["decision"] == "person"
    assert any(line["rule"] for line in seen["evaluation"]["log"])
    decided = clerk.act(reference, "decision", {"outcome": "granted"})
    assert decided.status_code == 201, decided.json
    assert decided.json["proposal"]["state"] == "leaving"
    assert aylin.look()["state"] == "in_review"
    assert leave(town) == 0
    office.time_passes(reference)
    assert leave(town) == 1
    told = aylin.look()
    assert (told["state"], len(told["letters"])) == ("decided_granted", 1)
    after = clerk.look(reference)
    assert (after["line"]["state"], after["proposal"]["state"]) == ("decided_granted", "left")
    letters = clerk.get("/letters").json["items"]
    assert reference in [each["reference"] for each in letters]
    pdf = clerk.get(f"/cases/{reference}/letters/{told['letters'][0]['id']}")
    assert pdf.data.startswith(b"%PDF-")


def test_a_decision_is_taken_back_within_its_time(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk, other, lead = office.colleague(), office.colleague(), office.colleague("lead")
    assert clerk.act(reference, "decision", {"outcome": "refused", "reason": "Keine Wohnung"}).status_code == 201
    again = clerk.act(reference, "decision", {"outcome": "granted"})
    assert (again.status_code, again.json["code"]) == (409, "decision_pending")
    asked = clerk.act(reference, "requests", {"fields": ["purpose"], "reason": "Wofür?", "due_on": SOON})
    assert asked.json["code"] == "decision_pending"
    assert other.act(reference, "decision/undo").status_code == 403
    undone = lead.act(reference, "decision/undo")
    assert (undone.status_code, undone.json["proposal"]["state"]) == (200, "undone")
    office.time_passes(reference)
    assert leave(town) == 0
    assert aylin.look()["state"] == "in_review"
    late = clerk.act(reference, "decision/undo")
    assert (late.status_code, late.json["code"]) == (409, "no_decision_pending")


def test_time_over_is_time_over(office: Office) -> None:
    reference = office.case()
    clerk = office.colleague()
    assert clerk.act(reference, "decision", {"outcome": "granted"}).status_code == 201
    office.time_passes(reference)
    assert clerk.act(reference, "decision/undo").json["code"] == "no_decision_pending"


def test_a_refusal_needs_reasons(office: Office) -> None:
    reference = office.case()
    refused = office.colleague().act(reference, "decision", {"outcome": "refused"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/reason")


def test_a_withdrawn_case_is_not_decided(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    assert clerk.act(reference, "decision", {"outcome": "granted"}).status_code == 201
    aylin.look()
    assert aylin.act("withdraw").status_code == 200
    assert clerk.look(reference)["proposal"]["state"] == "void"
    office.time_passes(reference)
    assert leave(town) == 0
    assert aylin.look()["letters"] == []
    late = clerk.act(reference, "decision", {"outcome": "granted"})
    assert (late.status_code, late.json["code"], late.json["state"]) == (409, "not_now", "withdrawn")


def test_ask_answer_cancel(office: Office, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    body = {"fields": ["cover_language"], "reason": "Welche Sprache?", "due_on": SOON}
    asked = clerk.act(reference, "requests", body)
    assert asked.status_code == 201, asked.json
    line = asked.json["line"]
    assert (line["state"], line["waiting_for"], line["due_on"]) == ("waiting_for_citizen", "citizen", SOON)
    assert asked.json["requests"][0]["reason"] == "Welche Sprache?"
    blocked = clerk.act(reference, "decision", {"outcome": "granted"})
    assert (blocked.status_code, blocked.json["code"]) == (409, "not_now")
    request_id = asked.json["requests"][0]["id"]
    cancelled = clerk.act(reference, f"requests/{request_id}/cancel")
    assert cancelled.json["requests"][0]["state"] == "cancelled"
    assert cancelled.json["requests"][0]["reason"] == "Welche Sprache?"
    assert (cancelled.json["line"]["state"], cancelled.json["line"]["due_on"]) == ("in_review", None)
    wrong = clerk.act(reference, "requests", {**body, "fields": ["no_such"]})
    assert (wrong.status_code, wrong.json["errors"][0]["pointer"]) == (422, "/fields/no_such")
    past = clerk.act(reference, "requests", {**body, "due_on": "2020-01-01"})
    assert past.json["errors"][0]["pointer"] == "/due_on"


def test_no_request_after_the_decision(office: Office, town: Town) -> None:
    reference = office.case()
    clerk = office.colleague()
    clerk.act(reference, "decision", {"outcome": "granted"})
    office.time_passes(reference)
    assert leave(town) == 1
    body = {"fields": ["cover_language"], "reason": "Welche Sprache?", "due_on": SOON}
    late = clerk.act(reference, "requests", body)
    assert (late.status_code, late.json["code"], late.json["state"]) == (409, "not_now", "decided_granted")


def test_two_clerks_at_once(office: Office) -> None:
    reference = office.case()
    first, second = office.colleague(name="Cem Behrens"), office.colleague()
    seen = second.look(reference)["revision"]
    assert first.act(reference, "decision", {"outcome": "granted"}).status_code == 201
    late = second.post(f"/cases/{reference}/decision", {"outcome": "refused", "reason": "Nein"}, seen=seen)
    assert (late.status_code, late.json["code"]) == (412, "changed_elsewhere")
    changes = [each["type"] for each in late.json["changes"]]
    assert changes == ["application.review_started", "proposed"]
    assert late.json["changes"][1]["actor"] == first.id
    assert late.headers["ETag"] == f'"{late.json["revision"]}"'
    blind = second.post(f"/cases/{reference}/decision", {"outcome": "granted"})
    assert (blind.status_code, blind.json["code"]) == (428, "if_match_missing")


def test_notes_are_sealed_and_go_with_the_application(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    written = clerk.post(f"/cases/{reference}/notes", {"text": "Ruft montags an\nund klingelt lange."})
    assert (written.status_code, written.json["notes"][0]["text"]) == (201, "Ruft montags an\nund klingelt lange.")
    assert "Ruft montags" not in str(aylin.get(f"/applications/{reference}").json)
    stored = town.sql("SELECT text FROM staff_case_note WHERE application_id = :id", id=office.id_of(reference))
    assert b"montags" not in bytes(stored[0].text)
    case_id = office.id_of(reference)
    erase(town, case_id)
    left = town.sql(
        "SELECT name, name_words, birth_index, labels FROM staff_case WHERE application_id = :id", id=case_id
    )
    assert tuple(left[0]) == (None, None, None, [])
    assert town.sql("SELECT 1 FROM staff_case_note WHERE application_id = :id", id=case_id) == []
    assert clerk.get(f"/cases/{reference}").status_code == 404


def erase(town: Town, case_id: Any) -> None:
    with town.app.app_context():
        row = applications.by_id_unchecked(db.session(), case_id, lock=True)
        assert row is not None
        erasure.erase(db.session(), row, By.SYSTEM)
        db.session.commit()


def test_what_came_before_there_were_cases_gets_one_with_its_next_event(
    office: Office, town: Town, aylin: Somebody
) -> None:
    reference = office.case(aylin)
    case_id = office.id_of(reference)
    owner = create_engine(office.town.app.extensions["amtsweg-settings"].database_owner_url)
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM staff_case_event WHERE application_id = :id"), {"id": case_id})
        connection.execute(text("DELETE FROM staff_case WHERE application_id = :id"), {"id": case_id})
    owner.dispose()
    clerk = office.colleague()
    assert clerk.get(f"/cases/{reference}").status_code == 404
    aylin.look()
    assert aylin.post(f"/applications/{reference}/messages", {"text": "Wie steht es?"}).status_code == 201
    assert clerk.look(reference)["line"]["name"] == "Aylin Müge Yıldız"


def test_writing_to_the_citizen(office: Office, aylin: Somebody) -> None:
    reference = office.case(aylin)
    written = office.colleague().post(f"/cases/{reference}/messages", {"text": "Wir prüfen noch."})
    assert written.status_code == 201
    assert [each["text"] for each in aylin.look()["messages"]] == ["Wir prüfen noch."]


def test_the_worker_finds_what_leaves(office: Office, town: Town) -> None:
    reference = office.case()
    office.colleague().act(reference, "decision", {"outcome": "granted"})
    office.time_passes(reference)
    with town.app.app_context():
        decisions_leave()
        db.session.commit()
    jobs = town.sql("SELECT 1 FROM procrastinate_jobs WHERE task_name = 'casework.leave'")
    assert jobs
