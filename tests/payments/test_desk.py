"""Fees without a payment service: invoice and counter, changed fees, waivers, money that goes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backend.cli import main
from backend.core.access import Actor
from backend.core.clock import today
from backend.core.errors import Invalid, NotFound
from backend.payments import listeners, service
from backend.payments.errors import NothingToPay
from tests.payments.conftest import BACK, Desk
from tests.payments.till import Till


def test_an_invoice_stays_open_until_a_person_books_it(desk: Desk) -> None:
    intent, page = desk.started("invoice")
    assert (page, intent.state, intent.provider) == (None, "open", "invoice")
    assert intent.due_on == today(desk.session) + timedelta(days=14)
    assert desk.refreshed(intent).state == "open"
    booked = service.settle(desk.session, intent, method="transfer", reference="Auszug 12")
    desk.session.commit()
    receipt = service.receipt(desk.session, booked)
    assert (receipt.provider, receipt.method, receipt.reference) == ("invoice", "transfer", "Auszug 12")
    assert desk.heard(intent) == ["booked"]


def test_an_unknown_period_is_not_invented(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    desk = Desk(app)
    with app.app_context():
        intent, _ = desk.started("invoice")
        assert intent.due_on is None


def test_nobody_books_an_online_payment_by_hand(desk: Desk, till: Till) -> None:
    intent, _ = desk.started()
    with pytest.raises(NothingToPay):
        service.settle(desk.session, intent, method="cash")


def test_the_same_fee_again_is_the_same_intent(desk: Desk) -> None:
    intent = desk.fee(7500)
    assert desk.fee(7500, intent.application_id) == intent


def test_a_fee_changed_between_start_and_payment(desk: Desk, till: Till) -> None:
    """The old page can still be paid: that money goes back, the new fee stays to be paid."""
    old, page = desk.started(cents=7500)
    new = desk.fee(15000, old.application_id)
    assert (new.attempt, new.state, new.cents) == (2, "open", 15000)
    till.do(page, "pay")
    late = desk.refreshed(old)
    assert (late.state, late.surplus, late.refund, late.can_retry) == ("booked", True, "due", False)
    assert desk.heard(old) == ["surplus"]
    current = service.of_application(desk.session, old.application_id)
    assert current is not None
    assert (current.id, current.state) == (new.id, "open")


def test_a_paid_fee_that_changes_goes_back_and_is_asked_anew(desk: Desk) -> None:
    intent, _ = desk.started("counter", cents=7500)
    service.settle(desk.session, intent, method="cash")
    desk.session.commit()
    assert desk.fee(7500, intent.application_id).id == intent.id
    new = desk.fee(1150, intent.application_id)
    assert (new.state, new.cents) == ("open", 1150)
    assert service.refund_done(desk.session, intent.id).state == "refunded"


def test_a_withdrawn_case_pays_nothing(desk: Desk, till: Till) -> None:
    intent, page = desk.started()
    ended = service.take_back(desk.session, intent, "withdrawn")
    desk.session.commit()
    assert (ended.state, ended.can_retry) == ("cancelled", False)
    till.do(page, "pay")
    late = desk.refreshed(intent)
    assert (late.surplus, late.refund) == (True, "due")
    assert desk.heard(intent) == ["surplus"]
    service.refund_done(desk.session, intent.id)
    assert desk.heard(intent) == ["surplus", "surplus_refunded"]


def test_an_undone_case_gets_its_money_back(desk: Desk) -> None:
    intent, _ = desk.started("counter")
    booked = service.settle(desk.session, intent, method="card")
    ended = service.take_back(desk.session, booked, "undone")
    desk.session.commit()
    assert (ended.state, ended.refund) == ("booked", "due")
    assert service.take_back(desk.session, booked, "twice") == ended
    done = service.refund_done(desk.session, booked.id)
    desk.session.commit()
    assert (done.state, done.refund, done.receipt_number) == ("refunded", "done", booked.receipt_number)
    assert service.receipt(desk.session, done).refunded_at is not None
    assert desk.heard(intent) == ["booked", "refunded"]
    with pytest.raises(NothingToPay):
        service.refund_done(desk.session, booked.id)
    assert desk.fee(1150, intent.application_id).attempt == 3, "sent again, it is due again"


def test_a_waiver_needs_a_reason(desk: Desk) -> None:
    intent = desk.fee()
    with pytest.raises(Invalid):
        service.waive(desk.session, intent, "  ")
    waived = service.waive(desk.session, intent, "§ 5 BremGebBeitrG: Bremen-Pass")
    desk.session.commit()
    assert (waived.state, waived.can_retry) == ("waived", False)
    assert desk.heard(intent) == ["waived"]
    with pytest.raises(NothingToPay):
        service.waive(desk.session, waived, "noch einmal")
    with pytest.raises(NotFound):
        service.receipt(desk.session, waived)
    with pytest.raises(IntegrityError, match="waiver_reason"):
        desk.session.execute(text("UPDATE payment_intent SET reason = '' WHERE id = :id"), {"id": intent.id})
    desk.session.rollback()


def test_who_moves_money_by_hand_is_written_down(desk: Desk) -> None:
    cashier = Actor(kind="staff", account_id=uuid4(), roles=frozenset({"clerk"}))
    intent, _ = desk.started("counter")
    booked = service.settle(desk.session, intent, method="cash", actor=cashier)
    service.take_back(desk.session, booked, "undone")
    service.refund_done(desk.session, booked.id, actor=cashier)
    waived = service.waive(desk.session, desk.fee(), "Bremen-Pass", actor=cashier)
    desk.session.commit()
    found = desk.session.execute(
        text("SELECT action, reason FROM audit_entry WHERE actor_account = :who ORDER BY id"),
        {"who": cashier.account_id},
    ).all()
    assert [tuple(row) for row in found] == [
        ("payment.settled", None), ("payment.refunded", None), ("payment.waived", "Bremen-Pass"),
    ]  # fmt: skip
    assert waived.state == "waived"


def test_money_that_comes_after_a_waiver_goes_back(desk: Desk, till: Till) -> None:
    intent, page = desk.started()
    service.waive(desk.session, intent, "Bremen-Pass")
    desk.session.commit()
    till.do(page, "pay")
    assert desk.refreshed(intent).refund == "due"


def test_amounts_are_whole_cents_in_range(desk: Desk) -> None:
    for cents in (0, -1):
        with pytest.raises(ValueError, match="add up"):
            desk.fee(cents)
    with pytest.raises(IntegrityError, match="cents"):
        desk.fee(99_999_901)
    desk.session.rollback()


def test_the_sums_agree(desk: Desk) -> None:
    """Booked intents are receipts minus refunds."""
    for _ in range(2):
        intent, _page = desk.started("counter")
        service.take_back(desk.session, service.settle(desk.session, intent, method="cash"), "undone")
    service.refund_done(desk.session, intent.id)
    desk.session.commit()
    row = desk.session.execute(
        text(
            "SELECT count(*) FILTER (WHERE state IN ('booked', 'refunded')) AS paid, count(receipt_number) AS receipts,"
            " count(DISTINCT receipt_number) AS different, count(*) FILTER (WHERE state = 'refunded') AS refunded,"
            " count(refunded_at) AS given FROM payment_intent"
        )
    ).one()
    assert row.paid == row.receipts == row.different
    assert row.refunded == row.given > 0
    assert row.paid > row.refunded


def test_locks_above_are_taken_first_and_listeners_join_the_transaction(desk: Desk, till: Till) -> None:
    order: list[str] = []
    intent, page = desk.started()
    service.on_change(
        desk.app,
        lambda session, application, state: order.append(f"told {state} {session.in_transaction()}"),
        lock=lambda session, application: order.append("lock"),
    )
    till.do(page, "pay")
    desk.refreshed(intent)
    assert order == ["lock", "told booked True"]


def test_a_failing_listener_leaves_the_payment_as_it_was(desk: Desk, till: Till) -> None:
    intent, page = desk.started()
    till.do(page, "pay")

    def fail(*_: object) -> None:
        raise RuntimeError("not now")

    service.on_change(desk.app, fail)
    with pytest.raises(RuntimeError, match="not now"):
        desk.refreshed(intent)
    desk.app.extensions[listeners._KEY].pop()
    assert desk.refreshed(intent).state == "booked"


def test_nothing_half_written_is_lost_by_starting(desk: Desk) -> None:
    intent = desk.fee()
    row = service.queries.by_id(desk.session, intent.id)
    assert row is not None
    row.purpose = "changed"
    with pytest.raises(RuntimeError, match="half-written"):
        service.start(desk.session, intent, "counter", BACK)
    desk.session.rollback()


def test_a_room_that_never_saw_the_application_asks_nothing(desk: Desk) -> None:
    assert service.of_application(desk.session, uuid4()) is None


def test_the_cashier_sees_what_needs_a_person(desk: Desk, command: Callable[[], Flask]) -> None:
    due, _ = desk.started("invoice")
    desk.change(due, f"due_on = '{date(2020, 1, 1)}'")
    paid, _ = desk.started("counter")
    service.take_back(desk.session, service.settle(desk.session, paid, method="cash"), "undone")
    desk.session.commit()

    def run(*words: str) -> str:
        result = CliRunner().invoke(main.get_command(None, "payments"), words, obj=command)  # type: ignore[arg-type]
        assert result.exit_code == 0, result.output
        return result.output

    said = run("open")
    assert f"overdue          {due.id}" in said
    assert f"refund           {paid.id}" in said
    assert "is refunded" in run("refunded", str(paid.id))
    assert str(paid.id) not in run("open")
