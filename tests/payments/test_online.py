"""Paying at a real payment service by XBezahldienste: the contract, and everything that goes wrong on the way."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backend.core.db import db
from backend.payments import gateway, jobs, service
from backend.payments.errors import NothingToPay, PaymentRefused, PaymentUnavailable
from backend.payments.providers.types import ProviderDownError, ProviderRefusedError
from backend.payments.providers.xbezahldienste import XBezahldienste
from backend.payments.types import Line, Order, Outcome
from tests.payments.conftest import BACK, Desk
from tests.payments.till import LATE_SECONDS, ROOT, Till


def order(till: Till, **changes: object) -> Order:
    lines = [Line("bewohnerparken_a", 7500), Line("copies", 2400, 2)]
    made = Order(str(uuid4()), datetime.now(UTC), 9900, "bewohnerparkausweis K7M-3DX-9PC", lines, BACK)
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_contract(till: Till) -> None:
    """Begin, ask, pay, ask: what the standard says, spoken by two programs that share no code for it."""
    client, asked = XBezahldienste(till.cashier), order(till)
    begun = client.begin(asked)
    assert (begun.outcome, begun.cents, begun.request_id) == (Outcome.WAITING, 9900, asked.request_id)
    assert begun.location is not None
    page = requests.get(begun.location, headers={"Accept-Language": "tr"}, timeout=5)
    assert "99.00 EUR" in page.text
    assert '<html lang="tr" dir="ltr">' in page.text
    assert "bewohnerparkaus K7M-3DX-9PC" in page.text
    again = client.begin(asked)
    assert again.transaction_id == begun.transaction_id, "PAYMENT_EXISTS leads on to the status"
    known = replace(asked, transaction_id=begun.transaction_id)
    assert client.ask(known).outcome is Outcome.WAITING
    assert till.do(begun.location, "pay") == BACK
    paid = client.ask(known)
    assert (paid.outcome, paid.cents, paid.location) == (Outcome.PAID, 9900, None)
    assert paid.reference
    assert client.ask(order(till)).outcome is Outcome.UNKNOWN
    with pytest.raises(ProviderRefusedError, match="CALCULATION_ERROR"):
        client.begin(order(till, cents=9901))
    with pytest.raises(ProviderDownError, match="NO_VALID_ORIGINATOR_OR_ENDPOINT"):
        client.begin(order(till, end_point="99999999"))
    assert client.begin(order(till, end_point="04012000")).outcome is Outcome.WAITING
    with pytest.raises(ProviderDownError, match="FORBIDDEN"):
        XBezahldienste(replace(till.cashier, token_url=None)).begin(order(till))
    with pytest.raises(ProviderDownError, match="no_token"):
        XBezahldienste(replace(till.cashier, client_secret="wrong")).begin(order(till))


def test_a_fee_is_paid(desk: Desk, till: Till) -> None:
    intent = desk.fee(1150)
    assert (intent.state, intent.attempt, intent.receipt_number) == ("open", 1, None)
    started, page = service.start(desk.session, intent, "online", BACK)
    assert (started.id, started.state) == (intent.id, "started")
    assert till.do(page, "pay") == BACK
    assert service.of_application(desk.session, intent.application_id).state == "started"  # type: ignore[union-attr]
    booked = desk.refreshed(intent)
    assert (booked.state, booked.can_retry, booked.failure) == ("booked", False, None)
    receipt = service.receipt(desk.session, booked)
    assert receipt.number == booked.receipt_number
    assert (receipt.cents, receipt.currency, receipt.refunded_at) == (1150, "EUR", None)
    assert receipt.reference
    assert receipt.lines == [{"rule": "bewohnerparken_a", "cents": 1150, "quantity": 1}]
    assert desk.heard(intent) == ["booked"]
    assert desk.refreshed(intent) == booked
    assert desk.heard(intent) == ["booked"], "told once"
    with pytest.raises(NothingToPay):
        service.start(desk.session, intent, "online", BACK)


def test_who_comes_back_at_once_sees_it_booked(desk: Desk, till: Till) -> None:
    intent, page = desk.started()
    till.do(page, "pay")
    assert service.refresh(desk.session, intent).state == "booked"


def test_the_service_is_not_asked_by_every_reload(desk: Desk, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    intent, _page = desk.started()
    monkeypatch.setattr(gateway, "ASKED_AGAIN_AFTER", timedelta(minutes=1))
    asked: list[str] = []
    real = XBezahldienste.ask
    monkeypatch.setattr(XBezahldienste, "ask", lambda self, told: asked.append(told.request_id) or real(self, told))
    for _ in range(5):
        service.refresh(desk.session, intent)
    assert asked == [str(intent.id)]


def test_coming_back_proves_nothing(desk: Desk, till: Till) -> None:
    """Whoever calls our return address without having paid stays unpaid."""
    intent, _page = desk.started()
    for _ in range(3):
        assert desk.refreshed(intent).state == "started"
    assert desk.heard(intent) == []


@pytest.mark.parametrize(
    ("deed", "state", "failure"), [("cancel", "cancelled", "cancelled"), ("fail", "failed", "failed")]
)
def test_cancelled_or_failed_can_be_tried_again(desk: Desk, till: Till, deed: str, state: str, failure: str) -> None:
    intent, page = desk.started()
    till.do(page, deed)
    ended = desk.refreshed(intent)
    assert (ended.state, ended.failure, ended.can_retry) == (state, failure, True)
    assert desk.heard(intent) == [state]
    second, page = service.start(desk.session, ended, "online", BACK)
    assert (second.attempt, second.state, second.cents) == (2, "started", intent.cents)
    till.do(page, "pay")
    assert desk.refreshed(second).state == "booked"


def test_starting_again_after_a_cancelled_try_makes_a_new_one_at_once(desk: Desk, till: Till) -> None:
    """The person cancelled at the service, came back and presses pay: no detour over an old page."""
    intent, page = desk.started()
    till.do(page, "cancel")
    second, fresh = service.start(desk.session, intent, "online", BACK)
    assert second.attempt == 2
    assert fresh not in {None, page}


def test_starting_twice_leads_to_the_same_page(desk: Desk, till: Till) -> None:
    intent, page = desk.started()
    assert service.start(desk.session, intent, "online", BACK) == (service.refresh(desk.session, intent), page)


def test_two_clicks_at_once_make_one_payment(desk: Desk, till: Till) -> None:
    intent = desk.fee()
    pages: list[object] = []

    def click() -> None:
        with desk.app.app_context():
            pages.append(service.start(db.session(), intent, "online", BACK))
            db.session.remove()

    clicks = [threading.Thread(target=click) for _ in range(6)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len({page for _intent, page in pages}) == 1  # type: ignore[misc]
    assert (
        desk.session.scalar(
            text("SELECT count(*) FROM payment_intent WHERE application_id = :id"), {"id": intent.application_id}
        )
        == 1
    )


def test_a_closed_tab_is_found_by_the_worker(desk: Desk, till: Till) -> None:
    intent, page = desk.started()
    till.do(page, "pay")
    desk.change(intent, "next_check_at = clock_timestamp() - interval '1 second', checked_at = NULL")
    jobs.nudge_payments()
    desk.session.commit()
    queued = desk.session.scalars(
        text("SELECT args ->> 'row_id' FROM procrastinate_jobs WHERE task_name = 'payments.ask'")
    )
    assert str(intent.id) in list(queued)
    jobs.ask(str(intent.id))
    assert desk.heard(intent) == ["booked"]


def test_nobody_asks_after_a_week(desk: Desk, till: Till) -> None:
    intent, page = desk.started()
    till.do(page, "pay")
    desk.change(intent, "started_at = clock_timestamp() - interval '8 days', next_check_at = clock_timestamp()")
    assert desk.refreshed(intent).state == "started"
    left = "SELECT next_check_at FROM payment_intent WHERE id = :id"
    assert desk.session.scalar(text(left), {"id": intent.id}) is None


def test_a_late_payment_counts(desk: Desk, till: Till) -> None:
    intent, page = desk.started()
    till.do(page, "late")
    assert desk.refreshed(intent).state == "started"
    time.sleep(LATE_SECONDS + 0.1)
    assert desk.refreshed(intent).state == "booked"


def test_an_abandoned_payment_makes_room_and_still_counts_when_it_comes(desk: Desk, till: Till) -> None:
    intent, page = desk.started()
    desk.change(intent, "started_at = clock_timestamp() - interval '25 hours'")
    ended = desk.refreshed(intent)
    assert (ended.state, ended.failure, ended.can_retry) == ("cancelled", "abandoned", True)
    second, _ = service.start(desk.session, ended, "counter", BACK)
    till.do(page, "pay")
    assert desk.refreshed(intent).state == "booked"
    assert service.of_application(desk.session, intent.application_id).failure == "paid_elsewhere"  # type: ignore[union-attr]
    assert desk.heard(intent) == ["cancelled", "booked"]
    with pytest.raises(NothingToPay):
        service.settle(desk.session, second, method="cash")


def test_paying_twice_gives_one_back(desk: Desk, till: Till) -> None:
    first, old_page = desk.started()
    desk.change(first, "state = 'cancelled', failure = 'abandoned'")
    second, page = service.start(desk.session, first, "online", BACK)
    till.do(page, "pay")
    assert desk.refreshed(second).state == "booked"
    till.do(old_page, "pay")
    twice = desk.refreshed(first)
    assert (twice.state, twice.surplus, twice.refund) == ("booked", True, "due")
    assert twice.receipt_number != second.receipt_number
    assert desk.heard(first) == ["booked", "surplus"], "the case hears of one payment, and what goes back"
    done = service.refund_done(desk.session, first.id)
    assert (done.state, done.refund) == ("refunded", "done")
    assert desk.heard(first) == ["booked", "surplus", "surplus_refunded"]


def test_another_amount_is_never_taken_for_ours(desk: Desk, till: Till) -> None:
    intent, page = desk.started()
    till.do(page, "pay")
    till.behave("wrong_amount")
    found = desk.refreshed(intent)
    assert (found.state, found.failure, found.receipt_number) == ("started", "amount_mismatch", None)
    assert desk.heard(intent) == []
    till.behave("up")
    assert desk.refreshed(intent).state == "booked"


@pytest.mark.parametrize("mode", ["down", "garbage"])
def test_a_service_that_is_down_costs_nothing(desk: Desk, till: Till, mode: str) -> None:
    till.behave(mode)
    intent = desk.fee()
    with pytest.raises(PaymentUnavailable) as caught:
        service.start(desk.session, intent, "online", BACK)
    assert (caught.value.status, caught.value.code) == (503, "payment_unavailable")
    assert service.of_application(desk.session, intent.application_id) == intent, "still open, the same attempt"
    other, _ = service.start(desk.session, intent, "counter", BACK)
    assert (other.provider, other.state) == ("counter", "open")
    till.behave("up")
    again, page = service.start(desk.session, other, "online", BACK)
    assert again.state == "started"
    till.behave(mode)
    assert desk.refreshed(again).state == "started", "no answer changes nothing"
    assert page is not None


def test_a_slow_service_is_not_waited_for(desk: Desk, till: Till) -> None:
    till.behave("slow")
    began = time.monotonic()
    with pytest.raises(PaymentUnavailable):
        service.start(desk.session, desk.fee(), "online", BACK)
    assert time.monotonic() - began < 8


def test_a_lost_answer_does_not_lose_the_payment(desk: Desk, till: Till) -> None:
    """The service took the order, but its answer was lost: the same request id finds it again."""
    intent = desk.fee()
    provider = gateway.provider_of("online")
    assert provider is not None
    row = gateway.queries.by_id(desk.session, intent.id)
    assert row is not None
    lost = provider.begin(gateway.order_of(row, BACK))
    desk.session.rollback()
    _intent, page = service.start(desk.session, intent, "online", BACK)
    assert page == lost.location


def test_a_refused_order_is_not_repeated(desk: Desk, till: Till) -> None:
    till.behave("rejecting")
    intent = desk.fee()
    with pytest.raises(PaymentRefused):
        service.start(desk.session, intent, "online", BACK)
    found = service.of_application(desk.session, intent.application_id)
    assert found is not None
    assert (found.state, found.failure, found.can_retry) == ("failed", "validation_error", True)


def test_no_connection_is_held_while_the_service_is_called(
    make_app: Callable[..., Flask], till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(cashier=till.cashier, pool_size=1)
    held: list[int] = []
    real = XBezahldienste.begin

    def begin(self: XBezahldienste, told: Order) -> object:
        held.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        return real(self, told)

    monkeypatch.setattr(XBezahldienste, "begin", begin)
    desk = Desk(app)
    with app.app_context():
        _intent, page = desk.started()
    assert page is not None
    assert held == [0]


def test_without_a_payment_service_only_the_other_ways_are_open(make_app: Callable[..., Flask]) -> None:
    app = make_app(cashier=None)
    desk = Desk(app)
    with app.app_context():
        intent = desk.fee()
        with pytest.raises(PaymentUnavailable):
            service.start(desk.session, intent, "online", BACK)
        assert service.start(desk.session, intent, "counter", BACK)[1] is None


def test_the_table_itself_allows_one_living_and_one_paid_attempt(desk: Desk) -> None:
    intent = desk.fee()
    copy = (
        "INSERT INTO payment_intent (id, application_id, attempt, cents, purpose, lines, provider, state,"
        " receipt_number, booked_at) SELECT gen_random_uuid(), application_id, 2, cents, purpose, lines, provider, {0},"
        " {1}, {2}"
        " FROM payment_intent WHERE id = :id"
    )
    with pytest.raises(IntegrityError, match="uq_payment_intent_live"):
        desk.session.execute(text(copy.format("'open'", "NULL", "NULL")), {"id": intent.id})
    desk.session.rollback()
    service.start(desk.session, intent, "counter", BACK)
    counter = service.of_application(desk.session, intent.application_id)
    assert counter is not None
    service.settle(desk.session, counter, method="cash")
    desk.session.commit()
    paid = copy.replace("2, cents", "9, cents").format("'booked'", "'X'", "clock_timestamp()")
    with pytest.raises(IntegrityError, match="uq_payment_intent_paid"):
        desk.session.execute(text(paid), {"id": intent.id})
    desk.session.rollback()


def test_the_local_service_never_runs_in_production(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "backend.local.payment", "--folder", str(tmp_path)], cwd=ROOT, capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "AMTSWEG_ENV": "production"}, timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"production" in done.stderr
