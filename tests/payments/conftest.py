"""The room on its own, a payment service as a real process, and a listener that writes down what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.core.cashier import Payee
from backend.core.db import db
from backend.core.settings import Settings
from backend.payments import service
from backend.payments.types import Intent, Way
from tests.payments.till import Till, start

BACK = "http://localhost/de/antraege/K7M-3DX-9PC/bezahlt"


@pytest.fixture(scope="module")
def domains() -> tuple[str, ...]:
    """Only this room."""
    return ("audit", "payments")


@pytest.fixture(scope="session")
def _running_till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    made = start(tmp_path_factory.mktemp("till"))
    yield made
    made.stop()


@pytest.fixture
def till(_running_till: Till) -> Iterator[Till]:
    """The payment service, behaving well at the beginning of each test."""
    _running_till.behave("up")
    yield _running_till
    _running_till.behave("up")


@pytest.fixture(scope="module")
def settings(settings: Settings, _running_till: Till) -> Settings:
    """With that service, and a payee of whom only a part is known."""
    return replace(settings, cashier=_running_till.cashier, payee=Payee(name="Landeshauptkasse", days=14))


@dataclass
class Desk:
    """Asks for fees and sees what listeners are told."""

    app: Flask
    told: list[tuple[UUID, str]] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return db.session()

    def fee(self, cents: int = 1150, application: UUID | None = None, **more: Any) -> Intent:
        """A committed intent."""
        lines = more.pop("lines", [{"rule": "bewohnerparken_a", "cents": cents, "quantity": 1}])
        made = service.create_intent(
            self.session, application_id=application or uuid4(), cents=cents, lines=lines,
            purpose="bewohnerparkausweis K7M-3DX-9PC", **more,
        )  # fmt: skip
        self.session.commit()
        return made

    def started(self, way: Way = "online", **more: Any) -> tuple[Intent, str | None]:
        """A fee that somebody began to pay."""
        return service.start(self.session, self.fee(**more), way, BACK)

    def refreshed(self, intent: Intent) -> Intent:
        """After asking the service, however recently that was done."""
        self.change(intent, "checked_at = NULL")
        return service.refresh(self.session, intent)

    def change(self, intent: Intent, values: str) -> None:
        """Set columns of a row, for example to let time pass."""
        self.session.execute(text(f"UPDATE payment_intent SET {values} WHERE id = :id"), {"id": intent.id})  # noqa: S608 - ours
        self.session.commit()

    def heard(self, intent: Intent) -> list[str]:
        """What the listener was told about an application."""
        return [state for application, state in self.told if application == intent.application_id]


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    """The room with one listener."""
    made = Desk(app)
    app.extensions.pop("payments-listeners", None)
    app.extensions.pop("payments-provider", None)
    service.on_change(app, lambda _session, application, state: made.told.append((application, state)))
    with app.app_context():
        yield made
        db.session.rollback()


@pytest.fixture
def command(app: Flask) -> Callable[[], Flask]:
    """How commands make the application."""
    return lambda: app
