"""Who may do what: every staff route with its permission, every role on every route, foreign offices, four eyes."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backend.accounts.types import Role
from backend.casework import policy
from backend.casework.types import Action
from backend.core.access import declared
from tests.applications.people import API, Town
from tests.casework.office import Office

NOBODY = "00000000-0000-4000-8000-000000000000"
MISSING = "K7M-3DX-9PC"
EVERYBODY = "administrator auditor clerk lead phone_agent second_approver"
READERS = "auditor clerk lead second_approver"
ROUTES = {
    ("GET", "/cases"): "clerk lead second_approver",
    ("POST", "/cases/search"): "clerk lead second_approver",
    ("POST", "/cases/take-next"): "clerk lead",
    ("POST", "/cases/batch"): "clerk lead",
    ("GET", "/cases/batch/<uuid:batch_id>"): "clerk lead",
    ("POST", "/cases/batch/<uuid:batch_id>/undo"): "clerk lead",
    ("POST", "/cases/batch/scope"): "clerk lead",
    ("GET", "/retention"): "administrator auditor",
    ("GET", "/retention/cases"): "administrator auditor",
    ("GET", "/refunds"): "administrator lead",
    ("POST", "/refunds/<uuid:payment_id>/done"): "administrator lead",
    ("GET", "/cases/<reference>"): "auditor clerk lead second_approver",
    ("POST", "/cases/<reference>/assign"): "clerk lead",
    ("POST", "/cases/<reference>/notes"): "clerk lead second_approver",
    ("POST", "/cases/<reference>/messages"): "clerk lead",
    ("POST", "/cases/<reference>/requests"): "clerk lead",
    ("POST", "/cases/<reference>/requests/<uuid:request_id>/cancel"): "clerk lead",
    ("POST", "/cases/<reference>/decision"): "clerk lead",
    ("POST", "/cases/<reference>/decision/preview"): "clerk lead",
    ("POST", "/cases/<reference>/decision/preview.pdf"): "clerk lead",
    ("GET", "/cases/<reference>/decision/letter.pdf"): "auditor clerk lead second_approver",
    ("GET", "/text-blocks"): "clerk lead second_approver",
    ("POST", "/letters/<uuid:letter_id>/printed"): "clerk lead second_approver",
    ("POST", "/cases/<reference>/decision/approve"): "lead second_approver",
    ("POST", "/cases/<reference>/decision/return"): "lead second_approver",
    ("POST", "/cases/<reference>/decision/undo"): "clerk lead second_approver",
    ("GET", "/cases/<reference>/attachments/<uuid:attachment_id>/content"): "auditor clerk lead second_approver",
    ("GET", "/cases/<reference>/letters/<uuid:letter_id>"): "clerk lead second_approver",
    ("GET", "/cases/<reference>/audit"): "auditor",
    ("GET", "/letters"): "clerk lead second_approver",
    ("POST", "/training"): "clerk lead second_approver",
    ("GET", "/views"): "clerk lead second_approver",
    ("POST", "/views"): "clerk lead second_approver",
    ("DELETE", "/views/<uuid:view_id>"): "clerk lead second_approver",
    ("GET", "/profile"): EVERYBODY,
    ("PUT", "/profile"): EVERYBODY,
    ("GET", "/workers"): "administrator clerk lead second_approver",
    ("PUT", "/workers/<uuid:worker_id>/absence"): "administrator clerk lead second_approver",
    ("PUT", "/workers/<uuid:worker_id>/teams"): "administrator lead",
    ("GET", "/routing"): "administrator lead",
    ("PUT", "/routing"): "administrator lead",
    ("POST", "/cases/<reference>/corrections"): "clerk lead",
    ("POST", "/cases/<reference>/reopen"): "clerk lead",
    ("POST", "/cases/<reference>/hand-over"): "clerk lead",
    ("POST", "/cases/<reference>/opinions"): "clerk lead",
    ("POST", "/cases/<reference>/opinions/<uuid:opinion_id>/withdraw"): "clerk lead",
    ("GET", "/opinions"): "clerk lead second_approver",
    ("POST", "/opinions/<uuid:opinion_id>/answer"): "clerk lead",
    ("POST", "/status"): "clerk lead phone_agent second_approver",
    ("GET", "/audit"): "auditor",
    ("GET", "/audit/export"): "auditor",
    ("GET", "/cases/<reference>/attachments/<uuid:attachment_id>/pages/<int:number>"): READERS,
    ("GET", "/cases/<reference>/attachments/<uuid:attachment_id>/text"): READERS,
    ("GET", "/cases/<reference>/export"): READERS,
    ("POST", "/cases/<reference>/presence"): READERS,
    ("DELETE", "/cases/<reference>/presence"): READERS,
    ("GET", "/cases/export"): "clerk lead second_approver",
}
BODIES: dict[str, Any] = {
    "/training": {"on": False},
    "/cases/search": {"name": "Nobody"},
    "/cases/batch": {"action": "label", "cases": [MISSING], "add": ["a"]},
    "/cases/batch/scope": {"cases": [MISSING]},
    "/cases/<reference>/assign": {"assignee": None},
    "/cases/<reference>/notes": {"text": "a"},
    "/cases/<reference>/messages": {"text": "a"},
    "/cases/<reference>/requests": {"fields": ["cover_language"], "reason": "a", "due_on": "2099-01-01"},
    "/cases/<reference>/decision": {"outcome": "granted"},
    "/cases/<reference>/decision/preview": {"outcome": "granted"},
    "/cases/<reference>/decision/preview.pdf": {"outcome": "granted"},
    "/cases/<reference>/decision/return": {"reason": "a"},
    "/views": {"name": "Mine", "filters": {}},
    "/profile": {"languages": None, "services": None, "shortcuts": True},
    "/workers/<uuid:worker_id>/absence": {"until": None, "substitute": None},
    "/workers/<uuid:worker_id>/teams": {"teams": []},
    "/routing": {"items": [], "office": "hb-mitte"},
    "/cases/<reference>/corrections": {"pointer": "/purpose", "value": "a", "reason": "a"},
    "/cases/<reference>/reopen": {"reason": "a"},
    "/cases/<reference>/hand-over": {"office": "hb-nord", "note": "a"},
    "/cases/<reference>/opinions": {"office": "hb-nord", "question": "a", "due_on": "2099-01-01"},
    "/opinions/<uuid:opinion_id>/answer": {"answer": "a"},
    "/status": {"reference": MISSING, "birth_date": "2000-01-01"},
}
QUERIES = {"/cases/export": "?format=csv", "/retention/cases": "?month=2026-12"}
ON_A_CASE = sorted(key for key in ROUTES if "<reference>" in key[1])
DONE = {200, 201, 204, 404, 409, 412}


def address(rule: str, reference: str) -> str:
    path = rule.replace("<reference>", reference)
    for name in (
        "request_id",
        "attachment_id",
        "letter_id",
        "view_id",
        "worker_id",
        "opinion_id",
        "batch_id",
        "payment_id",
    ):
        path = path.replace(f"<uuid:{name}>", NOBODY)
    return path.replace("<int:number>", "1") + QUERIES.get(rule, "")


def test_every_staff_route_is_in_the_table(app: Flask) -> None:
    found = {}
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(f"{API}/staff/"):
            continue
        method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        declaration = declared(app.view_functions[rule.endpoint])
        assert declaration is not None
        assert declaration.kind == "staff", rule
        roles = " ".join(sorted(policy.TABLE[Action(declaration.scope)]))
        found[(method, rule.rule.removeprefix(f"{API}/staff"))] = roles
    assert found == ROUTES


def test_every_action_has_roles_that_exist() -> None:
    assert set(policy.TABLE) == set(Action)
    assert set().union(*policy.TABLE.values()) <= {str(role) for role in Role}


@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_each_role_on_each_route(office: Office, role: str) -> None:
    person = office.colleague(role)
    for (method, rule), roles in ROUTES.items():
        answer = person.call(method, address(rule, MISSING), BODIES.get(rule, {} if method == "POST" else None), seen=1)
        if role in roles.split():
            own_session = {401} if rule == "/training" else set()  # these people have none in the database
            assert answer.status_code in DONE | own_session, (rule, answer.json)
        else:
            assert (answer.status_code, answer.json["code"]) == (403, "forbidden"), rule


def test_without_a_session_of_staff_nothing_opens(office: Office, town: Town) -> None:
    citizen = town.citizen()
    for method, rule in ROUTES:
        body = BODIES.get(rule, {} if method == "POST" else None)
        answer = citizen.call(method, f"/staff{address(rule, MISSING)}", body, If_Match='"1"')
        assert (answer.status_code, answer.json["code"]) == (401, "unauthenticated"), rule


def test_a_foreign_office_has_no_case_and_the_try_is_noted(office: Office, town: Town) -> None:
    reference = office.case()
    stranger = office.colleague("clerk", "lead", "second_approver", "auditor", offices=("bhv-mitte",))
    tries = 0
    for method, rule in ON_A_CASE:
        body = BODIES.get(rule, {} if method == "POST" else None)
        foreign = stranger.call(method, address(rule, reference), body, seen=1)
        missing = stranger.call(method, address(rule, MISSING), body, seen=1)
        assert foreign.status_code == missing.status_code == 404, rule
        assert {**foreign.json, "instance": ""} == {**missing.json, "instance": ""}
        tries += 1
        assert len(office.audited(reference, "application.refused")) == tries, rule
    assert stranger.references() == []
    assert stranger.references("?offices=hb-mitte") == []
    assert stranger.post("/cases/search", {"reference": reference}).json["items"] == []
    assert stranger.post("/cases/search", {"name": "Yıldız"}).json["items"] == []
    assert reference not in [each["reference"] for each in stranger.get("/letters").json["items"]]
    batch = stranger.post("/cases/batch", {"action": "label", "cases": [reference], "add": ["a"]}).json
    assert (batch["done"], batch["failed"]) == ([], [{"reference": reference, "code": "not_found", "errors": []}])
    assert batch["batch"] is None
    assert len(office.audited(reference, "application.refused")) == tries + 1
    assert stranger.post("/cases/take-next", {}).json["code"] == "nothing_to_take"


def test_looking_is_written_down_with_its_reason(office: Office) -> None:
    reference = office.case()
    clerk = office.colleague()
    assert clerk.get(f"/cases/{reference}?why=question").status_code == 200
    entries = office.audited(reference, "case.opened")
    assert [(str(each.actor_account), each.reason) for each in entries] == [(clerk.id, "question")]
    trail = office.colleague("auditor", offices=()).get(f"/cases/{reference}/audit").json
    looked = next(each for each in trail["items"] if each["action"] == "case.opened")
    assert (looked["actor"], looked["actor_name"], looked["reason"]) == (clerk.id, "Wiebke Osterloh", "question")
    assert trail["items"][0]["action"] == "case.audited"


def test_four_eyes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.four_eyes(monkeypatch, "on_refusal")
    reference = office.case()
    clerk, both = office.colleague("clerk"), office.colleague("clerk", "second_approver", name="Hanne Steinbrück")
    proposed = both.act(reference, "decision", {"outcome": "refused", "reason": "Keine Wohnung"})
    assert (proposed.json["proposal"]["state"], proposed.json["can"]["approve"]) == ("waiting", False)
    own = both.act(reference, "decision/approve")
    assert (own.status_code, own.json["code"]) == (409, "own_proposal")
    assert both.act(reference, "decision/return", {"reason": "Nein"}).json["code"] == "own_proposal"
    assert clerk.act(reference, "decision/approve").status_code == 403
    second = office.colleague("second_approver", name="Cem Behrens")
    seen = second.look(reference)
    assert (seen["proposal"]["reason"], seen["proposal"]["outcome"], seen["can"]["approve"]) == (
        "Keine Wohnung",
        "refused",
        True,
    )
    approved = second.act(reference, "decision/approve")
    proposal = approved.json["proposal"]
    assert (approved.status_code, proposal["state"], proposal["approver"]) == (200, "leaving", second.id)
    assert second.act(reference, "decision/approve").json["code"] == "no_decision_pending"
    assert both.act(reference, "decision/undo").json["proposal"]["state"] == "undone"


def test_a_returned_proposal_says_why(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.four_eyes(monkeypatch, "always")
    reference = office.case()
    clerk, second = office.colleague(), office.colleague("second_approver")
    assert clerk.act(reference, "decision", {"outcome": "granted"}).json["proposal"]["needs_second"] is True
    returned = second.act(reference, "decision/return", {"reason": "Bitte Adresse prüfen."})
    assert returned.json["proposal"]["state"] == "returned"
    assert clerk.look(reference)["proposal"]["returned_because"] == "Bitte Adresse prüfen."
    again = clerk.act(reference, "decision", {"outcome": "granted"})
    assert again.json["proposal"]["state"] == "waiting"


def test_the_database_refuses_what_the_program_must_not_do(
    office: Office, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.four_eyes(monkeypatch, "always")
    reference = office.case()
    clerk = office.colleague()
    assert clerk.act(reference, "decision", {"outcome": "granted"}).status_code == 201
    case = {"id": office.id_of(reference), "me": clerk.actor.account_id}
    start = "UPDATE staff_case_proposal SET "
    where = " WHERE application_id = :id AND state = 'waiting'"
    leaving = "state = 'leaving', leaves_at = clock_timestamp()"
    for change, constraint in [
        (f"approver = :me, {leaving}", "four_eyes"),
        (leaving, "second_before_leaving"),
        ("state = 'left'", "second_before_leaving"),
    ]:
        with town.engine.connect() as connection, pytest.raises(IntegrityError, match=constraint):
            connection.execute(text(start + change + where), case)
