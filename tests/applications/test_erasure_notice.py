"""Before what has ended is erased its person is told, once and two weeks ahead, in her language; never later."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.applications import jobs
from backend.applications.service import accounts_ties, office, reopening
from backend.core.clock import BERLIN
from backend.core.db import db
from tests.applications.people import BY_CLERK, Somebody, Town
from tests.applications.test_keeping import later, row, run

NOTICE = "application_erasure"


@pytest.fixture
def ended(town: Town, aylin: Somebody) -> UUID:
    """An application that was withdrawn: its package keeps it for thirty days."""
    aylin.begin()
    aylin.fill(BY_CLERK)
    assert aylin.send(language="tr").status_code == 201
    aylin.act("send-now")
    assert aylin.act("withdraw").status_code == 200
    application = town.id_of(aylin.sent)
    run(town, jobs.forget_applications)
    return application


def notices(town: Town, application: UUID) -> list[Any]:
    wanted = "SELECT language, state FROM message WHERE object_id = :id AND kind = :kind"
    return town.sql(wanted, id=application, kind=NOTICE)


def berlin_day(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()


def test_told_once_in_her_language_and_erased_two_weeks_later(town: Town, aylin: Somebody, ended: UUID) -> None:
    later(town, ended, 15)
    run(town, jobs.forget_applications)
    assert notices(town, ended) == []
    later(town, ended, 1)
    run(town, jobs.forget_applications, jobs.forget_applications)
    assert [each.language for each in notices(town, ended)] == ["tr"]
    told = aylin.look()
    day = berlin_day(row(town, ended).erase_after)
    assert told["erase_on"] == day.isoformat()
    assert day == datetime.now(BERLIN).date() + timedelta(days=14)
    event = told["timeline"][-1]
    assert (event["type"], event["by"], event["params"]) == ("erasure_announced", "system", {"due_on": day.isoformat()})
    assert [each["erase_on"] for each in aylin.get("/applications").json["items"]] == [day.isoformat()]
    later(town, ended, 13)
    run(town, jobs.forget_applications)
    assert row(town, ended).erased_at is None
    later(town, ended, 2)
    run(town, jobs.forget_applications)
    assert row(town, ended).erased_at is not None
    assert len(notices(town, ended)) == 1


def test_my_data_say_it(town: Town, aylin: Somebody, ended: UUID) -> None:
    assert aylin.actor is not None
    with town.app.app_context():
        section = accounts_ties.section(db.session, aylin.actor, "en")
    assert section is not None
    (item,) = section.items
    assert item.value["erase_on"] == berlin_day(row(town, ended).erase_after).isoformat()
    assert "will be deleted on" in item.shown


def test_nothing_goes_untold_even_after_its_day(town: Town, ended: UUID) -> None:
    """A worker that was away for months tells first, and the two weeks begin then."""
    later(town, ended, 100)
    run(town, jobs.forget_applications)
    now = row(town, ended)
    assert (now.erased_at, len(notices(town, ended))) == (None, 1)
    assert berlin_day(now.erase_after) == datetime.now(BERLIN).date() + timedelta(days=14)


def test_a_mail_that_left_late_gives_more_time(town: Town, ended: UUID) -> None:
    later(town, ended, 16)
    run(town, jobs.forget_applications)
    over = "UPDATE application SET erase_after = clock_timestamp() WHERE id = :id"
    town.sql(over, id=ended)
    run(town, jobs.forget_applications)
    assert row(town, ended).erased_at is None, "it is on its way still"
    assert berlin_day(row(town, ended).erase_after) == datetime.now(BERLIN).date() + timedelta(days=14)
    left = (
        "UPDATE message SET state = 'sent', sealed = NULL,"
        " finished_at = clock_timestamp() - make_interval(days => :days)"
        " WHERE object_id = :id AND kind = :kind"
    )
    town.sql(over, id=ended)
    town.sql(left, id=ended, kind=NOTICE, days=13)
    run(town, jobs.forget_applications)
    assert row(town, ended).erased_at is None
    town.sql(over, id=ended)
    town.sql(left, id=ended, kind=NOTICE, days=14)
    run(town, jobs.forget_applications)
    assert row(town, ended).erased_at is not None


def test_a_mail_that_was_outdated_is_told_anew(town: Town, ended: UUID) -> None:
    """It never left: the person has another address by now."""
    later(town, ended, 16)
    run(town, jobs.forget_applications)
    dropped = (
        "UPDATE message SET state = 'superseded', sealed = NULL,"
        " finished_at = clock_timestamp() - interval '20 days' WHERE object_id = :id AND kind = :kind"
    )
    town.sql(dropped, id=ended, kind=NOTICE)
    town.sql("UPDATE application SET erase_after = clock_timestamp() WHERE id = :id", id=ended)
    run(town, jobs.forget_applications, jobs.forget_applications)
    now = row(town, ended)
    assert now.erased_at is None
    assert len(notices(town, ended)) == 2
    assert berlin_day(now.erase_after) == datetime.now(BERLIN).date() + timedelta(days=14)


def test_what_is_taken_up_again_is_told_anew(town: Town, aylin: Somebody) -> None:
    aylin.applied(BY_CLERK)
    aylin.act("send-now")
    application = town.id_of(aylin.sent)

    def act(step: Any) -> None:
        with town.app.app_context():
            step(db.session(), town.clerk(), office.case(db.session(), town.clerk(), application))
            db.session.commit()

    act(lambda session, clerk, case: office.decide(session, clerk, case, "refused", "Nein"))
    run(town, jobs.forget_applications)
    kept = (row(town, application).erase_after - datetime.now(BERLIN)).days
    later(town, application, kept - 10)
    run(town, jobs.forget_applications)
    assert len(notices(town, application)) == 1
    act(lambda session, clerk, case: reopening.reopen(session, clerk, case, "Neue Tatsachen"))
    assert aylin.look()["erase_on"] is None
    act(lambda session, clerk, case: office.decide(session, clerk, case, "granted"))
    run(town, jobs.forget_applications)
    assert row(town, application).warned_at is None
    kept = (row(town, application).erase_after - datetime.now(BERLIN)).days
    later(town, application, kept - 10)
    run(town, jobs.forget_applications)
    assert len(notices(town, application)) == 2
