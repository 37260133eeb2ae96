"""Promises that are about to break are told in time, by real mail; what the law grants is granted, nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from backend.applications import promise
from backend.applications.types import Standing, State
from backend.casework.service import escalation
from backend.core.db import db
from backend.core.settings import Settings
from backend.forms import registry
from backend.notifications import delivery
from backend.notifications.types import MessageState
from tests.applications.people import Town
from tests.casework.office import Office, today
from tests.notifications.gateway import Gateway, running

FAR = (today() + timedelta(days=40)).isoformat()
DEEMED = {"days": 90, "source": "§ 42a VwVfG (Beispiel)"}


@pytest.fixture(autouse=True)
def _old_cases_are_quiet(office: Office, town: Town) -> None:
    town.sql("UPDATE staff_case SET promise_on = NULL, deemed_on = NULL")


def promised(town: Town, office: Office, reference: str, day: date | None, column: str = "promise_on") -> None:
    """Let a deadline of a case be on this day."""
    changed = f"{column} = :day, due_rank = :day"  # a column of these tests
    town.sql(f"UPDATE staff_case SET {changed} WHERE application_id = :id", day=day, id=office.id_of(reference))  # noqa: S608 - as above


def warned(town: Town) -> int:
    with town.app.app_context():
        found = escalation.warn(db.session())
        db.session.commit()
    return found


def test_three_working_days_ahead(office: Office, town: Town) -> None:
    near, far, waits = office.case(), office.case(), office.case()
    clerk = office.colleague()
    body = {"fields": ["cover_language"], "reason": "?", "due_on": FAR}
    assert clerk.act(waits, "requests", body).status_code == 201
    promised(town, office, near, promise.working_days_on(today(), 3))
    promised(town, office, far, promise.working_days_on(today(), 4))
    promised(town, office, waits, today())
    assert (warned(town), warned(town)) == (1, 0)
    assert clerk.references("?escalated=true") == [near]
    seen = clerk.look(near)
    assert (seen["line"]["escalated"], seen["timeline"][-1]["type"]) == (True, "escalated")
    mails = town.sql("SELECT recipient, language FROM message WHERE kind = 'office_escalation'")
    assert [tuple(each) for each in mails] == [("bscmitte@buergeramt.bremen.de", "de")]
    assert clerk.act(near, "requests", body).json["line"]["escalated"] is False


def test_a_short_promise_is_not_near_from_the_start(
    office: Office, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.newest("meldebescheinigung").facts, "promise_days", 3)
    reference = office.case()
    assert warned(town) == 0
    promised(town, office, reference, promise.working_days_on(today(), 1))
    assert warned(town) == 1


def test_the_mail_arrives_and_names_nobody(office: Office, town: Town, app: Flask, settings: Settings) -> None:
    town.sql("DELETE FROM message")
    first, second = office.case(), office.case()
    promised(town, office, first, today() - timedelta(days=1))
    promised(town, office, second, today())
    assert warned(town) == 2
    town.sql("UPDATE staff_case SET ended_at = now() WHERE application_id = :id", id=office.id_of(second))
    (message,) = town.sql("SELECT id FROM message WHERE kind = 'office_escalation'")
    with running(Gateway()) as gateway, app.app_context():
        sent = delivery.deliver(
            db.session(), replace(settings, smtp_url=f"smtp://127.0.0.1:{gateway.port}"), message.id
        )
    assert sent is MessageState.SENT
    (mail,) = gateway.accepted
    text = mail.get_body(("plain",)).get_content()
    assert mail["To"] == "bscmitte@buergeramt.bremen.de"
    assert mail["Subject"] == "Bei Vorgängen Ihres Amtes läuft bald eine Frist ab"
    assert first in text
    assert second not in text
    assert "Yıldız" not in text


def test_working_days_of_the_land() -> None:
    assert promise.working_days_on(date(2026, 10, 29), 1) == date(2026, 10, 30)
    assert promise.working_days_on(date(2026, 10, 30), 1) == date(2026, 11, 2)  # 31 October is a Saturday
    assert promise.working_days_on(date(2028, 10, 30), 1) == date(2028, 11, 1)  # Tuesday, 31 October: Reformationstag
    assert promise.working_day(date(2026, 12, 25)) == date(2026, 12, 28)


def deem(town: Town) -> int:
    with town.app.app_context():
        granted = 0
        for each in escalation.deemed(db.session()):
            granted += escalation.grant_deemed(db.session(), each)
            db.session.commit()
    return granted


def test_no_package_deems_anything_yet() -> None:
    assert all(registry.newest(slug).facts.get("deemed_approval") is None for slug in registry.slugs())


def test_what_the_law_grants(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.newest("meldebescheinigung").facts, "deemed_approval", DEEMED)
    aylin = town.citizen()
    reference = office.case(aylin)
    clerk = office.colleague()
    last = town.sql("SELECT deemed_on, due_rank FROM staff_case WHERE application_id = :id", id=office.id_of(reference))
    assert last[0].deemed_on == last[0].due_rank == promise.working_day(today() + timedelta(days=90))
    assert clerk.act(reference, "decision", {"outcome": "refused", "reason": "Nein"}).status_code == 201
    promised(town, office, reference, today(), "deemed_on")
    assert deem(town) == 0  # its last day is not over
    assert warned(town) == 1
    promised(town, office, reference, today() - timedelta(days=1), "deemed_on")
    assert (deem(town), deem(town)) == (1, 0)
    told = aylin.look()
    assert (told["state"], len(told["letters"])) == ("decided_granted", 1)
    seen = clerk.look(reference)
    assert (seen["proposal"]["state"], seen["line"]["escalated"]) == ("void", False)
    assert len(office.audited(reference, "application.deemed")) == 1
    office.time_passes(reference)
    assert clerk.act(reference, "decision", {"outcome": "refused", "reason": "Nein"}).json["code"] == "not_now"


def test_the_clock_of_the_law_stands_still_too(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.newest("meldebescheinigung").facts, "deemed_approval", DEEMED)
    reference = office.case()
    clerk = office.colleague()
    body = {"fields": ["cover_language"], "reason": "?", "due_on": FAR}
    asked = clerk.act(reference, "requests", body)
    wanted = "SELECT deemed_on FROM staff_case WHERE application_id = :id"
    assert town.sql(wanted, id=office.id_of(reference))[0].deemed_on is None
    request = asked.json["requests"][-1]["id"]
    assert clerk.act(reference, f"requests/{request}/cancel").status_code == 200
    in_ninety = promise.working_day(today() + timedelta(days=90))
    assert town.sql(wanted, id=office.id_of(reference))[0].deemed_on == in_ninety
    assert deem(town) == 0


def test_days_of_the_citizen_do_not_count_for_the_law() -> None:
    received = datetime(2026, 3, 2, 9, tzinfo=UTC)
    stop = (received + timedelta(days=10), received + timedelta(days=17))
    standing = Standing(state=State.IN_REVIEW, received_at=received, stops=(stop,))
    assert promise.deemed_on(standing, 30) == date(2026, 4, 8)
    assert promise.deemed_on(replace(standing, stops=()), 32) == date(2026, 4, 7)  # 3 April is Good Friday, then Easter
    assert promise.deemed_on(replace(standing, open_requests=frozenset({"one"})), 30) is None
    assert promise.deemed_on(replace(standing, decided_at=received), 30) is None
