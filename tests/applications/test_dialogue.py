"""After sending: messages both ways, corrections of what was asked for, more time, withdrawal, the end of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from backend.applications import life, queries
from backend.applications.errors import NotNow
from backend.applications.models import Application
from backend.applications.service import keeping, office
from backend.core.clock import BERLIN, today
from backend.core.db import db
from backend.core.errors import Invalid, NotFound
from tests.applications.people import BY_CLERK, Somebody, Town
from tests.applications.test_every_form import upload

Act = Callable[[Session, Application], Any]


def act(town: Town, who: Somebody, what: Act) -> Any:
    """One act of the office, committed."""
    with town.app.app_context():
        session = db.session()
        row = office.case(session, town.clerk(), town.id_of(who.sent))
        done = what(session, row)
        db.session.commit()
        return done


def ask(town: Town, who: Somebody, *fields: str, days: int = 14, files: tuple[str, ...] = ()) -> UUID:
    def open_request(session: Session, row: Application) -> UUID:
        due_on = today(session) + timedelta(days=days)
        clerk = town.clerk()
        return office.open_request(
            session, clerk, row, fields=fields, files=files, reason="Bitte prüfen Sie die Auswahl.", due_on=due_on
        ).id

    made: UUID = act(town, who, open_request)
    who.look()
    return made


@pytest.fixture
def received(aylin: Somebody) -> Somebody:
    """Somebody whose application waits for a clerk."""
    aylin.applied(BY_CLERK)
    aylin.act("send-now")
    return aylin


def test_the_office_sees_nothing_before_the_time_for_undoing_is_over(town: Town, aylin: Somebody) -> None:
    sent = aylin.applied(BY_CLERK)
    with town.app.app_context(), pytest.raises(NotFound):
        office.case(db.session(), town.clerk(), town.id_of(sent))


def test_messages_go_both_ways_and_every_look_of_the_office_is_noted(town: Town, received: Somebody) -> None:
    answer = received.act("messages", {"text": "Wann ist es\nfertig?"})
    assert answer.status_code == 201, answer.json
    act(town, received, lambda session, row: office.write(session, town.clerk(), row, "Nächste Woche."))
    told = [(note["by"], note["text"]) for note in received.look()["messages"]]
    assert told == [("person", "Wann ist es\nfertig?"), ("office", "Nächste Woche.")]
    assert "application_message" in town.mails(town.id_of(received.sent))
    assert received.actor is not None
    wanted = "SELECT count(*) AS n FROM audit_entry WHERE action = 'application.opened' AND about = :id"
    assert town.sql(wanted, id=received.actor.account_id)[0].n == 1
    stored = town.sql("SELECT text FROM application_message WHERE application_id = :id", id=town.id_of(received.sent))
    assert all(b"fertig" not in bytes(row.text) for row in stored)


def test_a_message_names_no_file_that_failed_its_check(town: Town, received: Somebody) -> None:
    place = f"/applications/{received.sent['reference']}/attachments"
    upload(received, "message", place, purpose="message")
    application = town.id_of(received.sent)
    (attachment,) = town.sql("SELECT id FROM attachment WHERE application_id = :id", id=application)
    failed = "UPDATE attachment SET state = 'failed', reason = 'damaged', due_at = NULL WHERE id = :id"
    town.sql(failed, id=attachment.id)
    body = {"text": "Hier ist es.", "attachments": [str(attachment.id)]}
    refused = received.act("messages", body)
    assert (refused.status_code, (refused.json or {})["errors"][0]["code"]) == (422, "not_usable")
    waits = "UPDATE attachment SET state = 'pending', reason = NULL, due_at = clock_timestamp() WHERE id = :id"
    town.sql(waits, id=attachment.id)
    assert received.act("messages", body).status_code == 201


def test_a_message_needs_a_key_so_that_it_is_written_once(received: Somebody) -> None:
    place = f"/api/v1/applications/{received.sent['reference']}/messages"
    answer = received.client.post(place, json={"text": "Zweimal?"}, headers=received.headers)
    assert (answer.status_code, (answer.json or {})["code"]) == (400, "idempotency_key_missing")


def test_a_correction_opens_exactly_what_was_asked_for(town: Town, received: Somebody) -> None:
    request = ask(town, received, "items")
    assert (received.sent["state"], received.sent["waiting_for"]) == ("waiting_for_citizen", "citizen")
    assert received.sent["promise"]["clock"] == "stopped"
    assert received.sent["requests"][0]["fields"] == ["items"]
    foreign = received.act(f"requests/{request}/answer", {"answers": {"delivery": "post"}})
    assert (foreign.status_code, (foreign.json or {})["errors"][0]["code"]) == (422, "unknown_field")
    wrong = received.act(f"requests/{request}/answer", {"answers": {"items": ["nothing"]}})
    assert (wrong.json or {})["errors"][0]["pointer"] == "/answers/items"
    before = received.look()["answers"]
    right = received.act(f"requests/{request}/answer", {"answers": {"items": ["religion", "children"]}})
    assert right.status_code == 200, right.json
    assert received.sent["answers"] == {**before, "items": ["religion", "children"]}
    assert (received.sent["state"], received.sent["promise"]["clock"]) == ("in_review", "running")
    again = received.act(f"requests/{request}/answer", {"answers": {"items": ["religion"]}})
    assert (again.status_code, (again.json or {})["code"]) == (409, "not_now")
    kept = town.sql(
        "SELECT count(*) AS n FROM application_answer_history WHERE application_id = :id", id=town.id_of(received.sent)
    )
    assert kept[0].n == 1


def test_two_clerks_and_a_citizen_at_once(town: Town, received: Somebody) -> None:
    """Whoever acts on what is no longer true is told so, with what is true now; nothing is half done."""
    request = ask(town, received, "items")
    seen = received.sent["revision"]
    act(town, received, lambda session, row: office.cancel_request(session, town.clerk(), row, request))
    late = received.act(f"requests/{request}/answer", {"answers": {"items": ["religion"]}}, revision=seen)
    assert (late.status_code, (late.json or {})["code"]) == (412, "changed_elsewhere")
    assert (late.json or {})["application"]["requests"][0]["state"] == "cancelled"
    with town.app.app_context(), pytest.raises(office.ChangedElsewhere):
        office.case(db.session(), town.clerk(), town.id_of(received.sent), revision=seen)
    act(town, received, lambda session, row: office.decide(session, town.clerk(), row, "granted"))
    withdrawn = received.act("withdraw", revision=(late.json or {})["application"]["revision"])
    assert withdrawn.status_code == 412
    now = received.look()
    assert now["state"] == "decided_granted"
    refused = received.act("withdraw")
    assert (refused.status_code, (refused.json or {})["code"]) == (409, "not_now")


def test_more_time_by_one_action_ten_times(town: Town, received: Somebody) -> None:
    request = ask(town, received, "items", days=1)
    due = date.fromisoformat(received.sent["requests"][0]["due_on"])
    for turn in range(10):
        assert received.act(f"requests/{request}/extend").status_code == 200, turn
    assert date.fromisoformat(received.sent["requests"][0]["due_on"]) == due + timedelta(days=140)
    over = received.act(f"requests/{request}/extend")
    assert (over.status_code, (over.json or {})["reason"]) == (409, "no_extensions_left")


def test_nothing_lapses_by_itself(town: Town, received: Somebody) -> None:
    request = ask(town, received, "items", days=2)

    def lapse(session: Session, row: Application) -> None:
        office.decide(session, town.clerk(), row, "closed", "never answered")

    with pytest.raises(NotNow):
        act(town, received, lapse)
    with town.app.app_context():
        assert keeping.remind_requests(db.session()) == 1
        assert keeping.remind_requests(db.session()) == 0
        db.session.commit()
    assert town.mails(town.id_of(received.sent))[-1] == "application_request_reminder"
    with pytest.raises(NotNow):
        act(town, received, lapse)
    town.sql("UPDATE application_request SET due_on = current_date - 2 WHERE id = :id", id=request)
    assert _graces(town) == 0  # the reminder came just now
    town.sql("UPDATE application_request SET reminded_at = now() - interval '5 days' WHERE id = :id", id=request)
    assert (_graces(town), _graces(town)) == (1, 0)
    assert town.mails(town.id_of(received.sent)).count("application_request_reminder") == 2
    told = received.look()
    day = datetime.now(BERLIN).date()
    assert (told["state"], told["requests"][0]["grace_until"]) == (
        "waiting_for_citizen",
        (day + timedelta(days=14)).isoformat(),
    )
    with pytest.raises(NotNow):
        act(town, received, lapse)
    town.sql("UPDATE application_request SET grace_until = current_date - 2 WHERE id = :id", id=request)
    act(town, received, lapse)
    ended = received.look()
    assert (ended["state"], [each["kind"] for each in ended["letters"]]) == ("lapsed", ["closed"])
    assert town.mails(town.id_of(received.sent))[-1] == "application_decided"


def test_more_time_ends_the_grace(town: Town, received: Somebody) -> None:
    request = ask(town, received, "items", days=2)
    town.sql(
        "UPDATE application_request SET due_on = current_date - 40, grace_until = current_date WHERE id = :id",
        id=request,
    )
    received.look()
    assert received.act(f"requests/{request}/extend").status_code == 200
    now = received.sent["requests"][0]
    day = datetime.now(BERLIN).date()
    assert (now["due_on"], now["grace_until"]) == ((day + timedelta(days=14)).isoformat(), None)


def _graces(town: Town) -> int:
    with town.app.app_context():
        given = keeping.give_grace(db.session())
        db.session.commit()
    return given


@pytest.mark.parametrize(
    ("fields", "files", "reason"),
    [((), (), "x"), (("nonsense",), (), "x"), ((), ("kind",), "x"), (("kind",), (), "  ")],
)
def test_a_request_needs_a_reason_and_something_of_the_form(
    town: Town, received: Somebody, fields: tuple[str, ...], files: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(Invalid):
        act(
            town,
            received,
            lambda session, row: office.open_request(
                session, town.clerk(), row, fields=fields, files=files, reason=reason, due_on=today(session)
            ),
        )


def test_withdrawing_any_time_before_the_decision(town: Town, received: Somebody) -> None:
    ask(town, received, "items")
    assert received.sent["can"]["withdraw"]
    assert received.act("withdraw").status_code == 200
    assert (received.sent["state"], received.sent["waiting_for"]) == ("withdrawn", None)
    assert received.sent["requests"][0]["state"] == "cancelled"
    assert received.get(f"/applications/{received.sent['reference']}/receipt").status_code == 200


def test_a_refusal_needs_its_reason(town: Town, received: Somebody) -> None:
    with pytest.raises(Invalid):
        act(town, received, lambda session, row: office.decide(session, town.clerk(), row, "refused"))


def test_the_state_is_always_the_fold_of_the_events(town: Town, received: Somebody) -> None:
    """Also for every other application that the tests of this file have made."""
    with town.app.app_context():
        for row in db.session.query(Application).all():
            standing = life.standing_of(db.session(), row)
            assert (row.state, row.payment, row.waiting_for) == (standing.state, standing.payment, standing.waiting_for)
            assert queries.events_of(db.session(), row.id)
        db.session.rollback()


def test_events_cannot_be_changed_by_the_portal(town: Town, received: Somebody) -> None:
    for statement in (
        "UPDATE application_event SET by = 'person'",
        "DELETE FROM application_event",
        "DELETE FROM application",
    ):
        with pytest.raises(Exception, match="permission denied"):
            town.sql(statement)
