"""People at the portal: accounts as a sign-in leaves them, sessions chosen by the test, and what each of them does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, Request
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from backend.accounts.service import person
from backend.accounts.types import Identity, Side
from backend.core import access
from backend.core.access import Access, Actor
from backend.core.db import db
from backend.core.security import parse_reference
from backend.notifications import sealing

API = "/api/v1"
WHO = "X-Test-Session"
AYLIN = {
    "given_name": "Aylin Müge",
    "family_name": "Yıldız",
    "birthdate": "1988-02-29",
    "email": "aylin@example.org",
    "address": {"street_address": "Am Dobben 12 a", "postal_code": "28203", "locality": "Bremen", "country": "DE"},
}
SIMPLE: Mapping[str, Mapping[str, Any]] = {
    "person": {},
    "home": {},
    "content": {"kind": "simple"},
    "use": {},
    "language": {"cover_language": "tr"},
    "way": {"delivery": "postbox"},
    "confirmation": {"correct": True},
}
BY_CLERK: Mapping[str, Mapping[str, Any]] = {
    **{page: answers for page, answers in SIMPLE.items() if page not in ("content", "confirmation")},
    "content": {"kind": "extended"},
    "more_content": {"items": ["no_death"]},
    "confirmation": {"correct": True},
}


@dataclass
class Sessions:
    """Who is calling is what the test says: a header names one of these actors; real guest sessions pass."""

    actors: dict[str, Actor] = field(default_factory=dict)

    def load(self, usual: Any) -> Any:
        def load(request: Request, rule: Access | None) -> Actor | None:
            named = request.headers.get(WHO)
            return self.actors[named] if named else usual(request, rule)

        return load

    def add(self, actor: Actor) -> str:
        name = uuid4().hex
        self.actors[name] = actor
        return name


def install(app: Flask) -> Sessions:
    """Let the header decide in this application."""
    made = Sessions()
    access.register(app, made.load(app.extensions["amtsweg-actor-loader"]))
    return made


@dataclass
class Somebody:
    """One person at one device."""

    client: FlaskClient
    engine: Engine
    app: Flask
    headers: dict[str, str]
    actor: Actor | None = None
    draft: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        given = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if method in ("POST", "PUT", "DELETE") and "Idempotency-Key" not in given:
            given["Idempotency-Key"] = uuid4().hex
        sent = {} if body is None else {"json": body}
        return self.client.open(API + path, method=method, headers=given, **sent)

    def get(self, path: str) -> TestResponse:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None, *, revision: int | None = None, **headers: str) -> TestResponse:
        more = {} if revision is None else {"If-Match": f'"{revision}"'}
        return self.call("POST", path, {} if body is None else body, **more, **headers)

    def begin(self, service: str = "meldebescheinigung", **more: Any) -> dict[str, Any]:
        answer = self.post("/drafts", {"service": service, "language": "de", **more})
        assert answer.status_code == 201, answer.json
        return self._keep(answer)

    def save(self, page: str, answers: Mapping[str, Any], *, revision: int | None = None) -> TestResponse:
        seen = self.draft["revision"] if revision is None else revision
        path = f"/drafts/{self.draft['draft_id']}/pages/{page}"
        answer = self.call("PUT", path, {"answers": dict(answers)}, If_Match=f'"{seen}"')
        if answer.status_code == 200:
            self._keep(answer)
        return answer

    def fill(self, pages: Mapping[str, Mapping[str, Any]] = SIMPLE) -> dict[str, Any]:
        for page, answers in pages.items():
            answer = self.save(page, answers)
            assert answer.status_code == 200, answer.json
            assert answer.json is not None
            assert answer.json["errors"] == [], (page, answer.json["errors"])
        return self.draft

    def check(self) -> dict[str, Any]:
        answer = self.post(f"/drafts/{self.draft['draft_id']}/check")
        assert answer.status_code == 200, answer.json
        return dict(answer.json or {})

    def send(self, *, revision: int | None = None, key: str = "", **changes: Any) -> TestResponse:
        body = {"content_hash": self.draft["content_hash"], "fee_cents": 0, "language": "de", **changes}
        seen = self.draft["revision"] if revision is None else revision
        path = f"/drafts/{self.draft['draft_id']}/submit"
        answer = self.post(path, body, revision=seen, Idempotency_Key=key or uuid4().hex)
        if answer.status_code == 201:
            self.sent = dict(answer.json or {})
        return answer

    def applied(self, pages: Mapping[str, Mapping[str, Any]] = SIMPLE, **more: Any) -> dict[str, Any]:
        """From nothing to a sent application."""
        self.begin(**more)
        self.fill(pages)
        answer = self.send()
        assert answer.status_code == 201, answer.json
        return self.sent

    def act(self, what: str, body: Any = None, *, revision: int | None = None) -> TestResponse:
        """Something with the application, on what was last seen of it."""
        seen = self.sent["revision"] if revision is None else revision
        answer = self.post(f"/applications/{self.sent['reference']}/{what}", body, revision=seen)
        if answer.status_code in (200, 201) and "reference" in (answer.json or {}):
            self.sent = dict(answer.json or {})
        return answer

    def look(self) -> dict[str, Any]:
        answer = self.get(f"/applications/{self.sent['reference']}")
        assert answer.status_code == 200, answer.json
        self.sent = dict(answer.json or {})
        return self.sent

    def at(self, level: str) -> Somebody:
        """The same person with a session of another level."""
        assert self.actor is not None
        sessions: Sessions = self.app.extensions["test-sessions"]
        changed = replace(self.actor, level=level, session_id=uuid4())  # type: ignore[arg-type]
        return replace(self, headers={WHO: sessions.add(changed)}, actor=changed)

    def _keep(self, answer: TestResponse) -> dict[str, Any]:
        self.draft = dict(answer.json or {})
        assert answer.headers["ETag"] == f'"{self.draft["revision"]}"'
        return self.draft


@dataclass
class Town:
    """The application under test with its people."""

    app: Flask
    engine: Engine
    sessions: Sessions

    def citizen(self, claims: Mapping[str, Any] = AYLIN, level: str = "high") -> Somebody:
        """Somebody with an account of her own."""
        with self.app.app_context():
            identity = Identity(
                issuer="https://id.example",
                subject=uuid4().hex,
                level=level,  # type: ignore[arg-type]
                methods=("eid",),
                auth_time=None,
                provider_session=None,
                id_token="",
                claims=claims,
            )
            account = person.remember(db.session, Side.CITIZEN, identity, "de")
            account_id = account.id
            db.session.commit()
        actor = Actor(
            kind="citizen", account_id=account_id, session_id=uuid4(), level=level, method="eid",  # type: ignore[arg-type]
            issuer=identity.issuer, subject=identity.subject,
        )  # fmt: skip
        return Somebody(self.app.test_client(), self.engine, self.app, {WHO: self.sessions.add(actor)}, actor)

    def guest(self) -> Somebody:
        """Somebody without an account, with the cookies of one browser."""
        browser = {"X-Amtsweg": "1", "Sec-Fetch-Site": "same-origin"}
        return Somebody(self.app.test_client(), self.engine, self.app, browser)

    def clerk(self) -> Actor:
        """A clerk, for the services of the office."""
        return Actor(kind="staff", account_id=uuid4(), session_id=uuid4(), roles=frozenset({"clerk"}))

    def sql(self, statement: str, **values: Any) -> list[Any]:
        """A look (or a push) from outside, in a transaction of its own."""
        with self.engine.begin() as connection:
            done = connection.execute(text(statement), values)
            return list(done) if done.returns_rows else []

    def id_of(self, sent: Mapping[str, Any]) -> UUID:
        """The row of an application."""
        found = self.sql("SELECT id FROM application WHERE reference = :r", r=parse_reference(sent["reference"]))
        return UUID(str(found[0].id))

    def mails(self, application_id: UUID) -> list[str]:
        """Kinds of the messages about an application, oldest first."""
        wanted = "SELECT kind FROM message WHERE object_id = :id ORDER BY created_at, id"
        return [row.kind for row in self.sql(wanted, id=application_id)]

    def mailed(self, application_id: UUID, name: str) -> str:
        """A secret out of the newest message about an application that carries one of this name."""
        wanted = "SELECT id, sealed FROM message WHERE object_id = :id ORDER BY created_at DESC"
        rows = self.sql(wanted, id=application_id)
        with self.app.app_context():
            for row in rows:
                secrets = sealing.unseal(row.id, row.sealed) if row.sealed else {}
                if name in secrets:
                    return secrets[name]
        raise AssertionError(name)
