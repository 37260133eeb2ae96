"""Real worker processes that are killed in the middle: nothing is lost, nothing doubled beyond what is documented."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.core.settings import Settings
from backend.notifications import queries, service
from backend.notifications.models import Message
from backend.notifications.types import FINAL, MessageKind
from tests.conftest import SECRET_KEY
from tests.notifications.conftest import Outbox
from tests.notifications.gateway import Gateway
from tests.notifications.samples import SECRETS

ROOT = Path(__file__).parents[2]
WAIT_SECONDS = 60.0


@dataclass
class Workers:
    """Worker processes of this test; `output` collects what they logged."""

    settings: Settings
    smtp_url: str
    log_file: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> subprocess.Popen[bytes]:
        where = (self.settings.database_url, self.smtp_url, str(self.settings.data_dir), SECRET_KEY.decode())
        with self.log_file.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.notifications.worker", *where],
                cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log,
            )  # fmt: skip
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        self.running.remove(process)

    def stop(self) -> None:
        for process in list(self.running):
            process.terminate()
        for process in list(self.running):
            process.wait(30)
            self.running.remove(process)


@pytest.fixture
def workers(outbox: Outbox, gateway: Gateway, tmp_path: Path) -> Iterator[Workers]:
    made = Workers(outbox.settings, f"smtp://127.0.0.1:{gateway.port}", tmp_path / "workers.log")
    yield made
    for process in list(made.running):
        made.kill(process)


def until(wanted: Callable[[], bool], seconds: float = WAIT_SECONDS) -> None:
    end = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def queue(session: Session, count: int) -> list[UUID]:
    made = []
    for _ in range(count):
        object_id = uuid4()
        message_id = service.queue(
            session, kind=MessageKind.CONFIRMED, language="de", to="zeynep@example.org", object_id=object_id,
            sequence=0, business_key=f"confirmed:{object_id}:0", secrets=SECRETS,
        )  # fmt: skip
        assert message_id
        made.append(message_id)
    session.commit()
    return made


def unfinished(session: Session) -> int:
    session.rollback()
    return session.execute(select(func.count()).select_from(Message).where(Message.state.not_in(FINAL))).scalar_one()


def copies(gateway: Gateway) -> Counter[str]:
    return Counter(mail["Message-ID"] for mail in gateway.accepted)


def name(message_id: UUID) -> str:
    return f"<{message_id}@amtsweg.example>"


@pytest.mark.slow
def test_killed_before_the_letter_left(outbox: Outbox, gateway: Gateway, workers: Workers) -> None:
    gateway.stall_at = "rcpt"
    (message_id,) = queue(outbox.session, 1)
    first = workers.start()
    assert gateway.reached.wait(WAIT_SECONDS)
    workers.kill(first)
    workers.start()
    until(lambda: unfinished(outbox.session) == 0)
    assert copies(gateway) == {name(message_id): 1}
    row = outbox.row(message_id)
    assert (row.state, row.uncertain, row.attempts) == ("sent", 0, 2)


@pytest.mark.slow
def test_killed_while_the_server_has_the_letter(outbox: Outbox, gateway: Gateway, workers: Workers) -> None:
    """The one documented repeat: the server had taken it, the row could not know; same Message-ID."""
    gateway.stall_at = "data"
    (message_id,) = queue(outbox.session, 1)
    first = workers.start()
    assert gateway.reached.wait(WAIT_SECONDS)
    workers.kill(first)
    workers.start()
    until(lambda: unfinished(outbox.session) == 0)
    assert copies(gateway) == {name(message_id): 2}
    row = outbox.row(message_id)
    assert (row.state, row.uncertain) == ("sent", 1)


@pytest.mark.slow
def test_a_polite_stop_finishes_the_running_letter(outbox: Outbox, gateway: Gateway, workers: Workers) -> None:
    message_ids = queue(outbox.session, 40)
    workers.start()
    until(lambda: len(gateway.accepted) > 3)
    workers.stop()
    assert queries.counts(outbox.session).get("sending", 0) == 0
    workers.start()
    until(lambda: unfinished(outbox.session) == 0)
    assert copies(gateway) == {name(message_id): 1 for message_id in message_ids}


@pytest.mark.slow
@pytest.mark.timeout(420)
def test_three_thousand_rows_and_many_kills(outbox: Outbox, gateway: Gateway, workers: Workers) -> None:
    chance = random.Random(20261122)  # noqa: S311 - the same course of events in every run
    message_ids = queue(outbox.session, 3000)
    for _ in range(2):
        workers.start()
    kills = 0
    end = time.monotonic() + 360
    while left := unfinished(outbox.session):
        assert time.monotonic() < end, f"{left} left after {kills} kills"
        time.sleep(chance.uniform(1.0, 3.0))
        if kills < 15 and unfinished(outbox.session) > 200:
            workers.kill(chance.choice(workers.running))
            workers.start()
            kills += 1
    workers.stop()
    assert kills >= 5
    rows = {name(row.id): row for row in outbox.session.scalars(select(Message).where(Message.id.in_(message_ids)))}
    seen = copies(gateway)
    assert len(rows) == 3000
    assert {row.state for row in rows.values()} <= {"sent", "unknown"}
    lost = [key for key, row in rows.items() if row.state == "sent" and not seen[key]]
    doubled = [key for key, number in seen.items() if number > 1]
    assert lost == []
    assert all(rows[key].uncertain and seen[key] == 2 for key in doubled), "a repeat that nothing explains"
    assert len(doubled) <= 4 * kills, "at most what the killed workers had in hand"
    assert not (set(seen) - set(rows))
    assert b"zeynep" not in workers.log_file.read_bytes()
