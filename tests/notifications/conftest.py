"""An outbox on a real database, a real mail server, and appointments to write about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from backend.core.db import db
from backend.core.settings import Settings
from backend.notifications import delivery, service
from backend.notifications.models import Message
from backend.notifications.types import MessageKind, MessageState
from tests.notifications.gateway import Gateway, running
from tests.notifications.samples import SECRETS, SampleSource, appointment


@pytest.fixture
def source(app: Flask) -> SampleSource:
    made = SampleSource()
    service.register_source(app, made)
    return made


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with running(Gateway()) as made:
        yield made


@dataclass
class Outbox:
    """Queues messages and sends them in this process, as the worker does."""

    session: Session
    source: SampleSource
    settings: Settings

    def queue(self, kind: MessageKind = MessageKind.CONFIRMED, **changes: object) -> UUID:
        """A new appointment with one message about it, committed."""
        object_id = uuid4()
        state = {"state": kind.fits_state, "uid": object_id.hex}
        self.source.appointments[object_id] = appointment(**{**state, **changes})  # type: ignore[arg-type]
        current = self.source.appointments[object_id]
        message_id = service.queue(
            self.session,
            kind=kind,
            language="de",
            to=current.email or "",
            object_id=object_id,
            sequence=current.sequence,
            business_key=f"{kind}:{object_id}",
            secrets=SECRETS,
        )
        assert message_id is not None
        self.session.commit()
        return message_id

    def send(self, message_id: UUID) -> MessageState | None:
        return delivery.deliver(self.session, self.settings, message_id)

    def row(self, message_id: UUID) -> Message:
        self.session.expire_all()
        return self.session.get_one(Message, message_id)

    def make_due(self, message_id: UUID) -> None:
        """Let the pause before the next try be over."""
        now = text("clock_timestamp()")
        self.session.execute(update(Message).where(Message.id == message_id).values(due_at=now, nudged_at=None))
        self.session.commit()


@pytest.fixture
def outbox(app: Flask, source: SampleSource, settings: Settings, gateway: Gateway) -> Iterator[Outbox]:
    with app.app_context():
        url = f"smtp://127.0.0.1:{gateway.port}"
        yield Outbox(db.session(), source, replace(settings, smtp_url=url, mail_from="termine@amtsweg.example"))
        db.session.rollback()


@pytest.fixture
def limited(app: Flask) -> Iterator[None]:
    """Caps counted as in production."""
    usual = app.extensions["amtsweg-settings"]
    app.extensions["amtsweg-settings"] = replace(usual, limits="on")
    yield
    app.extensions["amtsweg-settings"] = usual
