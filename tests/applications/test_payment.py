"""A fee that comes first: nothing begins before it is booked, and what is undone or withdrawn costs nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from backend.applications.service import office
from backend.core.cashier import Payee
from backend.core.db import db
from backend.core.settings import Settings
from backend.payments import service as payments
from tests.applications.packages import put, with_facts
from tests.applications.people import SIMPLE, Somebody, Town
from tests.applications.test_every_form import case_of, fill, with_names_of
from tests.payments.till import LATE_SECONDS, Till, start

PERMIT = "bewohnerparkausweis"


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    made = start(tmp_path_factory.mktemp("till"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def settings(settings: Settings, till: Till) -> Settings:
    return replace(settings, cashier=till.cashier, payee=Payee(name="Landeshauptkasse", days=14))


@pytest.fixture
def paying(town: Town, monkeypatch: pytest.MonkeyPatch) -> Somebody:
    """Somebody who has sent for a permit whose fee comes before the review."""
    form = with_facts(monkeypatch, PERMIT, payment={"when": "before_review", "counter": True})
    answers, expected = case_of(form, "loss")
    who = with_names_of(town, answers, "basic")
    who.begin(PERMIT)
    fill(who, form, answers)
    assert who.send(revision=who.check()["revision"], fee_cents=expected["fee_cents"]).status_code == 201
    assert who.sent["payment"] == "open"
    return who


def pay(town: Town, who: Somebody, till: Till, deed: str = "pay") -> dict[str, Any]:
    """Go to the provider, do something there, come back and ask what became of it."""
    begun = who.post(f"/applications/{who.sent['reference']}/payment", {"way": "online"})
    assert begun.status_code == 200, begun.json
    assert till.do((begun.json or {})["location"], deed).endswith(f"/antraege/{who.sent['reference']}/bezahlt")
    return asked(town, who)


def asked(town: Town, who: Somebody) -> dict[str, Any]:
    town.sql("UPDATE payment_intent SET checked_at = NULL")
    answer = who.get(f"/applications/{who.sent['reference']}/payment")
    assert answer.status_code == 200, answer.json
    return dict(answer.json or {})


def test_work_begins_when_the_fee_is_booked(town: Town, paying: Somebody, till: Till) -> None:
    paying.act("send-now")
    assert (paying.sent["state"], paying.sent["waiting_for"], paying.sent["next"]["key"]) == (
        "received", "payment", "next.pay",
    )  # fmt: skip
    assert paying.sent["promise"]["clock"] == "stopped"
    with town.app.app_context():
        row = office.case(db.session(), town.clerk(), town.id_of(paying.sent))
        with pytest.raises(office.NotNow):
            office.decide(db.session(), town.clerk(), row, "granted")
        db.session.rollback()
    told = pay(town, paying, till)
    assert (told["state"], told["amount_cents"]) == ("booked", 1150)
    assert told["receipt_number"]
    seen = paying.look()
    assert (seen["payment"], seen["waiting_for"], seen["promise"]["clock"]) == ("booked", None, "running")
    assert not seen["can"]["pay"]
    assert "application_paid" in town.mails(town.id_of(seen))


def test_coming_back_without_paying_changes_nothing(town: Town, paying: Somebody, till: Till) -> None:
    begun = paying.post(f"/applications/{paying.sent['reference']}/payment", {"way": "online"})
    assert begun.status_code == 200
    assert asked(town, paying)["state"] == "started"
    assert paying.look()["waiting_for"] == "payment"


@pytest.mark.parametrize(("deed", "state"), [("cancel", "cancelled"), ("fail", "failed")])
def test_a_payment_that_did_not_work_can_be_tried_again(
    town: Town, paying: Somebody, till: Till, deed: str, state: str
) -> None:
    told = pay(town, paying, till, deed)
    assert (told["state"], told["can_retry"]) == (state, True)
    assert paying.look()["can"]["pay"]
    assert pay(town, paying, till)["state"] == "booked"


def test_undone_after_paying_goes_back(town: Town, paying: Somebody, till: Till) -> None:
    pay(town, paying, till)
    paying.look()
    assert paying.act("undo").status_code == 200
    rows = town.sql(
        "SELECT state, refund_due_at FROM payment_intent WHERE application_id = :id", id=paying.draft["draft_id"]
    )
    assert [row.refund_due_at is not None for row in rows] == [True]


def test_withdrawn_before_the_work_began_goes_back(town: Town, paying: Somebody, till: Till) -> None:
    pay(town, paying, till)
    paying.look()
    paying.act("send-now")
    assert paying.sent["refund_on_withdrawal"]
    assert paying.act("withdraw").status_code == 200
    assert (paying.sent["state"], paying.sent["next"]["key"]) == ("withdrawn", "next.withdrawn_refund")
    rows = town.sql("SELECT refund_due_at FROM payment_intent WHERE application_id = :id", id=paying.draft["draft_id"])
    assert all(row.refund_due_at is not None for row in rows)
    again = paying.post(f"/applications/{paying.sent['reference']}/payment", {})
    assert (again.status_code, (again.json or {})["code"]) in [(409, "not_now"), (409, "nothing_to_pay")]


def test_closed_unpaid_owes_nothing(town: Town, paying: Somebody) -> None:
    paying.act("send-now")
    with town.app.app_context():
        session = db.session()
        row = office.case(session, town.clerk(), town.id_of(paying.sent))
        office.decide(session, town.clerk(), row, "closed", "Der Antrag hat sich erledigt.")
        session.commit()
    seen = paying.look()
    assert (seen["state"], seen["payment"], seen["can"]["pay"]) == ("closed", "cancelled", False)


def test_withdrawn_unpaid_owes_nothing_and_late_money_goes_back(town: Town, paying: Somebody, till: Till) -> None:
    begun = paying.post(f"/applications/{paying.sent['reference']}/payment", {"way": "online"})
    till.do((begun.json or {})["location"], "late")
    paying.act("send-now")
    assert not paying.sent["refund_on_withdrawal"]
    assert paying.act("withdraw").status_code == 200
    assert (paying.sent["payment"], paying.sent["can"]["pay"]) == ("cancelled", False)
    again = paying.post(f"/applications/{paying.sent['reference']}/payment", {"way": "online"})
    assert (again.status_code, (again.json or {})["code"]) == (409, "not_now")
    time.sleep(LATE_SECONDS + 0.2)
    assert asked(town, paying)["refund"] == "due"
    seen = paying.look()
    assert (seen["payment"], seen["next"]["key"], seen["can"]["pay"]) == ("booked", "next.withdrawn_refund", False)
    (intent,) = town.sql("SELECT id FROM payment_intent WHERE application_id = :id", id=town.id_of(seen))
    with town.app.app_context():
        payments.refund_done(db.session(), intent.id)
        db.session.commit()
    assert (paying.look()["payment"], asked(town, paying)["refund"]) == ("refunded", "done")


def test_the_counter_takes_it_too(town: Town, paying: Somebody) -> None:
    begun = paying.post(f"/applications/{paying.sent['reference']}/payment", {"way": "counter"})
    assert (begun.status_code, (begun.json or {})["location"]) == (200, None)
    assert asked(town, paying)["provider"] == "counter"


def test_the_provider_is_down_and_the_application_stays(town: Town, paying: Somebody, till: Till) -> None:
    till.behave("down")
    try:
        paying.client.may_fail = True  # type: ignore[attr-defined]  # 503 is the answer that is wanted
        down = paying.post(f"/applications/{paying.sent['reference']}/payment", {})
        assert (down.status_code, (down.json or {})["code"]) == (503, "payment_unavailable")
    finally:
        till.behave("up")
        paying.client.may_fail = False  # type: ignore[attr-defined]  # see above
    assert paying.look()["payment"] in ("open", "started")


def test_a_fee_that_changed_between_looking_and_sending_is_shown_anew(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = with_facts(monkeypatch, PERMIT)
    answers, expected = case_of(form, "loss")
    who = with_names_of(town, answers, "basic")
    who.begin(PERMIT)
    fill(who, form, answers)
    seen = who.check()
    dearer = {**form.rules, "fee": [{**form.rules["fee"][0], "when": True, "then": {"cents": 9999}}]}
    put(monkeypatch, replace(form, rules=dearer))
    refused = who.send(revision=seen["revision"], fee_cents=expected["fee_cents"])
    assert (refused.status_code, (refused.json or {})["code"]) == (409, "fee_changed")
    assert (refused.json or {})["fee"]["cents"] == 9999
    assert who.send(revision=seen["revision"], fee_cents=9999).status_code == 201


def test_a_fee_with_the_decision_is_asked_for_then(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    form = with_facts(monkeypatch, PERMIT)
    answers, expected = case_of(form, "loss")
    who = with_names_of(town, answers, "basic")
    who.begin(PERMIT)
    fill(who, form, answers)
    who.send(revision=who.check()["revision"], fee_cents=expected["fee_cents"])
    assert who.sent["payment"] is None
    who.act("send-now")
    with town.app.app_context():
        row = office.case(db.session(), town.clerk(), town.id_of(who.sent))
        office.decide(db.session(), town.clerk(), row, "granted")
        db.session.commit()
    seen = who.look()
    assert (seen["state"], seen["payment"], seen["can"]["pay"]) == ("decided_granted", "open", True)


def test_a_fee_nobody_knew_is_told_by_the_office(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    with_facts(monkeypatch, "meldebescheinigung", payment={"when": "before_review", "counter": True})
    who = town.citizen()
    who.begin()
    who.fill({**SIMPLE, "way": {"delivery": "post"}, "post": {"same_address": True}})
    assert who.send(fee_cents=None).status_code == 201
    assert (who.sent["payment"], who.sent["fee"]["unknown"]) == (None, True)
    assert who.sent["fee"]["unknown_text"]["text"]
    who.act("send-now")
    with town.app.app_context():
        row = office.case(db.session(), town.clerk(), town.id_of(who.sent))
        office.set_fee(db.session(), town.clerk(), row, 1500)
        db.session.commit()
    seen = who.look()
    assert (seen["payment"], seen["waiting_for"], seen["fee"]["cents"]) == ("open", "payment", 1500)
    assert (seen["fee"]["unknown"], seen["fee"]["lines"]) == (False, [])


def test_a_counter_that_takes_no_money_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    form = with_facts(monkeypatch, PERMIT, payment={"when": "before_review", "counter": False})
    answers, expected = case_of(form, "loss")
    who = with_names_of(town, answers, "basic")
    who.begin(PERMIT)
    fill(who, form, answers)
    who.send(revision=who.check()["revision"], fee_cents=expected["fee_cents"])
    refused = who.post(f"/applications/{who.sent['reference']}/payment", {"way": "counter"})
    assert (refused.status_code, (refused.json or {})["reason"]) == (409, "no_counter")
