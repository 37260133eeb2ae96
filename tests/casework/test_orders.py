"""Every order of a work list: page by page it is the whole list, nothing twice and nothing left out."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any, get_args
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.casework import cursor, queries_kinds, rules
from backend.casework.service.ordering import STAGES
from backend.casework.types import NO_NAME, Applicant, Order, Place, Sort
from backend.core.security import format_reference
from backend.forms import service as forms
from tests.applications.people import Town
from tests.casework.office import Colleague, Office
from tests.casework.test_case import erase

SORTS = get_args(Sort)
OFFICES = ("sort-1", "sort-2")
CASES = 60
WORKERS = {"zoe": "Älfriede Z", "ann": "Zora A", "nemo": None}
# Few values, so that much is equal: names, moments, days, stages; every sixth has no name, every third nobody.
FILL = (
    "INSERT INTO application (id, reference, service, version, content_hash, language, state, revision, key_id,"
    " document_revision, received_at) SELECT md5('o' || n)::uuid, 'S' || n, 'gewerbe', 1, 'x', 'de', 'in_review', 1,"
    " md5('k' || n)::uuid, 1, now() - n / 4 * interval '1 hour' FROM generate_series(1, :n) n",
    "INSERT INTO staff_case (application_id, reference, authority, office, service, version, language, name, name_key,"
    " state, waiting_for, received_at, ended_at, due_rank, assigned_to)"
    " SELECT a.id, a.reference, 'bremen', (ARRAY['sort-1', 'sort-2'])[1 + n % 2],"
    " (ARRAY['gewerbe', 'wohnsitz-anmelden', 'meldebescheinigung'])[1 + n / 2 % 3], 1,"
    " (ARRAY['de', 'tr'])[1 + n / 3 % 2], 'N', CASE WHEN n % 6 = 0 THEN '~' ELSE 'NAME ' || chr(65 + n % 5) END, stage,"
    " CASE WHEN stage = 'waiting_for_citizen' THEN 'citizen' END, a.received_at,"
    " CASE WHEN stage IN ('decided_granted', 'withdrawn') THEN now() END, current_date + n % 3,"
    " CASE WHEN n % 3 > 0 THEN md5((ARRAY['zoe', 'ann', 'nemo', 'unknown'])[1 + n / 3 % 4])::uuid END"
    " FROM (SELECT *, substr(reference, 2)::int AS n, (ARRAY['received', 'in_review', 'decided_granted',"
    " 'waiting_for_citizen', 'withdrawn'])[1 + substr(reference, 2)::int % 5] AS stage"
    " FROM application WHERE reference LIKE 'S%') a",
)


@pytest.fixture(scope="module")
def clerk(town: Town) -> Colleague:
    """Somebody of two offices full of cases."""
    for statement in FILL:
        town.sql(statement, **({"n": CASES} if ":n" in statement else {}))
    for key, name in WORKERS.items():
        added = (
            "INSERT INTO staff_worker (account_id, name, roles, offices) VALUES (md5(:key)::uuid, :name, '{}', '{}')"
        )
        town.sql(added, key=key, name=name)
    return Office(town).colleague("clerk", offices=OFFICES)


@pytest.fixture(params=[None, 0], ids=["walked", "by facets"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to a page, whatever the planner would say of so few cases."""
    monkeypatch.setattr(queries_kinds, "_expected", lambda *_: request.param)


def in_order(town: Town, sort: str, scope: str) -> list[str]:
    """The references of all cases of a scope as they should stand, by Python's own sorting."""
    titles = {form.slug: forms.text(form, "service.title", "de").text for form in forms.all_published()}
    names = {row.account_id: row.name for row in town.sql("SELECT account_id, name FROM staff_worker")}
    rows = town.sql("SELECT * FROM staff_case WHERE office LIKE 'sort-%'")
    rows = [row for row in rows if scope == "all" or (row.ended_at is None) == (scope == "open")]
    if scope != "open":
        sort = {"due": "-received", "-due": "received"}.get(sort, sort)
    down, column = sort.startswith("-"), sort.removeprefix("-")
    if column in ("due", "received", "name"):
        by = {"due": "due_rank", "received": "received_at", "name": "name_key"}[column]
        rows.sort(key=lambda row: (getattr(row, by), row.application_id), reverse=down)
        return [format_reference(row.reference) for row in rows]
    rows.sort(key=lambda row: (row.received_at, row.application_id), reverse=scope != "open")
    groups: dict[str, Any] = {
        "service": lambda row: titles[row.service],
        "state": lambda row: STAGES.index(row.state),
        "assigned": lambda row: (
            row.assigned_to is None,
            {"Älfriede Z": "AELFRIEDE Z", "Zora A": "ZORA A"}.get(names.get(row.assigned_to), NO_NAME),
            str(row.assigned_to),
        ),
    }
    rows.sort(key=groups[column], reverse=down)  # sorting keeps the order of what is equal, turned or not
    return [format_reference(row.reference) for row in rows]


def walked(clerk: Colleague, query: str, size: int) -> list[str]:
    """All pages of a list, one after another."""
    seen: list[str] = []
    after = ""
    while True:
        page = clerk.listed(f"?{query}&page_size={size}{after}")
        seen += [line["reference"] for line in page["items"]]
        if page["next"] is None:
            return seen
        assert len(page["items"]) == size
        after = f"&after={page['next']}"


@pytest.mark.usefixtures("way")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sort=st.sampled_from(SORTS),
    scope=st.sampled_from(["open", "ended", "all"]),
    size=st.integers(1, 30),
    tr=st.booleans(),
    day=st.sampled_from(["", "&due=soon", "&older_than_days=0"]),  # limits that all of these keep
)
def test_the_pages_are_the_whole_list(
    town: Town, clerk: Colleague, sort: str, scope: str, size: int, tr: bool, day: str
) -> None:
    wanted = in_order(town, sort, scope)
    query = f"sort={sort}&scope={scope}{day}"
    if tr:
        turkish = town.sql("SELECT reference FROM staff_case WHERE office LIKE 'sort-%' AND language = 'tr'")
        named = {format_reference(row.reference) for row in turkish}
        wanted, query = [each for each in wanted if each in named], f"{query}&languages=tr"
    assert walked(clerk, query, size) == wanted


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("scope", ["open", "all"])
@pytest.mark.usefixtures("way")
def test_every_order_page_by_page(town: Town, clerk: Colleague, sort: str, scope: str) -> None:
    assert walked(clerk, f"sort={sort}&scope={scope}", 7) == in_order(town, sort, scope)


def test_a_place_of_another_order_is_refused(clerk: Colleague) -> None:
    for sort in SORTS:
        place = clerk.listed(f"?sort={sort}&page_size=2")["next"]
        for other in SORTS:
            answer = clerk.get(f"/cases?sort={other}&after={place}")
            if other == sort:
                assert answer.status_code == 200
            else:
                assert answer.status_code == 422
                assert [(each["pointer"], each["code"]) for each in answer.json["errors"]] == [("/after", "other_sort")]


def test_a_place_tells_no_name(clerk: Colleague, town: Town) -> None:
    page = clerk.listed("?sort=name&page_size=1")
    told = base64.urlsafe_b64decode(page["next"])
    assert b"NAME" not in told
    assert clerk.listed("?sort=name&page_size=1")["next"] == page["next"]  # the same page has the same end
    sort, group, value, case = json.loads(told)
    for changed in (value[:-1] + ("A" if value[-1] != "A" else "B"), "", "NAME A", 7, None):
        word = base64.urlsafe_b64encode(json.dumps([sort, group, changed, case]).encode()).decode()
        assert clerk.get(f"/cases?sort=name&after={word}").status_code == 422, changed


@pytest.mark.parametrize(
    "parts",
    [
        ["assigned", "nobody", "2026-11-22T10:00:00+00:00", "0" * 32],
        ["service", "a\0", "2026-11-22T10:00:00+00:00", "0" * 32],
        ["service", 7, "2026-11-22T10:00:00+00:00", "0" * 32],
        ["service", "gewerbe", "2026-11-22T10:00:00", "0" * 32],
        ["received", "", "2026-11-22", "0" * 32],
        ["due", "", "2026-11-22T10:00:00+00:00", "0" * 32],
        ["due", "", "2026-11-22", "x"],
        ["unknown", "", "2026-11-22", "0" * 32],
        ["due", "", "2026-11-22"],
        {"due": 1},
    ],
)
def test_a_foreign_place_is_refused(clerk: Colleague, parts: Any) -> None:
    word = base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()
    sort = parts[0] if isinstance(parts, list) and parts[0] in SORTS else "due"
    answer = clerk.get(f"/cases?sort={sort}&after={word}")
    assert answer.status_code == 422
    assert [each["code"] for each in answer.json["errors"]] == ["invalid"]


def test_a_page_goes_on_when_its_last_case_left_the_group(clerk: Colleague, town: Town) -> None:
    """The only case of somebody is given away between two pages: the next page begins where she stood."""
    whole = walked(clerk, "sort=assigned", 30)
    first = clerk.listed("?sort=assigned&page_size=9")
    gone = first["items"][-1]
    town.sql(
        "UPDATE staff_case SET assigned_to = NULL WHERE office LIKE 'sort-%' AND assigned_to = :who",
        who=gone["assigned_to"],
    )
    rest = walked_from(clerk, "sort=assigned", first["next"])
    assert set(rest) >= set(whole[9:])
    assert not set(rest) & set(whole[:8]) - set(walked(clerk, "sort=assigned&assigned=nobody", 30))


def walked_from(clerk: Colleague, query: str, place: str) -> list[str]:
    page = clerk.listed(f"?{query}&page_size=100&after={place}")
    assert page["next"] is None
    return [line["reference"] for line in page["items"]]


def test_what_people_are_sorted_by() -> None:
    def key(given: str | None, family: str | None) -> str:
        return rules.name_key(Applicant(name="x", given_name=given, family_name=family, birth_date=None))

    assert key("Jörg", "Müller-Łoś") == "MUELLER LOS JOERG"
    assert key("Aylin", None) == "AYLIN"
    assert key(None, None) == NO_NAME == key("-", "'")
    assert sorted([key("B", "Özil"), key("A", "Zorn"), key("A", "Oezil"), key(None, None)]) == [
        "OEZIL A",
        "OEZIL B",
        "ZORN A",
        NO_NAME,
    ]
    assert len(key("x" * 100, "y" * 100)) == rules.LONGEST_KEY


def test_the_longest_place_fits_the_query(app: Flask) -> None:
    order = Order(sort="-service", by="received_at", down=False, group="service")
    someone = Applicant(name="x", given_name="x" * 100, family_name="y" * 100, birth_date=None)
    named = Order(sort="-name", by="name_key", down=True)
    now, case = datetime(2026, 11, 22, 1, 2, 3, 4, UTC), UUID(int=1)
    with app.app_context():
        assert len(cursor.of_list(order, Place(value=now, case=case, group="s" * 80))) <= 300
        assert len(cursor.of_list(named, Place(value=rules.name_key(someone), case=case))) <= 300


def test_the_erasure_takes_the_name_out_of_the_order(office: Office, town: Town) -> None:
    reference = office.case()
    kept, case_id = "SELECT name_key FROM staff_case WHERE application_id = :id", office.id_of(reference)
    assert town.sql(kept, id=case_id)[0].name_key == "YILDIZ AYLIN MUEGE"
    erase(town, case_id)
    assert town.sql(kept, id=case_id)[0].name_key == NO_NAME
