"""Queueing in the caller's transaction: exactly once, capped per contact, secrets sealed and carried over."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import Engine, func, select, text, update

from backend.core.db import db
from backend.core.settings import SettingsError
from backend.notifications import jobs, queries, sealing, service
from backend.notifications.commands import messages
from backend.notifications.models import Message
from backend.notifications.types import MessageKind, MessageState
from tests.notifications.conftest import Outbox
from tests.notifications.gateway import Gateway
from tests.notifications.samples import SECRETS, appointment


def queue(
    outbox: Outbox, kind: MessageKind, to: str, key: str | None = None, object_id: UUID | None = None
) -> UUID | None:
    return service.queue(
        outbox.session,
        kind=kind,
        language="de",
        to=to,
        object_id=uuid4(),
        sequence=0,
        business_key=key or uuid4().hex,
        secrets=SECRETS,
    )


def jobs_for(outbox: Outbox, message_id: UUID) -> int:
    wanted = text("SELECT count(*) FROM procrastinate_jobs WHERE args->>'row_id' = :id AND task_name = :task")
    return outbox.session.execute(wanted, {"id": str(message_id), "task": service.SEND_TASK}).scalar_one()


def test_row_and_job_live_and_die_with_the_transaction(outbox: Outbox) -> None:
    kept = queue(outbox, MessageKind.CONFIRMED, "one@example.org")
    assert kept
    outbox.session.commit()
    lost = queue(outbox, MessageKind.CONFIRMED, "one@example.org")
    assert lost
    outbox.session.rollback()
    assert (outbox.row(kept).state, jobs_for(outbox, kept)) == ("queued", 1)
    assert (outbox.session.get(Message, lost), jobs_for(outbox, lost)) == (None, 0)


def test_a_business_key_is_one_message(outbox: Outbox) -> None:
    key = f"confirmed:{uuid4()}:0"
    assert queue(outbox, MessageKind.CONFIRMED, "two@example.org", key)
    assert queue(outbox, MessageKind.CONFIRMED, "two@example.org", key) is None
    count = select(func.count()).select_from(Message).where(Message.business_key == key)
    assert outbox.session.execute(count).scalar_one() == 1


def test_the_job_carries_nothing_but_the_row(outbox: Outbox) -> None:
    message_id = queue(outbox, MessageKind.CONFIRMED, "marked@example.org")
    args = text("SELECT args::text FROM procrastinate_jobs WHERE args->>'row_id' = :id")
    assert outbox.session.execute(args, {"id": str(message_id)}).scalar_one() == f'{{"row_id": "{message_id}"}}'


def test_secrets_are_unreadable_in_the_row_and_bound_to_it(outbox: Outbox) -> None:
    first, second = (queue(outbox, MessageKind.CONFIRMED, "three@example.org") for _ in range(2))
    assert first
    assert second
    sealed = outbox.row(first).sealed
    assert sealed
    assert not any(secret.encode() in sealed for secret in SECRETS.values())
    assert sealing.unseal(first, sealed) == SECRETS
    with pytest.raises(InvalidTag):
        sealing.unseal(second, sealed)


@pytest.mark.usefixtures("limited")
def test_mails_that_nobody_asked_for_are_capped_and_dropped(outbox: Outbox) -> None:
    sent = [queue(outbox, MessageKind.CONFIRM_REQUEST, f"Bomb+tag{n}@Example.org") for n in range(20)]
    assert [bool(message_id) for message_id in sent] == [True] * 5 + [False] * 15
    assert queue(outbox, MessageKind.CONFIRM_REQUEST, "other@example.org")
    hour_ago = text("due_at - interval '61 minutes'")
    outbox.session.execute(update(Message).where(Message.id.in_(sent[:5])).values(due_at=hour_ago))
    later = [queue(outbox, MessageKind.CONFIRM_REQUEST, "bomb@example.org") for _ in range(10)]
    assert [bool(message_id) for message_id in later] == [True] * 5 + [False] * 5
    outbox.session.execute(update(Message).where(Message.id.in_(later[:5])).values(due_at=hour_ago))
    assert queue(outbox, MessageKind.CONFIRM_REQUEST, "bomb@example.org") is None, "ten a day"


@pytest.mark.usefixtures("limited")
def test_links_count_as_unasked_and_carry_every_secret(outbox: Outbox) -> None:
    ids = [uuid4(), uuid4()]
    links = [(one, "s" * 43) for one in ids]
    sent = [
        service.queue_links(
            outbox.session, language="de", to="links@example.org", links=links, business_key=f"links:{uuid4()}"
        )
        for _ in range(6)
    ]
    assert [bool(message_id) for message_id in sent] == [True] * 5 + [False]
    assert sent[0]
    assert set(sealing.unseal(sent[0], outbox.row(sent[0]).sealed)) == {str(one) for one in ids}


@pytest.mark.usefixtures("limited")
def test_what_a_proven_contact_did_is_told_later_but_never_dropped(outbox: Outbox) -> None:
    sent = [queue(outbox, MessageKind.MOVED, "busy@example.org") for _ in range(12)]
    rows = [outbox.row(message_id) for message_id in sent if message_id]
    assert len(rows) == 12
    pauses = [row.due_at - rows[0].due_at for row in rows]
    assert all(pause < timedelta(minutes=1) for pause in pauses[:5])
    assert all(timedelta(minutes=59) < pause < timedelta(minutes=61) for pause in pauses[5:10])
    assert all(pause > timedelta(hours=23) for pause in pauses[10:])
    assert [jobs_for(outbox, row.id) for row in rows] == [1] * 5 + [0] * 7
    assert all(row.give_up_at - row.due_at == timedelta(hours=24) for row in rows)


@pytest.mark.usefixtures("limited")
def test_many_at_once_cannot_pass_the_cap(app: Flask, outbox: Outbox, engine: Engine) -> None:
    def one(_: int) -> UUID | None:
        with app.app_context():
            made = queue(
                Outbox(db.session(), outbox.source, outbox.settings), MessageKind.CONFIRM_REQUEST, "storm@example.org"
            )
            db.session.commit()
            return made

    with ThreadPoolExecutor(8) as pool:
        assert sum(bool(made) for made in pool.map(one, range(64))) == 5


def test_a_move_takes_over_the_secrets_of_an_unsent_confirmation(outbox: Outbox, gateway: Gateway) -> None:
    confirmed = outbox.queue()
    object_id = outbox.row(confirmed).object_id
    assert object_id
    outbox.source.appointments[object_id] = appointment(sequence=1)
    moved = service.queue(
        outbox.session,
        kind=MessageKind.MOVED,
        language="de",
        to="zeynep@example.org",
        object_id=object_id,
        sequence=1,
        business_key=f"moved:{object_id}:1",
        secrets={"manage": "n" * 43},
    )
    assert moved
    outbox.session.commit()
    assert outbox.send(confirmed) is MessageState.SUPERSEDED
    assert outbox.send(moved) is MessageState.SENT
    body = gateway.accepted[0].get_body(("plain",))
    assert body
    assert "Ihr Code: 4HT-QRA" in body.get_content()
    assert "#s=" + "n" * 43 in body.get_content()


def test_links_go_to_what_is_still_booked(outbox: Outbox, gateway: Gateway) -> None:
    booked, cancelled = uuid4(), uuid4()
    outbox.source.appointments[booked] = appointment(reference="AAA-AAA-AAA")
    outbox.source.appointments[cancelled] = appointment(reference="CCC-CCC-CCC", state="cancelled")

    def ask(*ids: UUID) -> MessageState | None:
        links = [(one, "s" * 43) for one in ids]
        asked = service.queue_links(
            outbox.session, language="de", to="zeynep@example.org", links=links, business_key=f"links:{uuid4()}"
        )
        outbox.session.commit()
        assert asked
        return outbox.send(asked)

    assert ask(booked, cancelled) is MessageState.SENT
    body = gateway.accepted[0].get_body(("plain",))
    assert body
    assert "AAA-AAA-AAA" in body.get_content()
    assert "CCC-CCC-CCC" not in body.get_content()
    assert ask(cancelled) is MessageState.SUPERSEDED


def test_the_sweeper_finds_what_no_job_carries(outbox: Outbox) -> None:
    due, waiting, left = (outbox.queue() for _ in range(3))
    now = text("clock_timestamp()")
    for message_id, values in (
        (due, {"nudged_at": None}),
        (waiting, {"nudged_at": None, "due_at": text("clock_timestamp() + interval '1 minute'")}),
        (left, {"state": "sending", "lease_until": now, "nudged_at": text("clock_timestamp() - interval '3 minutes'")}),
    ):
        outbox.session.execute(update(Message).where(Message.id == message_id).values(**values))
    outbox.session.commit()
    jobs.nudge_messages()
    db.session.commit()
    assert [jobs_for(outbox, one) for one in (due, waiting, left)] == [2, 1, 2]
    jobs.nudge_messages()
    db.session.commit()
    assert [jobs_for(outbox, one) for one in (due, waiting, left)] == [2, 1, 2], "not twice for the same reason"


def test_contacts_are_forgotten_after_ninety_days(outbox: Outbox) -> None:
    old, young, open_ = (outbox.queue() for _ in range(3))
    assert outbox.send(old) is outbox.send(young) is MessageState.SENT
    aged = text("clock_timestamp() - interval '91 days'")
    outbox.session.execute(update(Message).where(Message.id.in_((old, open_))).values(created_at=aged))
    outbox.session.commit()
    jobs.forget_contacts()
    db.session.commit()
    assert [outbox.row(one).recipient for one in (old, young, open_)] == [
        None,
        "zeynep@example.org",
        "zeynep@example.org",
    ]
    assert outbox.row(old).contact_key is None
    assert outbox.row(old).state == "sent"


def test_a_year_later_nothing_is_left(outbox: Outbox) -> None:
    old, open_ = (outbox.queue() for _ in range(2))
    assert outbox.send(old) is MessageState.SENT
    aged = text("clock_timestamp() - interval '366 days'")
    outbox.session.execute(update(Message).where(Message.id.in_((old, open_))).values(created_at=aged))
    outbox.session.commit()
    jobs.forget_contacts()
    db.session.commit()
    assert outbox.session.get(Message, old, populate_existing=True) is None
    assert outbox.row(open_).state == "queued"


def test_the_operator_sees_what_needs_a_person(app: Flask, outbox: Outbox, gateway: Gateway) -> None:
    gateway.after_rcpt = ["550 no such mailbox"]
    message_id = outbox.queue()
    assert outbox.send(message_id) is MessageState.DEAD
    shown = CliRunner().invoke(messages, obj=lambda: app, catch_exceptions=False).output
    assert f"dead        {message_id}  confirmed        smtp_550" in shown
    assert "zeynep" not in shown


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"smtp_url": "http://mail.example"}, "SMTP_URL"),
        ({"mail_from": "nobody"}, "AMTSWEG_MAIL_FROM"),
        ({"feedback_email": "Rat <rat@stadt.example>"}, "AMTSWEG_FEEDBACK_EMAIL"),
    ],
)
def test_settings_that_no_mail_could_be_sent_with_are_refused(
    make_app: Callable[..., Flask], changes: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        make_app(**changes)


def test_messages_are_counted_by_state(outbox: Outbox) -> None:
    before = queries.counts(outbox.session).get("queued", 0)
    outbox.queue()
    assert queries.counts(outbox.session)["queued"] == before + 1


def test_a_download_is_published_with_the_deployments_address(app: Flask) -> None:
    with app.app_context():
        data = service.calendar_file(appointment(), "de").replace(b"\r\n ", b"")
    assert b"METHOD:PUBLISH" in data
    assert b"ORGANIZER:mailto:amtsweg@localhost" in data
