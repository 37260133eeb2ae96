"""Many at once against real servers, and a database that restarts while people save: nothing acknowledged is lost."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from backend.accounts.models import AccountSession
from backend.accounts.service import person
from backend.accounts.types import Identity, Side
from backend.app import create_app
from backend.applications.service import office
from backend.core.access import Actor
from backend.core.clock import db_now
from backend.core.db import db
from backend.core.security import hash_secret, new_secret, parse_reference
from backend.core.settings import Settings
from tests.applications.people import AYLIN, SIMPLE
from tests.bench.stack import Answer, Stack, ask, plain, stack
from tests.booking.test_race import together

API = "/api/v1"
CLERK = Actor(kind="staff", roles=frozenset({"clerk"}))
RESTARTS = 2
SAVERS = 4
_open: list[http.client.HTTPConnection] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _open:
        _open.pop().close()


@pytest.fixture(scope="module")
def made() -> Iterator[Stack]:
    with stack(AMTSWEG_LIMITS="off") as running:
        yield running


@pytest.fixture(scope="module")
def port(made: Stack) -> int:
    return made.serve()[1]


def signed_in(settings: Settings) -> dict[str, str]:
    """The headers of somebody who is signed in at level high."""
    app, secret = create_app(settings), new_secret()
    with app.app_context():
        session = db.session()
        identity = Identity(
            issuer="https://id.example", subject=uuid4().hex, level="high", methods=("eid",), auth_time=None,
            provider_session=None, id_token="", claims=AYLIN,
        )  # fmt: skip
        account = person.remember(session, Side.CITIZEN, identity, "de")
        now = db_now(session)
        session.add(
            AccountSession(
                id=uuid4(), id_hash=hash_secret(secret), kind="citizen", account_id=account.id, level="high",
                method="eid", expires_at=now + timedelta(minutes=30), absolute_until=now + timedelta(hours=8),
            )
        )  # fmt: skip
        session.commit()
        db.engine.dispose()
    return {"Cookie": f"__Host-amtsweg={secret}", "X-Amtsweg": "1", "Sec-Fetch-Site": "same-origin"}


@dataclass
class Person:
    """Somebody with a connection of her own; every request is repeated with its key until something is answered."""

    port: int
    headers: dict[str, str]
    draft: dict[str, Any] = field(default_factory=dict)
    repeats: int = 0

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        _open.append(self.connection)

    def insist(self, method: str, path: str, body: Any = None, revision: int | None = None) -> Answer:
        headers = {**self.headers, "Idempotency-Key": uuid4().hex}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        for _ in range(150):
            answer = ask(self.connection, method, API + path, body, **headers)
            if answer.status not in (0, 503):
                return answer
            self.repeats += 1
            time.sleep(0.1)
        return answer

    def begin(self, pages: dict[str, Any] | None = None) -> Person:
        self.draft = self.insist("POST", "/drafts", {"service": "meldebescheinigung", "language": "de"}).body
        for page, answers in (pages or {}).items():
            self.save(page, answers)
        return self

    def save(self, page: str, answers: Any) -> Answer:
        path = f"/drafts/{self.draft['draft_id']}/pages/{page}"
        answer = self.insist("PUT", path, {"answers": answers}, self.draft["revision"])
        if answer.status == 200:
            self.draft = answer.body
        return answer


def step(headers: dict[str, str], method: str, path: str, body: Any, revision: int) -> Callable[[Any], Answer]:
    more = {**headers, "If-Match": f'"{revision}"', "Idempotency-Key": uuid4().hex}
    return lambda connection: ask(connection, method, API + path, body, **more)


def test_eight_windows_save_at_once_and_one_wins(made: Stack, port: int) -> None:
    who = Person(port, signed_in(made.settings)).begin()
    path = f"/drafts/{who.draft['draft_id']}/pages/use"
    typed = [{"answers": {"purpose": "other", "purpose_other": f"window {number}"}} for number in range(8)]
    answers = together(port, [step(who.headers, "PUT", path, body, who.draft["revision"]) for body in typed])
    assert Counter(answer.status for answer in answers) == {200: 1, 412: 7}
    won = next(answer.body for answer in answers if answer.status == 200)
    assert all(answer.body["draft"]["answers"] == won["answers"] for answer in answers if answer.status == 412)


def test_sending_eight_times_at_once_is_one_application(made: Stack, port: int) -> None:
    who = Person(port, signed_in(made.settings)).begin(dict(SIMPLE))
    body = {"content_hash": who.draft["content_hash"], "fee_cents": 0}
    path = f"/drafts/{who.draft['draft_id']}/submit"
    answers = together(port, [step(who.headers, "POST", path, body, who.draft["revision"]) for _ in range(8)])
    assert Counter(answer.status for answer in answers) == {201: 1, 404: 7}
    with psycopg.connect(plain(made.urls.superuser_url)) as connection:
        sent = "SELECT count(*) FROM application_event WHERE application_id = %s AND type = 'submitted'"
        assert connection.execute(sent, [who.draft["draft_id"]]).fetchone() == (1,)


def test_undo_against_send_now_has_one_winner(made: Stack, port: int) -> None:
    for _ in range(3):
        who = Person(port, signed_in(made.settings)).begin(dict(SIMPLE))
        body = {"content_hash": who.draft["content_hash"], "fee_cents": 0}
        sent = who.insist("POST", f"/drafts/{who.draft['draft_id']}/submit", body, who.draft["revision"]).body
        steps = [
            step(who.headers, "POST", f"/applications/{sent['reference']}/{act}", {}, sent["revision"])
            for act in ("undo", "send-now", "withdraw")
        ]
        answers = together(port, steps)
        assert sorted(answer.status for answer in answers)[0] == 200
        assert sum(answer.status == 200 for answer in answers) == 1
        assert {answer.status for answer in answers} <= {200, 409, 410, 412}


def test_a_decision_against_a_withdrawal_has_one_winner(made: Stack, port: int) -> None:
    who = Person(port, signed_in(made.settings)).begin(
        {**SIMPLE, "content": {"kind": "extended"}, "more_content": {"items": ["religion"]}}
    )
    body = {"content_hash": who.draft["content_hash"], "fee_cents": 0}
    sent = who.insist("POST", f"/drafts/{who.draft['draft_id']}/submit", body, who.draft["revision"]).body
    sent = who.insist("POST", f"/applications/{sent['reference']}/send-now", {}, sent["revision"]).body
    app = create_app(made.settings)
    decided: list[str] = []

    def clerk() -> None:
        with app.app_context():
            session = db.session()
            try:
                row = office.case(session, CLERK, UUID(who.draft["draft_id"]))
                office.decide(session, CLERK, row, "granted")
                session.commit()
                decided.append("granted")
            except office.NotNow:
                session.rollback()
                decided.append("refused")

    thread = threading.Thread(target=clerk)
    thread.start()
    answer = who.insist("POST", f"/applications/{sent['reference']}/withdraw", {}, sent["revision"])
    thread.join()
    assert (answer.status == 200) != (decided == ["granted"]), (answer, decided)
    with psycopg.connect(plain(made.urls.superuser_url)) as connection:
        found = connection.execute(
            "SELECT state FROM application WHERE reference = %s", [parse_reference(sent["reference"])]
        )
        assert found.fetchone() == ("withdrawn" if answer.status == 200 else "decided_granted",)
    with app.app_context():
        db.engine.dispose()


@dataclass
class Saver(Person):
    """Saves the same page again and again and remembers what was acknowledged last."""

    told: str = ""
    saves: int = 0
    faults: list[Any] = field(default_factory=list)

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            word = f"word {self.saves}"
            answer = self.save("use", {"purpose": "other", "purpose_other": word})
            if answer.status == 200:
                self.told, self.saves = word, self.saves + 1
            else:
                self.faults.append(answer)
                return


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_the_database_restarts_while_people_save(made: Stack, port: int) -> None:
    """A request whose answer was lost is repeated with its key, and gets the answer that it had got."""
    savers = [Saver(port, signed_in(made.settings)) for _ in range(SAVERS)]
    for saver in savers:
        saver.begin()
    stop = threading.Event()
    threads = [threading.Thread(target=saver.run, args=(stop,)) for saver in savers]
    for thread in threads:
        thread.start()
    for _ in range(RESTARTS):
        time.sleep(1.5)
        made.cluster.stop("immediate")
        made.cluster._launch()  # start() would take another port, and an outage does not move the server
    time.sleep(1.5)
    stop.set()
    for thread in threads:
        thread.join()
    assert not [fault for saver in savers for fault in saver.faults]
    assert sum(saver.saves for saver in savers) > 20
    for saver in savers:
        now = saver.insist("GET", f"/drafts/{saver.draft['draft_id']}").body
        assert now["answers"]["purpose_other"] == saver.told
