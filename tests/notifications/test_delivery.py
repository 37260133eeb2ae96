"""Rows sent to a real SMTP server: accepted, refused for now or for ever, in doubt; and what is outdated."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text, update

from backend.core.clock import db_now
from backend.local.ports import free_port
from backend.notifications import queries
from backend.notifications.models import Message
from backend.notifications.types import MessageKind, MessageState
from tests.notifications.conftest import Outbox
from tests.notifications.gateway import HANG_UP, Gateway


def test_a_message_is_sent_once_and_its_secrets_are_erased(outbox: Outbox, gateway: Gateway) -> None:
    message_id = outbox.queue()
    assert outbox.send(message_id) is MessageState.SENT
    assert outbox.send(message_id) is None
    (mail,) = gateway.accepted
    assert mail["Message-ID"] == f"<{message_id}@amtsweg.example>"
    assert mail["Subject"] == "Ihr Termin am 24.11. ist gebucht"
    row = outbox.row(message_id)
    assert (row.state, row.sealed, row.lease_until, row.error) == ("sent", None, None, None)
    assert row.finished_at is not None


@pytest.mark.parametrize("step", ["after_rcpt", "after_data"])
def test_refused_for_now_is_tried_again_after_growing_pauses(outbox: Outbox, gateway: Gateway, step: str) -> None:
    message_id = outbox.queue()
    for minutes in (1, 5, 15, 60, 60):
        setattr(gateway, step, ["451 try later"])
        assert outbox.send(message_id) is MessageState.FAILED
        row = outbox.row(message_id)
        assert row.error == "smtp_451"
        assert row.sealed is not None
        pause = row.due_at - db_now(outbox.session)
        assert timedelta(minutes=minutes - 0.2) < pause <= timedelta(minutes=minutes)
        assert outbox.send(message_id) is None, "not before it is due"
        outbox.make_due(message_id)
    assert outbox.send(message_id) is MessageState.SENT
    assert len(gateway.accepted) == 1


@pytest.mark.parametrize("step", ["after_rcpt", "after_data"])
def test_refused_for_ever_is_a_dead_letter(outbox: Outbox, gateway: Gateway, step: str) -> None:
    setattr(gateway, step, ["550 no such mailbox"])
    message_id = outbox.queue()
    assert outbox.send(message_id) is MessageState.DEAD
    row = outbox.row(message_id)
    assert (row.error, row.sealed, gateway.accepted) == ("smtp_550", None, [])


def test_a_day_of_failures_ends_as_a_dead_letter(outbox: Outbox, gateway: Gateway) -> None:
    message_id = outbox.queue()
    soon = text("clock_timestamp() + interval '30 seconds'")
    outbox.session.execute(update(Message).where(Message.id == message_id).values(give_up_at=soon))
    outbox.session.commit()
    gateway.after_rcpt = ["451 try later"]
    assert outbox.send(message_id) is MessageState.DEAD


def test_no_server_at_all_is_tried_again(outbox: Outbox) -> None:
    outbox.settings = replace(outbox.settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    message_id = outbox.queue()
    assert outbox.send(message_id) is MessageState.FAILED
    assert outbox.row(message_id).error == "ConnectionRefusedError"


def test_a_lost_answer_is_repeated_once_under_the_same_id(outbox: Outbox, gateway: Gateway) -> None:
    gateway.after_data = [HANG_UP]
    message_id = outbox.queue()
    assert outbox.send(message_id) is MessageState.FAILED
    assert outbox.row(message_id).uncertain == 1
    outbox.make_due(message_id)
    assert outbox.send(message_id) is MessageState.SENT
    assert {mail["Message-ID"] for mail in gateway.accepted} == {f"<{message_id}@amtsweg.example>"}
    assert len(gateway.accepted) == 2


def test_two_lost_answers_are_shown_as_unknown(outbox: Outbox, gateway: Gateway) -> None:
    gateway.after_data = [HANG_UP, HANG_UP]
    message_id = outbox.queue()
    outbox.send(message_id)
    outbox.make_due(message_id)
    assert outbox.send(message_id) is MessageState.UNKNOWN
    outbox.make_due(message_id)
    assert outbox.send(message_id) is None
    assert len(gateway.accepted) == 2


@pytest.mark.parametrize(
    "change",
    [{"state": "cancelled"}, {"sequence": 1}, {"email": "other@example.org"}, {"email": None}, {"state": "expired"}],
)
def test_what_is_no_longer_true_is_not_sent(outbox: Outbox, gateway: Gateway, change: dict[str, object]) -> None:
    message_id = outbox.queue()
    object_id = outbox.row(message_id).object_id
    assert object_id
    outbox.source.appointments[object_id] = replace(outbox.source.appointments[object_id], **change)  # type: ignore[arg-type]
    assert outbox.send(message_id) is MessageState.SUPERSEDED
    assert outbox.row(message_id).sealed is None
    assert gateway.accepted == []


def test_an_appointment_that_is_gone_gets_no_mail(outbox: Outbox, gateway: Gateway) -> None:
    message_id = outbox.queue()
    outbox.source.appointments.clear()
    assert outbox.send(message_id) is MessageState.SUPERSEDED
    assert gateway.accepted == []


@pytest.mark.parametrize(("minutes", "state"), [(5, MessageState.SENT), (-1, MessageState.SUPERSEDED)])
def test_a_confirmation_is_asked_for_only_while_there_is_time(
    outbox: Outbox, minutes: int, state: MessageState
) -> None:
    confirm_by = db_now(outbox.session) + timedelta(minutes=minutes)
    assert outbox.send(outbox.queue(MessageKind.CONFIRM_REQUEST, confirm_by=confirm_by)) is state


def abandon(outbox: Outbox, message_id: UUID, *, handed_over: bool) -> None:
    """Leave a row as a killed worker leaves it, its lease over."""
    assert queries.claim(outbox.session, message_id)
    values = {"lease_until": text("clock_timestamp() - interval '1 second'")}
    if handed_over:
        values["handed_over_at"] = text("clock_timestamp()")
    outbox.session.execute(update(Message).where(Message.id == message_id).values(**values))
    outbox.session.commit()


def test_killed_before_the_handover_is_tried_again_without_doubt(outbox: Outbox, gateway: Gateway) -> None:
    message_id = outbox.queue()
    for _ in range(3):
        abandon(outbox, message_id, handed_over=False)
    assert outbox.send(message_id) is MessageState.SENT
    assert (outbox.row(message_id).uncertain, len(gateway.accepted)) == (0, 1)


def test_killed_in_the_handover_is_repeated_once(outbox: Outbox, gateway: Gateway) -> None:
    message_id = outbox.queue()
    abandon(outbox, message_id, handed_over=True)
    assert outbox.send(message_id) is MessageState.SENT
    assert len(gateway.accepted) == 1
    again = outbox.queue()
    abandon(outbox, again, handed_over=True)
    abandon(outbox, again, handed_over=True)
    assert outbox.send(again) is MessageState.UNKNOWN
    assert len(gateway.accepted) == 1


def test_a_worker_that_lost_its_lease_neither_sends_nor_writes(outbox: Outbox, gateway: Gateway) -> None:
    message_id = outbox.queue()
    late = queries.claim(outbox.session, message_id)
    assert late
    expired = text("clock_timestamp() - interval '1 second'")
    outbox.session.execute(update(Message).where(Message.id == message_id).values(lease_until=expired))
    outbox.session.commit()
    assert outbox.send(message_id) is MessageState.SENT
    assert not queries.update_try(outbox.session, message_id, late.attempts, state="failed", lease_until=None)
    assert outbox.row(message_id).state == "sent"


def test_a_letter_that_cannot_be_written_waits_and_blocks_nobody(outbox: Outbox, gateway: Gateway) -> None:
    message_id = outbox.queue(MessageKind.CONFIRM_REQUEST, confirm_by=db_now(outbox.session) + timedelta(hours=1))
    outbox.session.execute(update(Message).where(Message.id == message_id).values(sealed=b"x" * 40))
    outbox.session.commit()
    assert outbox.send(message_id) is MessageState.FAILED
    assert outbox.row(message_id).error == "letter_InvalidTag"
    assert outbox.send(outbox.queue()) is MessageState.SENT


def test_an_address_that_is_none_is_a_dead_letter(outbox: Outbox, gateway: Gateway) -> None:
    message_id = outbox.queue(email="no address")
    assert outbox.send(message_id) is MessageState.DEAD
    assert outbox.row(message_id).error == "address"
    assert gateway.accepted == []
