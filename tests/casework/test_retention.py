"""What will be erased when: numbers and references of one's offices, each look written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from backend.applications import jobs
from backend.casework.service import retention
from backend.core.clock import BERLIN
from backend.core.db import db
from tests.applications.people import BY_CLERK, Town
from tests.casework.office import Colleague, Office

DECEMBER = datetime(2031, 12, 31, 23, 30, tzinfo=BERLIN)
JANUARY = datetime(2032, 1, 1, 0, 30, tzinfo=BERLIN)


def ended(office: Office, town: Town, day: datetime) -> str:
    """The reference of an application that is erased on a day."""
    aylin = town.citizen()
    aylin.applied(BY_CLERK)
    aylin.act("send-now")
    assert aylin.act("withdraw").status_code == 200
    with town.app.app_context():
        jobs.forget_applications()
        db.session.commit()
    reference = str(aylin.sent["reference"])
    town.sql("UPDATE application SET erase_after = :day WHERE id = :id", day=day, id=office.id_of(reference))
    return reference


def told(somebody: Colleague, path: str) -> dict[str, Any]:
    answer = somebody.get(path)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def rows(somebody: Colleague) -> list[tuple[str, int, int]]:
    items = told(somebody, "/retention")["items"]
    return [(each["month"], each["cases"], each["announced"]) for each in items if each["month"] > "2031"]


def test_months_of_berlin_and_their_references(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.sql("UPDATE application SET office = 'archive' WHERE office = 'hb-mitte'")
    late = [ended(office, town, DECEMBER) for _ in range(2)]
    early = ended(office, town, JANUARY)
    town.sql("UPDATE application SET warned_at = clock_timestamp() WHERE id = :id", id=office.id_of(early))
    auditor = office.colleague("auditor")
    assert rows(auditor) == [("2031-12", 2, 0), ("2032-01", 1, 1)]
    assert told(auditor, "/retention")["total"] == 3
    monkeypatch.setattr(retention, "PAGE", 1)
    first = told(auditor, "/retention/cases?month=2031-12&service=meldebescheinigung")
    rest = told(auditor, f"/retention/cases?month=2031-12&after={first['next']}")
    assert {each["reference"] for each in first["items"] + rest["items"]} == set(late)
    assert rest["next"] is None
    shown = told(auditor, "/retention/cases?month=2032-01")["items"]
    assert [(each["reference"], each["erase_on"], each["state"]) for each in shown] == [
        (early, "2032-01-01", "withdrawn")
    ]
    assert shown[0]["announced_on"] == datetime.now(BERLIN).date().isoformat()
    assert told(auditor, "/retention/cases?month=2031-12&service=gewerbe")["items"] == []
    looks = town.sql(
        "SELECT payload FROM audit_entry WHERE action = 'retention.previewed' AND actor_account = :who ORDER BY id",
        who=auditor.actor.account_id,
    )
    assert len(looks) == 6
    assert '"month":"2032-01"' in looks[4].payload.replace(" ", "")


def test_only_ones_own_offices(office: Office, town: Town) -> None:
    ended(office, town, DECEMBER)
    assert rows(office.colleague("auditor", offices=("hb-nord",))) == []
    assert told(office.colleague("auditor", offices=("hb-nord",)), "/retention/cases?month=2031-12")["items"] == []
    everywhere = office.colleague("administrator", offices=())
    before = rows(everywhere)
    assert before != []
    exercise = ended(office, town, DECEMBER)
    town.sql("UPDATE application SET office = 'training:x' WHERE id = :id", id=office.id_of(exercise))
    assert rows(everywhere) == before


def test_a_service_that_is_gone_is_told_by_its_name(office: Office, town: Town) -> None:
    reference = ended(office, town, DECEMBER)
    town.sql("UPDATE application SET service = 'hundesteuer-alt' WHERE id = :id", id=office.id_of(reference))
    items = told(office.colleague("auditor"), "/retention")["items"]
    gone = next(each for each in items if each["service"] == "hundesteuer-alt")
    assert gone["title"] == {"text": "hundesteuer-alt", "lang": "de"}
    town.sql("UPDATE application SET service = 'meldebescheinigung' WHERE service = 'hundesteuer-alt'")


@pytest.mark.parametrize("query", ["", "?month=2031-13", "?month=31-12", "?month=2031-12&after=x"])
def test_what_is_no_month(office: Office, query: str) -> None:
    assert office.colleague("auditor").get(f"/retention/cases{query}").status_code == 422


def test_erased_ones_are_gone_from_it(office: Office, town: Town) -> None:
    reference = ended(office, town, DECEMBER)
    application: UUID = office.id_of(reference)
    town.sql(
        "UPDATE application SET erase_after = clock_timestamp(), warned_at = clock_timestamp() - interval '20 days'"
        " WHERE id = :id",
        id=application,
    )
    with town.app.app_context():
        jobs.forget_applications()
        db.session.commit()
    assert town.sql("SELECT erased_at FROM application WHERE id = :id", id=application)[0].erased_at is not None
    month = datetime.now(BERLIN).strftime("%Y-%m")
    items = told(office.colleague("auditor"), f"/retention/cases?month={month}")["items"]
    assert reference not in [each["reference"] for each in items]
