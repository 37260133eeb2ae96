"""Work lists: order, filters, pages, what changed, searches, assignment, batches, saved views."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from backend.core.security import new_reference
from tests.applications.people import AYLIN, Town
from tests.casework.office import Colleague, Office, today


@pytest.fixture
def clerk(office: Office) -> Colleague:
    """Somebody who works on cases."""
    return office.colleague()


def dated(town: Town, office: Office, reference: str, days: int) -> None:
    """Promise a case for a day that many days from now."""
    day = today() + timedelta(days=days)
    change = "UPDATE staff_case SET promise_on = :day, due_rank = :day WHERE application_id = :id"
    town.sql(change, day=day, id=office.id_of(reference))


def test_the_most_urgent_first_and_page_by_page(office: Office, town: Town, clerk: Colleague) -> None:
    cases = [office.case() for _ in range(5)]
    for reference, days in zip(cases, (3, -2, 30, 0, -9), strict=True):
        dated(town, office, reference, days)
    undated = office.case()
    wanted = [cases[4], cases[1], cases[3], cases[0], cases[2], undated]
    whole = clerk.listed()
    assert [line["reference"] for line in whole["items"]] == wanted
    assert [line["urgency"] for line in whole["items"]] == ["overdue", "overdue", "soon", "soon", "later", "none"]
    assert (whole["count"], whole["count_is_exact"], whole["next"], whole["sort"]) == (6, True, None, "due")
    for sort in ("due", "received", "-received"):
        seen: list[str] = []
        after = ""
        while True:
            page = clerk.listed(f"?page_size=2&sort={sort}{after}")
            assert page["count"] == 6
            seen += [line["reference"] for line in page["items"]]
            if page["next"] is None:
                break
            after = f"&after={page['next']}"
        by_receipt = [*cases, undated]
        assert seen == {"due": wanted, "received": by_receipt, "-received": by_receipt[::-1]}[sort]


def test_filters(office: Office, town: Town, clerk: Colleague) -> None:
    late, soon, other = office.case(), office.case(), office.case()
    dated(town, office, late, -1)
    dated(town, office, soon, 2)
    town.sql("UPDATE staff_case SET language = 'tr' WHERE application_id = :id", id=office.id_of(other))
    town.sql(
        "UPDATE staff_case SET received_at = received_at - interval '9 days' WHERE application_id = :id",
        id=office.id_of(late),
    )
    clerk.post("/cases/batch", {"action": "label", "cases": [soon], "add": ["Eilt"]})
    clerk.act(other, "requests", {"fields": ["cover_language"], "reason": "a", "due_on": "2099-01-01"})
    clerk.act(late, "assign", {"assignee": clerk.id})
    for query, wanted in [
        ("due=overdue", {late}),
        ("due=soon", {soon}),
        ("at_risk=true", {late, soon}),
        ("languages=tr&languages=uk", {other}),
        ("waiting_for=citizen", {other}),
        ("waiting_for=office", {late, soon}),
        ("states=waiting_for_citizen", {other}),
        ("states=received&states=in_review", {late, soon}),
        ("assigned=me", {late}),
        ("assigned=nobody", {soon, other}),
        (f"assigned={clerk.id}", {late}),
        ("older_than_days=8", {late}),
        ("label=Eilt", {soon}),
        ("services=gewerbe", set()),
        ("services=meldebescheinigung", {late, soon, other}),
        ("scope=all", {late, soon, other}),
        ("scope=ended", set()),
        ("offices=hb-mitte", {late, soon, other}),
        ("due=overdue&assigned=nobody", set()),
    ]:
        found = clerk.listed(f"?{query}")
        assert {line["reference"] for line in found["items"]} == wanted, query
        assert found["count"] == len(wanted)


@pytest.mark.parametrize(
    "query", ["sort=reference", "after=x", "page_size=0", "assigned=you", "states=draft", "unknown=1"]
)
def test_what_no_list_knows(clerk: Colleague, query: str) -> None:
    assert clerk.get(f"/cases?{query}").status_code == 422


def test_nothing_is_sent_again_while_nothing_changes(office: Office, clerk: Colleague) -> None:
    reference = office.case()
    first = clerk.get("/cases")
    tag = first.headers["ETag"]
    again = clerk.get("/cases", If_None_Match=tag)
    assert (again.status_code, again.data) == (304, b"")
    clerk.post(f"/cases/{reference}/notes", {"text": "a"})
    changed = clerk.get("/cases", If_None_Match=tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_people_are_found_in_any_spelling(office: Office, town: Town, clerk: Colleague) -> None:
    yildiz = office.case()
    mueller = office.case(
        town.citizen({**AYLIN, "given_name": "Jörg", "family_name": "Müller-Łoś", "birthdate": "1970-05-04"})
    )
    for body, wanted in [
        ({"name": "yildiz"}, yildiz),
        ({"name": "Aylin YILD"}, yildiz),
        ({"name": "Yıldız", "birth_date": "1988-02-29"}, yildiz),
        ({"name": "Aylin Yildiz", "birth_date": "1988-02-29"}, yildiz),
        ({"name": "MUELLER"}, mueller),
        ({"name": "los jörg"}, mueller),
        ({"name": "Müller-Łoś", "birth_date": "1970-05-04"}, mueller),
        ({"reference": yildiz.lower().replace("-", " ")}, yildiz),
    ]:
        found = clerk.post("/cases/search", body)
        assert found.status_code == 200, found.json
        assert [line["reference"] for line in found.json["items"]] == [wanted], body
    for body in ({"name": "Yıldız", "birth_date": "1988-02-28"}, {"name": "Nobody"}, {"reference": new_reference()}):
        assert clerk.post("/cases/search", body).json["items"] == []
    for body in ({"birth_date": "1988-02-29"}, {}, {"name": "'"}, {"reference": "x"}, {"name": "a", "reference": "b"}):
        assert clerk.post("/cases/search", body).status_code == 422, body
    entries = town.sql("SELECT payload FROM audit_entry WHERE action = 'case.searched' AND payload LIKE '%birth%'")
    assert entries
    assert not [each for each in entries if "1988" in each.payload or "ld" in each.payload.lower()]


def test_the_next_case_fits_the_languages_and_is_given_once(office: Office, town: Town) -> None:
    german, turkish = office.case(), office.case()
    town.sql("UPDATE staff_case SET language = 'tr' WHERE application_id = :id", id=office.id_of(turkish))
    dated(town, office, german, 1)
    first, second = office.colleague(), office.colleague()
    takes = {"languages": ["tr"], "services": None, "shortcuts": True}
    assert first.call("PUT", "/profile", takes).json["languages"] == ["tr"]
    assert first.post("/cases/take-next", {}).json["reference"] == turkish
    assert first.post("/cases/take-next", {}).json["code"] == "nothing_to_take"
    assert second.post("/cases/take-next", {"services": ["gewerbe"]}).json["code"] == "nothing_to_take"
    taken = second.post("/cases/take-next", {})
    assert (taken.json["reference"], taken.json["assigned_to"], taken.json["state"]) == (german, second.id, "in_review")


def test_a_case_that_somebody_is_taking_is_skipped(office: Office, town: Town) -> None:
    urgent, next_one = office.case(), office.case()
    dated(town, office, urgent, -1)
    locked = "SELECT 1 FROM staff_case WHERE application_id = :id FOR UPDATE"
    with town.engine.begin() as connection:
        connection.execute(text(locked), {"id": office.id_of(urgent)})
        assert office.colleague().post("/cases/take-next", {}).json["reference"] == next_one


def test_who_gives_cases_to_whom(office: Office) -> None:
    reference = office.case()
    clerk, other, lead = office.colleague(), office.colleague(), office.colleague("lead")
    stranger = office.colleague(offices=("bhv-mitte",))
    assert clerk.act(reference, "assign", {"assignee": other.id}).status_code == 403
    assert lead.act(reference, "assign", {"assignee": stranger.id}).json["code"] == "not_in_office"
    given = lead.act(reference, "assign", {"assignee": other.id, "team": "meldewesen"})
    assert (given.json["line"]["assigned_to"], given.json["line"]["team"]) == (other.id, "meldewesen")
    assert clerk.act(reference, "assign", {"assignee": None}).status_code == 403
    assert other.act(reference, "assign", {"assignee": None}).json["line"]["assigned_to"] is None
    stale = clerk.post(f"/cases/{reference}/assign", {"assignee": clerk.id}, seen=1)
    assert (stale.status_code, stale.json["code"]) == (412, "changed_elsewhere")


def test_a_batch_names_what_failed_and_does_the_rest(office: Office, town: Town) -> None:
    good = [office.case() for _ in range(3)]
    foreign = office.case()
    town.sql("UPDATE staff_case SET office = 'bhv-mitte' WHERE application_id = :id", id=office.id_of(foreign))
    full = office.case()
    labels = [f"L{number}" for number in range(10)]
    lead = office.colleague("lead")
    assert lead.post("/cases/batch", {"action": "label", "cases": [full], "add": labels}).json["done"] == [full]
    body = {"action": "label", "cases": [*good, foreign, full, "K7M-3DX-9PC", "nonsense"], "add": ["Eilt"]}
    answer = lead.post("/cases/batch", body)
    assert answer.status_code == 200
    assert answer.json["done"] == sorted(good)
    failed: dict[str, Any] = {each["reference"]: each["code"] for each in answer.json["failed"]}
    assert failed == {
        foreign: "not_found",
        full: "invalid",
        "K7M-3DX-9PC": "not_found",
        "nonsense": "not_found",
    }
    assert set(lead.references("?label=Eilt")) == set(good)
    given = lead.post("/cases/batch", {"action": "assign", "cases": good, "assignee": lead.id})
    assert (given.json["done"], given.json["failed"]) == (sorted(good), [])
    assert given.json["batch"]
    assert given.json["undo_until"]
    assert set(lead.references("?assigned=me")) == set(good)
    for body in (
        {"action": "assign", "cases": []},
        {"action": "assign", "cases": good},
        {"action": "label", "cases": good},
    ):
        assert lead.post("/cases/batch", body).status_code == 422, body


def test_own_views(office: Office, clerk: Colleague) -> None:
    filters = {"due": "overdue", "languages": ["tr"]}
    saved = clerk.post("/views", {"name": "Eilige", "filters": filters})
    assert saved.status_code == 201, saved.json
    assert (saved.json["filters"]["due"], saved.json["filters"]["languages"]) == ("overdue", ["tr"])
    clerk.post("/views", {"name": "Eilige", "filters": {"assigned": "me"}})
    own = clerk.get("/views").json["items"]
    assert [(each["name"], each["filters"]["assigned"], each["filters"]["due"]) for each in own] == [
        ("Eilige", "me", None)
    ]
    assert office.colleague().get("/views").json["items"] == []
    assert office.colleague().call("DELETE", f"/views/{own[0]['id']}").status_code == 404
    assert clerk.call("DELETE", f"/views/{own[0]['id']}").status_code == 204
    assert clerk.get("/views").json["items"] == []
    for number in range(20):
        assert clerk.post("/views", {"name": f"V{number}", "filters": {}}).status_code == 201
    assert clerk.post("/views", {"name": "one more", "filters": {}}).json["code"] == "too_many_views"
