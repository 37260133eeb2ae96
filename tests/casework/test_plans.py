"""Lists stay fast: on a full table every statement of every list finds its rows by an index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine, event, make_url, text

from backend.core.db import db
from backend.core.settings import Settings
from tests.applications.people import Town
from tests.casework.office import Colleague, Office

CASES = 12_000
OFFICES = ["hb-mitte", "hb-nord", "hb-sta", "bhv-mitte"]
FILL = [
    "INSERT INTO application (id, reference, service, version, content_hash, language, state, revision, key_id,"
    " document_revision, received_at) SELECT md5('a' || n)::uuid, 'R' || n, 'meldebescheinigung', 1, 'x', 'de',"
    " 'in_review', 1, md5('k' || n)::uuid, 1, now() - n * interval '1 minute' FROM generate_series(1, :n) n",
    "INSERT INTO staff_case (application_id, reference, authority, office, service, version, language, name,"
    " name_words, birth_index, state, received_at, ended_at, due_rank, assigned_to)"
    " SELECT a.id, a.reference, 'bremen', (:offices)[1 + n % 4], 'meldebescheinigung', 1,"
    " (ARRAY['de', 'tr', 'uk', 'en'])[1 + n / 7 % 4], 'Name ' || n,"
    " to_tsvector('simple', 'FAMILY' || :word || ' ' || :word || 'GIVEN'), decode(md5('b' || n), 'hex'),"
    " CASE WHEN n % 3 = 0 THEN 'closed' ELSE 'in_review' END, a.received_at,"
    " CASE WHEN n % 3 = 0 THEN now() END, DATE '2026-12-01' + n % 90,"
    " CASE WHEN n % 5 = 0 THEN md5('w' || n % 40)::uuid END"
    " FROM (SELECT *, substr(reference, 2)::int AS n FROM application WHERE reference LIKE 'R%') a",
    "INSERT INTO application_letter (id, application_id, kind, electronic, provided_at)"
    " SELECT application_id, application_id, 'granted', true, received_at FROM staff_case WHERE state = 'closed'",
]
WORD = "translate(md5('f' || n % 3000), '0123456789abcdef', 'GHIJKLMNOPABCDEF')"  # letters only, as names have
WORKER = "7e0af2ab-5d0a-4f53-9d26-0d6cd2b0e3d5"
LISTS = [
    "",
    "?sort=received",
    "?sort=-received&page_size=100",
    "?scope=ended",
    "?scope=all&sort=received",
    "?due=overdue",
    "?due=soon&languages=tr",
    "?at_risk=true",
    "?at_risk=true&sort=received",
    "?assigned=nobody&waiting_for=office&states=in_review",
    "?assigned=me",
    f"?assigned={WORKER}",
    "?services=meldebescheinigung&older_than_days=3",
    "?label=Eilt",
    "?offices=hb-nord&languages=uk",
    "?sort=name",
    "?sort=-name&scope=all&languages=tr",
    "?sort=assigned",
    "?sort=-assigned&scope=all",
    "?sort=service&due=overdue",
    "?sort=-state&waiting_for=office",
    "?sort=name&older_than_days=3&scope=all",
]


@pytest.fixture(scope="module")
def full(app: Flask, town: Town, settings: Settings) -> Town:
    """Many cases of four offices, and what the planner knows of them."""
    offices = "ARRAY[" + ", ".join(f"'{each}'" for each in OFFICES) + "]"
    for statement in FILL:
        numbered = {"n": CASES} if ":n" in statement else {}
        town.sql(statement.replace(":offices", offices).replace(":word", WORD), **numbered)
    owner = create_engine(settings.database_owner_url, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("ANALYZE"))
    owner.dispose()
    return town


@pytest.fixture
def asked(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """Every statement about cases or letters that SQLAlchemy sends."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "staff_case" in statement and statement.startswith("SELECT"):
            seen.append((statement, parameters))

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        yield seen
        event.remove(db.engine, "before_cursor_execute", note)


def plans(settings: Settings, asked: list[tuple[str, Any]]) -> list[str]:
    address = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        return [
            "\n".join(row[0] for row in connection.execute(b"EXPLAIN " + statement.encode(), parameters))
            for statement, parameters in asked
        ]


def clerk_of(full: Town) -> Colleague:
    return Office(full).colleague("clerk", offices=tuple(OFFICES))


@pytest.mark.parametrize("query", LISTS)
def test_every_list_walks_an_index(full: Town, settings: Settings, asked: list[tuple[str, Any]], query: str) -> None:
    clerk = clerk_of(full)
    first = clerk.listed(query)
    if first["next"]:
        clerk.listed(f"{query}{'&' if query else '?'}after={first['next']}")
    found = plans(settings, asked)
    assert found
    for plan in found:
        assert "Seq Scan on staff_case" not in plan, plan
        assert "Seq Scan on application" not in plan, plan


@pytest.mark.parametrize(
    ("query", "by"), [("?at_risk=true", "AND (due_rank <= '"), ("?label=Eilt", "on ix_staff_case_facets")]
)
def test_a_rare_filter_does_not_walk_through_all_open_cases(
    full: Town, settings: Settings, asked: list[tuple[str, Any]], query: str, by: str
) -> None:
    clerk_of(full).listed(query)
    for plan in plans(settings, asked):
        assert by in plan, plan


def test_the_count_stops_at_a_thousand(full: Town) -> None:
    whole = clerk_of(full).listed()
    assert (whole["count"], whole["count_is_exact"], len(whole["items"])) == (1000, False, 50)


@pytest.mark.parametrize(
    "body",
    [
        {"name": "FAMILYGH"},
        {"name": "familykl ab"},
        {"name": "GH"},
        {"name": "Yıldız", "birth_date": "1988-02-29"},
    ],
)
def test_every_search_uses_an_index(
    full: Town, settings: Settings, asked: list[tuple[str, Any]], body: dict[str, str]
) -> None:
    clerk_of(full).post("/cases/search", body)
    found = plans(settings, asked)
    assert found
    for plan in found:
        assert "Seq Scan on staff_case" not in plan, plan


def test_letters_walk_an_index(full: Town, settings: Settings, asked: list[tuple[str, Any]]) -> None:
    clerk = clerk_of(full)
    assert len(clerk.get("/letters").json["items"]) == 50
    found = plans(settings, asked)
    assert len(found) == 1
    assert "ix_application_letter_provided_at" in found[0]
    assert "Seq Scan" not in found[0]
