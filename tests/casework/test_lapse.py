"""What was never answered: a person may close it after reminder and grace, with a letter, and never before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from backend.casework.jobs import leave
from backend.core.clock import BERLIN
from tests.applications.people import Somebody, Town
from tests.casework.office import Colleague, Office

CLOSE = {"outcome": "closed", "reason": "Sie haben nicht geantwortet."}


def asked(office: Office, clerk: Colleague, person: Somebody) -> tuple[str, str]:
    """A case whose citizen was asked for something, and the request."""
    reference = office.case(person)
    due = (datetime.now(BERLIN).date() + timedelta(days=3)).isoformat()
    body = {"fields": ["cover_language"], "reason": "In welcher Sprache?", "due_on": due}
    answer = clerk.act(reference, "requests", body)
    assert answer.status_code == 201, answer.json
    return reference, answer.json["requests"][-1]["id"]


def grace(town: Town, request: str, ends: date | None) -> None:
    town.sql(
        "UPDATE application_request SET reminded_at = now() - interval '30 days', due_on = current_date - 30,"
        " grace_until = :ends WHERE id = :id",
        id=request, ends=ends,
    )  # fmt: skip


def left(town: Town, office: Office, reference: str) -> None:
    office.time_passes(reference)
    wanted = "SELECT id FROM staff_case_proposal WHERE application_id = :id AND state = 'leaving'"
    for row in town.sql(wanted, id=office.id_of(reference)):
        with town.app.app_context():
            leave(str(row.id))


def yesterday() -> date:
    return datetime.now(BERLIN).date() - timedelta(days=1)


@pytest.mark.parametrize("ends", [None, 0])
def test_not_before_the_grace_is_over(office: Office, town: Town, ends: int | None) -> None:
    clerk = office.colleague()
    reference, request = asked(office, clerk, town.citizen())
    grace(town, request, None if ends is None else datetime.now(BERLIN).date())
    assert clerk.look(reference)["can"]["lapse"] is False
    refused = clerk.act(reference, "decision", CLOSE)
    assert (refused.status_code, refused.json["code"]) == (409, "not_now")
    assert refused.json["reason"] == "grace_not_over"
    grant = clerk.act(reference, "decision", {"outcome": "granted"})
    assert (grant.status_code, grant.json["code"]) == (409, "not_now")


def test_closed_after_the_grace_and_told(office: Office, town: Town) -> None:
    clerk, aylin = office.colleague(), town.citizen()
    reference, request = asked(office, clerk, aylin)
    grace(town, request, yesterday())
    can = clerk.look(reference)["can"]
    assert (can["lapse"], can["propose"]) == (True, False)
    assert clerk.act(reference, "decision", {"outcome": "refused", "reason": "?"}).json["code"] == "not_now"
    shown = clerk.post(f"/cases/{reference}/decision/preview", CLOSE)
    assert shown.status_code == 200, shown.json
    assert clerk.act(reference, "decision", CLOSE).status_code == 201
    assert aylin.look()["state"] == "waiting_for_citizen", "it has not left yet"
    left(town, office, reference)
    told = aylin.look()
    assert (told["state"], [each["kind"] for each in told["letters"]]) == ("lapsed", ["closed"])
    assert told["requests"][0]["state"] == "cancelled"
    assert town.mails(office.id_of(reference))[-1] == "application_decided"
    assert len(office.audited(reference, "application.lapsed")) == 1
    after = clerk.look(reference)
    assert (after["line"]["state"], after["can"]["lapse"], after["can"]["reopen"]) == ("lapsed", False, True)


def test_it_can_be_taken_back(office: Office, town: Town) -> None:
    clerk = office.colleague()
    reference, request = asked(office, clerk, town.citizen())
    grace(town, request, yesterday())
    assert clerk.act(reference, "decision", CLOSE).status_code == 201
    assert clerk.act(reference, "decision/undo").status_code == 200
    assert clerk.look(reference)["can"]["lapse"] is True


@pytest.mark.parametrize("what", ["extend", "answer", "cancel"])
def test_an_answer_in_the_last_minute_counts(office: Office, town: Town, what: str) -> None:
    clerk, aylin = office.colleague(), town.citizen()
    reference, request = asked(office, clerk, aylin)
    grace(town, request, yesterday())
    assert clerk.act(reference, "decision", CLOSE).status_code == 201
    aylin.look()
    if what == "cancel":
        done: Any = clerk.act(reference, f"requests/{request}/cancel")
    elif what == "extend":
        done = aylin.act(f"requests/{request}/extend")
    else:
        done = aylin.act(f"requests/{request}/answer", {"answers": {"cover_language": "tr"}})
    assert done.status_code == 200, done.json
    assert clerk.look(reference)["proposal"]["state"] == "void"
    left(town, office, reference)
    assert aylin.look()["state"] in ("waiting_for_citizen", "in_review")
    assert aylin.sent["letters"] == []


def test_a_second_person_where_the_service_wants_one(
    office: Office, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.four_eyes(monkeypatch, "on_refusal")
    clerk, lead = office.colleague(), office.colleague("lead")
    reference, request = asked(office, clerk, town.citizen())
    grace(town, request, yesterday())
    assert clerk.act(reference, "decision", CLOSE).json["proposal"]["state"] == "waiting"
    assert lead.act(reference, "decision/approve").status_code == 200
    left(town, office, reference)
    assert clerk.look(reference)["line"]["state"] == "lapsed"
