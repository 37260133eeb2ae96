"""Money that goes back: who sees it, who says that it did, once and written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from backend.casework.service import refunds
from backend.core.db import db
from backend.payments import service as payments
from tests.applications.people import Town
from tests.casework.office import Colleague, Office


def due(office: Office, town: Town, cents: int = 1150) -> tuple[str, str]:
    """A case whose fee was paid at the counter and has to go back, and the payment."""
    reference = office.case()
    with town.app.app_context():
        session = db.session
        lines = [{"rule": "office", "cents": cents}]
        intent = payments.create_intent(
            session,
            application_id=office.id_of(reference),
            cents=cents,
            purpose=reference,
            lines=lines,
            provider="counter",
        )
        booked = payments.settle(session, intent, method="cash")
        payments.take_back(session, booked, "withdrawn")
        session.commit()
    return reference, str(booked.id)


def listed(somebody: Colleague, query: str = "") -> dict[str, Any]:
    answer = somebody.get(f"/refunds{query}")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def test_open_until_somebody_says_it_went_back(office: Office, town: Town) -> None:
    reference, payment = due(office, town)
    lead = office.colleague("lead", name="Lena Leiterin")
    (shown,) = [each for each in listed(lead)["items"] if each["id"] == payment]
    assert (shown["reference"], shown["cents"], shown["reason"]) == (reference, 1150, "withdrawn")
    assert (shown["office"], shown["provider"], shown["method"]) == ("hb-mitte", "counter", "cash")
    assert (shown["refunded_at"], shown["refunded_by_name"]) == (None, None)
    done = lead.post(f"/refunds/{payment}/done")
    assert (done.status_code, done.json["refunded_by_name"]) == (200, "Lena Leiterin")
    assert lead.post(f"/refunds/{payment}/done").json == done.json
    assert payment not in [each["id"] for each in listed(lead)["items"]]
    assert listed(lead, "?scope=done")["items"][0] == done.json
    written = town.sql(
        "SELECT actor_account FROM audit_entry WHERE action = 'payment.refunded' AND object_id = :id", id=payment
    )
    assert [each.actor_account for each in written] == [lead.actor.account_id]
    (row,) = town.sql("SELECT state, refunded_by FROM payment_intent WHERE id = :id", id=UUID(payment))
    assert (row.state, row.refunded_by) == ("refunded", lead.actor.account_id)
    events = town.sql(
        "SELECT data FROM application_event WHERE application_id = :id AND type = 'payment' ORDER BY id",
        id=office.id_of(reference),
    )
    assert [each.data["state"] for each in events] == ["booked", "refunded"], "the citizen sees it"


def test_two_at_once_write_it_down_once(office: Office, town: Town) -> None:
    _, payment = due(office, town)
    one, other = office.colleague("lead"), office.colleague("administrator")
    answers = office.at_once(
        lambda: one.again().post(f"/refunds/{payment}/done"), lambda: other.again().post(f"/refunds/{payment}/done")
    )
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].json == answers[1].json
    written = "SELECT count(*) AS n FROM audit_entry WHERE action = 'payment.refunded' AND object_id = :id"
    assert town.sql(written, id=payment)[0].n == 1


def test_only_ones_own_offices(office: Office, town: Town) -> None:
    reference, payment = due(office, town)
    elsewhere = office.colleague("lead", offices=("hb-nord",))
    assert payment not in [each["id"] for each in listed(elsewhere)["items"]]
    refused = elsewhere.post(f"/refunds/{payment}/done")
    assert (refused.status_code, refused.json["code"]) == (404, "not_found")
    written = "SELECT actor_account FROM audit_entry WHERE action = 'payment.refused' AND object_id = :id"
    assert [each.actor_account for each in town.sql(written, id=payment)] == [elsewhere.actor.account_id]
    everywhere = office.colleague("administrator", offices=())
    assert payment in [each["id"] for each in listed(everywhere)["items"]]
    assert office.colleague("lead").post("/refunds/00000000-0000-4000-8000-000000000000/done").status_code == 404
    assert reference


def test_what_is_not_due_is_not_marked(office: Office, town: Town) -> None:
    reference = office.case()
    with town.app.app_context():
        made = payments.create_intent(
            db.session,
            application_id=office.id_of(reference),
            cents=500,
            purpose=reference,
            lines=[{"rule": "office", "cents": 500}],
        )
        db.session.commit()
    refused = office.colleague("lead").post(f"/refunds/{made.id}/done")
    assert (refused.status_code, refused.json["code"]) == (409, "nothing_to_pay")


def test_page_by_page_the_oldest_first(office: Office, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refunds, "PAGE", 2)
    _, payment = due(office, town)
    town.sql("UPDATE payment_intent SET refund_due_at = NULL WHERE id <> :id", id=UUID(payment))
    made = [payment, *(due(office, town)[1] for _ in range(2))]
    lead = office.colleague("lead")
    first = listed(lead)
    assert [each["id"] for each in first["items"]] == made[:2]
    rest = listed(lead, f"?after={first['next']}")
    assert ([each["id"] for each in rest["items"]], rest["next"]) == (made[2:], None)
    for each in made:
        assert lead.post(f"/refunds/{each}/done").status_code == 200
    newest = listed(lead, "?scope=done")
    assert [each["id"] for each in newest["items"]] == made[:0:-1]
    assert listed(lead, f"?scope=done&after={newest['next']}")["items"][0]["id"] == made[0]
    assert lead.get("/refunds?after=nonsense").status_code == 422
