"""One act on many cases: preview, named failures, undo; requests in the citizen's language; two batches at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic, sleep
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backend.applications import life, queries
from backend.applications.service import invented
from backend.applications.types import By, Happening
from backend.casework import jobs
from backend.casework.service import batch as batches
from backend.casework.service import batch_acts
from backend.core.clock import BERLIN
from backend.core.db import db
from backend.core.security import format_reference
from backend.forms import examples
from backend.forms import service as forms
from tests.applications.people import BY_CLERK, SIMPLE, Somebody, Town
from tests.casework.office import OFFICE, Colleague, Office

SOON = (datetime.now(BERLIN).date() + timedelta(days=10)).isoformat()
MISSING = "K7M-3DX-9PC"
TURKISH = {"language": "tr", "text": "Kontrol edin.", "confirmed": True}


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
    assert (told["done"], told["failed"]) == (cases, [{"reference": MISSING, "code": "not_found", "errors": []}])
    assert (told["batch"], told["undo_until"], told["left"], told["total"]) == (None, None, 0, 3)
    of_others = {"assigned_to": None, "added": [], "removed": []}
    decided = {"delivery": "electronic", "fee_cents": 0, "second": None, "translated": None, **of_others}
    assert told["would"] == [{"reference": each, "language": "de", **decided} for each in cases]
    assert [clerk.look(each)["revision"] for each in cases] == before
    asked = batch(clerk, cases, "request", fields=["cover_language"], reason="?", due_on=SOON, preview=True)
    assert asked["done"] == cases
    lead = office.colleague("lead")
    assert batch(lead, cases, "assign", assignee=lead.id, preview=True)["would"][0]["assigned_to"] == lead.id
    assert batch(lead, cases, "label", add=["x"], preview=True)["would"][1]["added"] == ["x"]
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
    assert back["failed"] == [{"reference": cases[2], "code": "changed_elsewhere", "errors": []}]
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
    assert made["failed"] == [{"reference": cases[1], "code": "changed_elsewhere", "errors": []}]
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
        ({"action": "decide", "outcome": "refused", "translations": [TURKISH]}, "/translations"),
        ({"action": "decide", "outcome": "refused", "reason": "?", "translations": [TURKISH] * 2}, "/translations"),
        (
            {"action": "decide", "outcome": "refused", "reason": "?", "translations": [{**TURKISH, "language": "de"}]},
            "/translations/0/language",
        ),
    ],
)
def test_a_batch_is_complete(office: Office, body: dict[str, Any], pointer: str) -> None:
    refused = office.colleague().post("/cases/batch", {"cases": [MISSING], **body})
    assert (refused.status_code, refused.json["errors"][0]["pointer"].startswith(pointer)) == (422, True), refused.json


def in_language(town: Town, language: str) -> Somebody:
    """Somebody whose application came in another language."""
    aylin = town.citizen()
    aylin.begin()
    aylin.fill(BY_CLERK)
    assert aylin.send(language=language).status_code == 201
    assert aylin.act("send-now").status_code == 200
    return aylin


def test_a_request_in_her_own_language(office: Office, town: Town) -> None:
    aylin = in_language(town, "tr")
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
    gone = batch(clerk, [reference], "request", **ask, translations=[TURKISH])
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


def test_each_case_gets_the_translation_of_its_language(office: Office, town: Town) -> None:
    turkish, german, arabic = in_language(town, "tr"), in_language(town, "de"), in_language(town, "ar")
    people = (turkish, german, arabic)
    cases = [each.sent["reference"] for each in people]
    clerk = office.colleague()
    wanted = {"outcome": "refused", "reason": "Keine Wohnung", "translations": [{**TURKISH, "text": "Konut yok."}]}
    told = batch(clerk, cases, "decide", **wanted, preview=True)
    assert told["failed"] == [{"reference": cases[2], "code": "no_translation", "errors": []}]
    translated = {each["reference"]: (each["language"], each["translated"]) for each in told["would"]}
    assert translated == {cases[0]: ("tr", True), cases[1]: ("de", None)}
    assert sorted(batch(clerk, cases, "decide", **wanted)["done"]) == sorted(cases[:2])
    shown = clerk.look(cases[0])["proposal"]["preview"]["body"]
    assert "Konut yok." in " ".join(shown["own"])
    assert shown["translated"] is True
    without = batch(clerk, cases[2:], "decide", outcome="refused", reason="Keine Wohnung")
    assert without["done"] == cases[2:]
    assert clerk.look(cases[2])["proposal"]["preview"]["body"]["translated"] is False


def test_a_request_is_judged_by_each_case(office: Office, town: Town) -> None:
    """Only who wants an extended certificate was asked what it is to say: of the others it cannot be asked."""
    simple = town.citizen()
    simple.applied(SIMPLE)
    extended = office.case()
    with town.app.app_context():
        session = db.session()
        plain = queries.by_id_unchecked(session, town.id_of(simple.sent), lock=True)
        assert plain is not None
        life.record(session, plain, Happening.RECEIVED, By.SYSTEM)  # before its rules decide
        session.commit()
    cases = [simple.sent["reference"], extended]
    clerk = office.colleague()
    made = batch(clerk, cases, "request", fields=["items"], reason="Welche Angaben?", due_on=SOON)
    fault = {"pointer": "/fields/items", "code": "unknown_field"}
    assert made["failed"] == [{"reference": cases[0], "code": "invalid", "errors": [fault]}]
    assert made["done"] == [extended]
    assert clerk.look(cases[0])["requests"] == []
    assert clerk.look(extended)["requests"][0]["fields"] == ["items"]


def test_what_can_be_asked_for(office: Office, town: Town) -> None:
    cases = [office.case(), in_language(town, "tr").sent["reference"]]
    foreign = office.case()
    town.sql("UPDATE staff_case SET office = 'bhv' WHERE application_id = :id", id=office.id_of(foreign))
    clerk = office.colleague()
    told = clerk.post("/cases/batch/scope", {"cases": [*cases, foreign, MISSING]}).json
    assert told["services"] == ["meldebescheinigung"]
    assert told["languages"] == [{"language": "de", "cases": 1}, {"language": "tr", "cases": 1}]
    by_name = {each["name"]: each for each in told["fields"]}
    assert by_name["cover_language"]["cases"] == 2
    assert by_name["cover_language"]["file"] is False
    assert all(each["label"] for each in told["fields"])


def carried(town: Town, made: dict[str, Any]) -> None:
    """What the worker does with a batch."""
    with town.app.app_context():
        jobs.carry_batch(made["batch"])


def watched(clerk: Colleague, made: dict[str, Any]) -> dict[str, Any]:
    answer = clerk.get(f"/cases/batch/{made['batch']}")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def test_the_worker_goes_on_where_a_call_ends(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 0.0)
    monkeypatch.setattr(batches, "STEP", 0.0)
    cases = sorted(office.case() for _ in range(3))
    clerk = office.colleague()
    made = batch(clerk, cases, "decide", outcome="granted")
    assert (made["state"], made["done"], made["left"], made["total"]) == ("running", cases[:1], 2, 3)
    queued = town.sql("SELECT args FROM procrastinate_jobs WHERE task_name = 'casework.batch'")
    assert {"row_id": made["batch"]} in [each.args for each in queued]
    (kept,) = town.sql("SELECT wanted FROM staff_batch WHERE id = :id", id=made["batch"])
    assert b"granted" not in bytes(kept.wanted)
    assert office.colleague().get(f"/cases/batch/{made['batch']}").status_code == 404
    carried(town, made)
    now = watched(clerk, made)
    assert (now["state"], now["done"], now["left"]) == ("done", cases, 0)
    events = clerk.look(cases[2])["timeline"]
    assert [each["actor"] for each in events if each["type"] == "application.review_started"] == [clerk.id]
    assert office.audited(cases[2], "case.proposed")[0].actor_account == clerk.actor.account_id
    back = undone(clerk, made)
    assert (back["state"], back["done"], back["left"]) == ("undoing", cases[:1], 2)
    carried(town, made)
    last = watched(clerk, made)
    assert (last["state"], last["done"], last["failed"]) == ("undone", cases, [])
    assert [clerk.look(each)["proposal"]["state"] for each in cases] == ["undone"] * 3
    (kept,) = town.sql("SELECT wanted FROM staff_batch WHERE id = :id", id=made["batch"])
    assert kept.wanted is None


def test_undone_while_it_is_running(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not begun is not begun any more, and what waits to be taken back does not leave meanwhile."""
    cases = sorted(office.case() for _ in range(4))
    clerk = office.colleague()
    monkeypatch.setattr(batches, "AT_ONCE", 0.0)
    made = batch(clerk, cases, "decide", outcome="granted")
    with town.app.app_context():
        for _ in range(2):
            assert batches.carry_on(db.session(), UUID(made["batch"]), 0.0)
            db.session.commit()
    soon = "UPDATE staff_case_proposal SET leaves_at = clock_timestamp() + interval '2 seconds' WHERE state = 'leaving'"
    town.sql(soon)
    back = undone(clerk, made)
    assert (back["done"], back["left"], back["total"]) == (cases[:1], 2, 3)
    held = town.sql(
        "SELECT count(*) AS n FROM staff_case_proposal WHERE state = 'leaving'"
        " AND leaves_at > clock_timestamp() + interval '14 minutes'"
    )
    assert held[0].n == 2
    carried(town, made)
    assert watched(clerk, made)["done"] == cases[:3]
    assert clerk.look(cases[3])["proposal"] is None


def test_undone_when_the_first_are_about_to_leave(office: Office, town: Town) -> None:
    """A call works for seconds: what could leave meanwhile is held before, and the worker takes it back."""
    cases = sorted(office.case() for _ in range(3))
    clerk = office.colleague()
    made = batch(clerk, cases, "decide", outcome="granted")
    assert made["done"] == cases
    town.sql(
        "UPDATE staff_batch SET made_at = clock_timestamp() - interval '14 minutes 40 seconds',"
        " undo_until = clock_timestamp() + interval '20 seconds' WHERE id = :id",
        id=made["batch"],
    )
    town.sql(
        "UPDATE staff_case_proposal SET leaves_at = clock_timestamp() + interval '20 seconds' WHERE state = 'leaving'"
    )
    back = undone(clerk, made)
    assert (back["state"], back["done"], back["left"]) == ("undoing", cases[:1], 2)
    held = "SELECT leaves_at - clock_timestamp() AS rest FROM staff_case_proposal WHERE state = 'leaving'"
    assert [each.rest > timedelta(minutes=14) for each in town.sql(held)] == [True, True]
    carried(town, made)
    assert (watched(clerk, made)["state"], watched(clerk, made)["done"]) == ("undone", cases)


def test_a_preview_goes_on_too(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 0.0)
    cases = sorted(office.case() for _ in range(2))
    clerk = office.colleague()
    told = batch(clerk, [*cases, MISSING], "decide", outcome="granted", preview=True)
    assert (told["state"], told["left"], told["undo_until"]) == ("running", 2, None)
    carried(town, told)
    now = watched(clerk, told)
    assert (now["state"], now["preview"], now["done"], len(now["would"])) == ("done", True, cases, 2)
    assert [each["code"] for each in now["failed"]] == ["not_found"]
    assert [clerk.look(each)["proposal"] for each in cases] == [None, None]
    assert clerk.post(f"/cases/batch/{told['batch']}/undo").status_code == 404


def test_a_case_that_somebody_holds_is_named(office: Office, town: Town) -> None:
    cases = sorted(office.case() for _ in range(2))
    lead = office.colleague("lead")
    with town.engine.connect() as other:
        other.execute(text("SELECT 1 FROM application WHERE id = :id FOR UPDATE"), {"id": office.id_of(cases[0])})
        made = batch(lead, cases, "label", add=["eilig"])
    assert (made["done"], made["failed"]) == (cases[1:], [{"reference": cases[0], "code": "case_busy", "errors": []}])


def test_a_broken_case_is_named_and_the_worker_goes_on(
    office: Office, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = sorted(office.case() for _ in range(4))
    lead = office.colleague("lead")
    monkeypatch.setattr(batches, "AT_ONCE", 0.0)
    made = batch(lead, cases, "label", add=["eilig"])
    whole, broken = batch_acts.work.label, office.id_of(cases[2])

    def label(session: Any, actor: Any, case: Any, **more: Any) -> None:
        if case.application_id == broken:
            raise RuntimeError("broken")
        whole(session, actor, case, **more)

    monkeypatch.setattr(batch_acts.work, "label", label)
    carried(town, made)
    now = watched(lead, made)
    assert now["done"] == [*cases[:2], cases[3]]
    assert [(each["reference"], each["code"]) for each in now["failed"]] == [(cases[2], "internal_error")]


def test_what_fails_once_names_nobody(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = sorted(office.case() for _ in range(4))
    lead = office.colleague("lead")
    monkeypatch.setattr(batches, "AT_ONCE", 0.0)
    made = batch(lead, cases, "label", add=["eilig"])
    whole, passing = batch_acts.work.label, {office.id_of(cases[2]), office.id_of(cases[3])}

    def label(session: Any, actor: Any, case: Any, **more: Any) -> None:
        if case.application_id in passing:
            passing.remove(case.application_id)
            raise RuntimeError("passes")
        whole(session, actor, case, **more)

    monkeypatch.setattr(batch_acts.work, "label", label)
    carried(town, made)
    assert (watched(lead, made)["done"], watched(lead, made)["failed"], passing) == (cases, [], set())


def test_a_lost_database_names_nobody(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = sorted(office.case() for _ in range(3))
    lead = office.colleague("lead")
    monkeypatch.setattr(batches, "AT_ONCE", 0.0)
    made = batch(lead, cases, "label", add=["eilig"])

    def lost(session: Any, *_: Any, **__: Any) -> None:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with monkeypatch.context() as patched:
        patched.setattr(batch_acts.work, "label", lost)
        with pytest.raises(OperationalError):
            carried(town, made)
    now = watched(lead, made)
    assert (now["state"], now["left"], now["failed"]) == ("running", 2, [])
    carried(town, made)
    assert (watched(lead, made)["done"], watched(lead, made)["failed"]) == (cases, [])


def test_a_deadlock_concerns_one_case(office: Office, town: Town) -> None:
    cases = sorted(office.case() for _ in range(2))
    lead, held = office.colleague("lead"), {"id": office.id_of(cases[0])}
    waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with town.engine.connect() as other, ThreadPoolExecutor(1) as beside:
        for number in range(9):  # who looks first for the deadlock is its victim: on a slow machine at times the other
            other.execute(text("SELECT 1 FROM staff_case WHERE application_id = :id FOR UPDATE"), held)
            making = beside.submit(batch, lead, cases, "label", add=[f"eilig {number}"])
            for _ in range(200):
                if town.sql(waits):
                    break
                sleep(0.01)
            with suppress(OperationalError):
                other.execute(text("SELECT 1 FROM application WHERE id = :id FOR UPDATE"), held)  # the wrong way round
            other.rollback()
            made = making.result(timeout=20)
            if made["failed"]:
                break
    assert (made["done"], made["failed"]) == (cases[1:], [{"reference": cases[0], "code": "case_busy", "errors": []}])


def test_a_killed_worker_is_made_up_for(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 0.0)
    cases = [office.case(), office.case()]
    made = batch(office.colleague("lead"), cases, "label", add=["eilig"])
    town.sql("DELETE FROM procrastinate_jobs WHERE task_name = 'casework.batch'")
    town.sql("UPDATE staff_batch SET carried_at = clock_timestamp() - interval '1 minute'")
    with town.app.app_context():
        jobs.batches_go_on()
        db.session.commit()
    queued = town.sql("SELECT args FROM procrastinate_jobs WHERE task_name = 'casework.batch'")
    assert [each.args for each in queued] == [{"row_id": made["batch"]}]


def let_rest(town: Town, made: dict[str, Any], minutes: int) -> None:
    """Let time pass in which nobody works on a batch."""
    town.sql(
        "UPDATE staff_batch SET made_at = made_at - make_interval(mins => :minutes), carried_at = carried_at"
        " - make_interval(mins => :minutes), undo_until = undo_until - make_interval(mins => :minutes) WHERE id = :id",
        minutes=minutes,
        id=made["batch"],
    )


def test_what_runs_can_always_be_stopped(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 0.0)
    cases = sorted(office.case() for _ in range(3))
    lead = office.colleague("lead")
    made = batch(lead, cases, "label", add=["eilig"])
    let_rest(town, made, 20)
    back = undone(lead, made)
    assert (back["state"], back["done"], back["left"]) == ("undone", cases[:1], 0)
    carried(town, made)
    assert [lead.look(each)["line"]["labels"] for each in cases] == [[], [], []]


def test_the_time_for_undoing_begins_at_the_end(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 0.0)
    cases = sorted(office.case() for _ in range(2))
    lead = office.colleague("lead")
    made = batch(lead, cases, "label", add=["eilig"])
    let_rest(town, made, 20)
    carried(town, made)
    assert (watched(lead, made)["state"], watched(lead, made)["done"]) == ("done", cases)
    rest = "SELECT undo_until - clock_timestamp() AS rest FROM staff_batch WHERE id = :id"
    (kept,) = town.sql(rest, id=made["batch"])
    assert timedelta(minutes=14) < kept.rest <= timedelta(minutes=15)
    let_rest(town, made, 16)
    late = lead.post(f"/cases/batch/{made['batch']}/undo")
    assert (late.status_code, late.json["code"]) == (409, "batch_undo_over")


def test_what_rested_for_an_hour_is_not_begun_any_more(
    office: Office, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 0.0)
    cases = sorted(office.case() for _ in range(3))
    lead = office.colleague("lead")
    made = batch(lead, cases, "label", add=["eilig"])
    let_rest(town, made, 61)
    carried(town, made)
    now = watched(lead, made)
    assert (now["state"], now["done"], now["left"]) == ("done", cases[:1], 0)
    assert now["failed"] == [{"reference": each, "code": "batch_stopped", "errors": []} for each in cases[1:]]
    assert [lead.look(each)["line"]["labels"] for each in cases] == [["eilig"], [], []]
    (kept,) = town.sql("SELECT wanted FROM staff_batch WHERE id = :id", id=made["batch"])
    assert kept.wanted is None


def five_hundred(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Real applications of the simplest form in the office, each with its own key, answers and events."""
    monkeypatch.setattr(invented, "is_training", lambda _office: True)
    form = forms.published("meldebescheinigung")
    example = examples.of(form)[0]
    with town.app.app_context():
        found = []
        for _ in range(500):
            row = invented.received(db.session(), form, example, OFFICE, "de")
            found.append(format_reference(row.reference or ""))
        db.session.commit()
    return sorted(found)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_five_hundred_decisions_of_which_three_fail(
    office: Office, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = five_hundred(office, town, monkeypatch)
    ended, foreign, pending = cases[3], cases[250], cases[499]
    clerk, other = office.colleague(), office.colleague(offices=("bhv",))
    assert clerk.act(pending, "decision", {"outcome": "granted"}).status_code == 201
    town.sql("UPDATE staff_case SET office = 'bhv' WHERE application_id = :id", id=office.id_of(foreign))
    with town.app.app_context():
        row = queries.by_id_unchecked(db.session(), office.id_of(ended), lock=True)
        assert row is not None
        life.record(db.session(), row, Happening.WITHDRAWN, By.PERSON)
        db.session.commit()
    before = monotonic()
    made = batch(clerk, cases, "decide", outcome="refused", reason="Ein Nachweis fehlt.")
    held = monotonic() - before
    assert held < 15, "the proxy gives up then; a web thread works three seconds, and one case more"
    assert made["total"] == 500
    carried(town, made)
    now = watched(clerk, made)
    assert (now["state"], now["left"], len(now["done"])) == ("done", 0, 497)
    assert [(each["reference"], each["code"]) for each in now["failed"]] == [
        (ended, "not_now"), (foreign, "not_found"), (pending, "decision_pending"),
    ]  # fmt: skip
    leaving = "SELECT count(*) AS n FROM staff_case_proposal WHERE state = 'leaving' AND outcome = 'refused'"
    assert town.sql(leaving)[0].n == 497
    undone(clerk, made)
    carried(town, made)
    last = watched(clerk, made)
    assert (last["state"], last["left"], len(last["done"]), last["failed"]) == ("undone", 0, 497, [])
    assert town.sql(leaving)[0].n == 0
    assert other.look(foreign)["proposal"] is None
    too_many = clerk.post("/cases/batch", {"action": "label", "cases": [*cases, MISSING], "add": ["x"]})
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
