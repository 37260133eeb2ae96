"""Staff at the portal: sessions of each role, and what they do with cases over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.casework.service import workers
from backend.core.access import Actor
from backend.core.clock import BERLIN
from backend.core.db import db
from backend.forms import registry
from tests.applications.people import API, BY_CLERK, WHO, Somebody, Town

OFFICE = "hb-mitte"


def today() -> date:
    """The day in Berlin, asked anew each time: a run may last past midnight."""
    return datetime.now(BERLIN).date()


@dataclass
class Colleague:
    """One member of staff, signed in."""

    client: FlaskClient
    actor: Actor
    headers: dict[str, str]

    @property
    def id(self) -> str:
        return str(self.actor.account_id)

    def call(
        self, method: str, path: str, body: Any = None, *, seen: int | None = None, **headers: str
    ) -> TestResponse:
        given = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if seen is not None:
            given["If-Match"] = f'"{seen}"'
        sent = {} if body is None else {"json": body}
        return self.client.open(f"{API}/staff{path}", method=method, headers=given, **sent)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, *, seen: int | None = None) -> TestResponse:
        return self.call("POST", path, {} if body is None else body, seen=seen)

    def look(self, reference: str) -> dict[str, Any]:
        answer = self.get(f"/cases/{reference}")
        assert answer.status_code == 200, answer.json
        assert answer.headers["ETag"] == f'"{answer.json["revision"]}"'
        return dict(answer.json)

    def act(self, reference: str, what: str, body: Any = None) -> TestResponse:
        """Something with a case on what is true now."""
        return self.post(f"/cases/{reference}/{what}", body, seen=self.look(reference)["revision"])

    def again(self) -> Colleague:
        """The same session in another window."""
        return replace(self, client=self.client.application.test_client())

    def listed(self, query: str = "") -> dict[str, Any]:
        answer = self.get(f"/cases{query}")
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def references(self, query: str = "") -> list[str]:
        return [line["reference"] for line in self.listed(query)["items"]]


@dataclass
class Office:
    """The office of the tests."""

    town: Town

    def colleague(self, *roles: str, offices: tuple[str, ...] = (OFFICE,), name: str = "Wiebke Osterloh") -> Colleague:
        actor = Actor(
            kind="staff",
            account_id=uuid4(),
            session_id=uuid4(),
            name=name,
            level="substantial",
            roles=frozenset(roles or ("clerk",)),
            offices=frozenset(offices),
        )
        with self.town.app.app_context():
            workers.signed_in(db.session, None, actor)
            db.session.commit()
        return Colleague(self.town.app.test_client(), actor, {WHO: self.town.sessions.add(actor)})

    def case(self, person: Somebody | None = None, **more: Any) -> str:
        """The reference of a case that a clerk has to decide."""
        citizen = person or self.town.citizen()
        sent = citizen.applied(BY_CLERK, **more)
        received = citizen.act("send-now")
        assert received.status_code == 200, received.json
        return str(sent["reference"])

    def id_of(self, reference: str) -> UUID:
        return self.town.id_of({"reference": reference})

    def at_once(self, *calls: Callable[[], Any]) -> list[Any]:
        """Several calls at the same time, each by its own client."""
        with ThreadPoolExecutor(len(calls)) as pool:
            return [each.result() for each in [pool.submit(call) for call in calls]]

    def time_passes(self, reference: str) -> None:
        """End the time for undoing a decision."""
        self.town.sql(
            "UPDATE staff_case_proposal SET leaves_at = clock_timestamp() - interval '1 second'"
            " WHERE application_id = :id AND state = 'leaving'",
            id=self.id_of(reference),
        )

    def four_eyes(self, monkeypatch: Any, setting: Any) -> None:
        """Let the form of these cases ask for a second person."""
        facts = registry.newest("meldebescheinigung").facts
        monkeypatch.setitem(facts, "four_eyes", setting)  # the packages on disk never do

    def audited(self, reference: str, action: str) -> list[Any]:
        wanted = "SELECT reason, actor_account FROM audit_entry WHERE object_id = :id AND action = :action ORDER BY id"
        return self.town.sql(wanted, id=str(self.id_of(reference)), action=action)
