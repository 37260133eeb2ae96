"""Booking over HTTP in the small town, with a look into the outbox for the secrets that only the messages carry."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from backend.capacity import service as capacity
from backend.core.security import parse_reference
from backend.core.settings import Settings
from backend.notifications import sealing
from tests.booking import world

API = "/api/v1"
_persons = itertools.count(1)


@dataclass
class Citizen:
    """Does what the portal does, step by step."""

    client: FlaskClient
    app: Flask
    engine: Engine

    def post(self, path: str, body: dict[str, Any] | None = None, *, secret: str = "", key: str = "") -> TestResponse:
        headers = {name: value for name, value in (("X-Amtsweg-Secret", secret), ("Idempotency-Key", key)) if value}
        return self.client.post(API + path, json=body if body is not None else {}, headers=headers)

    def hold(self, when: datetime, *, key: str = "", **wish: Any) -> TestResponse:
        body = {
            "services": [{"service": "ausweis", "quantity": 1}],
            "office": "mitte",
            "starts_at": when.isoformat(),
            "language": "de",
            **wish,
        }
        return self.post("/holds", body, key=key or uuid4().hex)

    def booking(self, held: dict[str, Any], **changes: Any) -> dict[str, Any]:
        return {
            "hold_id": held["hold_id"],
            "secret": held["secret"],
            "person": {"given_name": "Ayşe", "family_name": "Yılmaz"},
            "contact": {"email": f"person{next(_persons)}@example.org"},
            **changes,
        }

    def unconfirmed(self, starts_at: datetime, *, email: str = "", **wish: Any) -> dict[str, Any]:
        """A booking that waits for its confirmation: the answer of bookAppointment."""
        held = self.hold(starts_at, **wish)
        assert held.status_code == 201, held.json
        assert held.json is not None
        changes = {"contact": {"email": email}} if email else {}
        booked = self.post("/appointments", self.booking(held.json, **changes))
        assert booked.status_code == 201, booked.json
        assert booked.json is not None
        return dict(booked.json)

    def booked(self, starts_at: datetime, *, email: str = "", **wish: Any) -> dict[str, Any]:
        """A confirmed booking."""
        made = self.unconfirmed(starts_at, email=email, **wish)
        confirmed = self.confirm(made)
        assert confirmed.status_code == 200, confirmed.json
        return made

    def confirm(self, made: dict[str, Any]) -> TestResponse:
        return self.act(made, "confirm", secret=self.mailed(made, "confirm"))

    def act(
        self, made: dict[str, Any], what: str, body: dict[str, Any] | None = None, *, secret: str = ""
    ) -> TestResponse:
        return self.post(f"/appointments/{made['reference']}/{what}", body, secret=secret or made["secret"])

    def get(self, made: dict[str, Any], *, secret: str = "", path: str = "") -> TestResponse:
        headers = {"X-Amtsweg-Secret": secret or made["secret"]}
        return self.client.get(f"{API}/appointments/{made['reference']}{path}", headers=headers)

    def mailed(self, made: dict[str, Any], name: str, kind: str = "") -> str:
        """A secret out of the newest message about an appointment that carries one of this name."""
        found = self.sql(
            "SELECT m.id, m.sealed, m.kind FROM message m JOIN appointment a ON a.id = m.object_id"
            " WHERE a.reference = :reference ORDER BY m.created_at DESC",
            reference=parse_reference(made["reference"]),
        )
        with self.app.app_context():
            for message_id, sealed, message_kind in found:
                secrets = sealing.unseal(message_id, sealed) if sealed else {}
                if name in secrets and kind in ("", message_kind):
                    return secrets[name]
        raise AssertionError(f"no {name} in {[row[2] for row in found]}")

    def messages(self, made: dict[str, Any]) -> list[str]:
        """Kinds of the messages about an appointment, oldest first."""
        found = self.sql(
            "SELECT m.kind FROM message m JOIN appointment a ON a.id = m.object_id WHERE a.reference = :reference"
            " ORDER BY m.created_at",
            reference=parse_reference(made["reference"]),
        )
        return [row[0] for row in found]

    def sql(self, statement: str, **values: Any) -> list[Any]:
        """A look (or a push) from outside, in a transaction of its own."""
        with self.engine.begin() as connection:
            done = connection.execute(text(statement), values)
            return list(done) if done.returns_rows else []

    def make_late(self, made: dict[str, Any]) -> None:
        """Let the time for the confirmation be over, as if an hour had passed."""
        reference = parse_reference(made["reference"])
        self.sql(
            "UPDATE claim SET live = tstzrange(lower(live) - interval '2 hours', clock_timestamp())"
            " WHERE appointment_id = (SELECT id FROM appointment WHERE reference = :reference)",
            reference=reference,
        )
        self.sql(
            "UPDATE appointment SET confirm_by = clock_timestamp() WHERE reference = :reference", reference=reference
        )


@pytest.fixture(scope="module")
def town(settings: Settings) -> None:
    """The small town in this module's database."""
    world.build(settings)


@pytest.fixture
def citizen(town: None, client: FlaskClient, app: Flask, engine: Engine) -> Citizen:
    """Somebody with a browser."""
    return Citizen(client, app, engine)


def empty_desks(engine: Engine) -> None:
    """Nobody has a time any more, and the read model knows it."""
    with engine.begin() as connection:
        for table in ("claim", "hold", "appointment", "message"):
            connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - known tables
        used = "taken <> decode(repeat('00', octet_length(taken)), 'hex')"
        stale = connection.execute(text(f"DELETE FROM lane_day WHERE {used}")).rowcount  # noqa: S608 - a constant
    if stale:
        with Session(engine) as session:
            capacity.extend(session)
            session.commit()


@pytest.fixture(autouse=True)
def _each_finds_all_free(request: pytest.FixtureRequest) -> None:
    if {"citizen", "somebody"} & set(request.fixturenames):
        request.getfixturevalue("town")
        empty_desks(request.getfixturevalue("engine"))
