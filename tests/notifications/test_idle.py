"""From an account that nobody used to the mail in its person's inbox, and not when the person came back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, text

from backend.accounts.service import person, retention
from backend.accounts.types import Identity, Side
from backend.notifications.models import Message
from backend.notifications.types import MessageState
from tests.notifications.conftest import Outbox
from tests.notifications.gateway import Gateway


def somebody(subject: str) -> Identity:
    return Identity(
        issuer="https://idp.example", subject=subject, level="basic", methods=("pwd",), auth_time=None,
        provider_session=None, id_token="", claims={"family_name": "Mulyani", "email": f"{subject}@example.org"},
    )  # fmt: skip


def unused(outbox: Outbox, subject: str) -> UUID:
    """An account that nobody used for 350 days, after the nightly round."""
    account = person.remember(outbox.session, Side.CITIZEN, somebody(subject), "uk")
    outbox.session.commit()
    age = text("UPDATE account SET last_seen_at = last_seen_at - interval '350 days' WHERE id = :id")
    outbox.session.execute(age, {"id": account.id})
    outbox.session.commit()
    outbox.session.expire_all()
    retention.run(outbox.session)
    outbox.session.commit()
    found = outbox.session.scalars(select(Message.id).where(Message.object_id == account.id)).one()
    return UUID(str(found))


def test_the_mail_arrives(outbox: Outbox, gateway: Gateway) -> None:
    assert outbox.send(unused(outbox, "away")) is MessageState.SENT
    (mail,) = gateway.accepted
    assert mail["To"] == "away@example.org"
    assert "/uk/anmelden" in mail.get_body(("plain",)).get_content()
    retention.run(outbox.session)
    outbox.session.commit()
    assert len(outbox.session.scalars(select(Message)).all()) == 1


def test_who_came_back_gets_none(outbox: Outbox, gateway: Gateway) -> None:
    message_id = unused(outbox, "back")
    person.remember(outbox.session, Side.CITIZEN, somebody("back"), "uk")
    outbox.session.commit()
    assert outbox.send(message_id) is MessageState.SUPERSEDED
    assert gateway.accepted == []


def test_the_day_is_thirty_days_ahead(outbox: Outbox, gateway: Gateway) -> None:
    message_id = unused(outbox, "soon")
    row = outbox.session.get(Message, message_id)
    assert row is not None
    idle = retention.idle(outbox.session, row.object_id)
    assert idle is not None
    assert timedelta(days=29) < idle.ends_at - row.created_at <= timedelta(days=30, minutes=1)
