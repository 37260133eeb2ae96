"""Entries are added, never changed: not by the application, not unnoticed by a superuser."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session

from backend.audit import chain, jobs, queries, rules, service
from backend.audit.types import Head
from backend.cli import main
from backend.core.access import SYSTEM, Actor
from backend.core.clock import BERLIN
from backend.core.db import db
from backend.core.settings import get_settings
from tests.conftest import Server

CLERK = Actor(
    kind="staff", account_id=uuid4(), session_id=uuid4(), level="substantial", name="Wiebke", roles=frozenset({"clerk"})
)
Superuser = Callable[..., None]


@pytest.fixture
def session(make_app: Callable[..., Flask]) -> Iterator[Session]:
    """A session on a database of its own, as a test may break its trail."""
    made = make_app()
    with made.app_context():
        yield db.session()
        db.session.rollback()


@pytest.fixture
def superuser(session: Session, server: Server) -> Superuser:
    """Carries out a statement with all rights, and with the triggers off."""
    name = str(session.get_bind().engine.url.database)
    address = make_url(server.admin_url).set(drivername="postgresql", database=name)

    def run(statement: str, entry: int | None = None, digest: bytes = b"") -> None:
        with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            done = connection.execute(statement.encode(), {"id": entry, "digest": digest})
            assert done.rowcount == 1

    return run


def write(session: Session, number: int = 1, **more: Any) -> list[int]:
    """Entries, committed; their ids."""
    for _ in range(number):
        values = {"actor": CLERK, "action": "application.read", "object_type": "application", "object_id": "A1"}
        service.record(session, **{**values, **more})
    session.commit()
    found = session.scalars(text("SELECT id FROM audit_entry ORDER BY id DESC LIMIT :number"), {"number": number})
    return sorted(found)


def ended(session: Session) -> None:
    """Wait until no transaction of the whole server (other tests work beside) is older than the newest entry."""
    open_ones = text(
        "SELECT count(*) FROM audit_entry WHERE xid >= (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"
    )
    until = time.monotonic() + 60
    while session.scalar(open_ones):
        session.rollback()
        assert time.monotonic() < until
        time.sleep(0.05)
    session.rollback()


def sealed(session: Session, number: int) -> list[int]:
    ids = write(session, number, reason="Anruf", payload={"fields": ["given_name"], "name": "Ğ\u0307"})
    ended(session)
    assert chain.seal(session) >= number
    session.commit()
    return ids


def faults(session: Session, expected: Head | None = None) -> list[tuple[str, str]]:
    found = [(fault.code, fault.place) for fault in chain.verify(session, expected).faults]
    session.rollback()
    return found


def test_entries_are_chained_and_verify(session: Session) -> None:
    sealed(session, 3)
    sealed(session, 2)
    report = chain.verify(session)
    assert (report.entries, report.seals, report.faults) == (5, 2, [])
    assert report.head == queries.head(session)
    assert chain.seal(session) == 0, "nothing is sealed twice"


CHANGE_ONE_BYTE = "UPDATE audit_entry SET content = set_byte(content, 5, get_byte(content, 5) # 1) WHERE id = %(id)s"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (CHANGE_ONE_BYTE, "entry_changed"),
        ("UPDATE audit_entry SET action = 'application.reae' WHERE id = %(id)s", "entry_changed"),
        ("UPDATE audit_entry SET actor_account = gen_random_uuid() WHERE id = %(id)s", "entry_changed"),
        ("UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = %(id)s", "entry_changed"),
        ("UPDATE audit_entry SET payload = replace(payload, 'given', 'giveN') WHERE id = %(id)s", "content_changed"),
        ("UPDATE audit_entry SET reason = 'Anrug' WHERE id = %(id)s", "content_changed"),
        ("UPDATE audit_entry SET salt = NULL WHERE id = %(id)s", "content_changed"),
        ("DELETE FROM audit_entry WHERE id = %(id)s", "entry_missing"),
    ],
)  # fmt: skip
def test_one_changed_byte_names_the_row(session: Session, superuser: Superuser, change: str, code: str) -> None:
    ids = sealed(session, 3)
    superuser(change, ids[1])
    assert faults(session) == [(code, f"entry {ids[1]}")]


def test_a_changed_row_with_a_fitting_digest_breaks_its_seal(session: Session, superuser: Superuser) -> None:
    ids = sealed(session, 3)
    superuser("UPDATE audit_entry SET action = 'x.y' WHERE id = %(id)s", ids[1])
    row = {**session.execute(text("SELECT * FROM audit_entry WHERE id = :id"), {"id": ids[1]}).mappings().one()}
    forged = rules.entry_digest(row)
    session.rollback()
    superuser("UPDATE audit_sealed SET digest = %(digest)s WHERE entry_id = %(id)s", ids[1], forged)
    assert faults(session) == [("seal_broken", "seal 1")]


def test_a_removed_block_is_noticed(session: Session, superuser: Superuser) -> None:
    for _ in range(3):
        sealed(session, 1)
    kept = queries.head(session)
    session.rollback()
    superuser("DELETE FROM audit_sealed WHERE seal = 2")
    superuser("DELETE FROM audit_seal WHERE number = 2")
    assert ("seal_missing_or_replaced", "seal 2") in faults(session)
    superuser("DELETE FROM audit_sealed WHERE seal = 3")
    superuser("DELETE FROM audit_seal WHERE number = 3")
    assert ("chain_cut_off", "seal 3") in faults(session, kept), "only a head kept elsewhere can prove a cut-off end"


def test_the_application_can_only_add(session: Session) -> None:
    sealed(session, 1)
    for statement in (
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_seal SET entries = 2",
        "DELETE FROM audit_sealed",
        "TRUNCATE audit_entry CASCADE",
    ):
        with pytest.raises(ProgrammingError, match=r"permission denied|append-only"):
            session.execute(text(statement))
        session.rollback()
    assert faults(session) == []


def test_not_even_the_owner_of_the_tables_changes_them(session: Session) -> None:
    sealed(session, 1)
    settings = get_settings()
    owner = make_url(settings.database_owner_url).set(drivername="postgresql").render_as_string(hide_password=False)
    for statement in ("UPDATE audit_entry SET action = 'x'", "TRUNCATE audit_entry CASCADE"):
        with psycopg.connect(owner) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())


def test_entries_of_open_transactions_come_into_a_later_seal(session: Session, engine: Engine) -> None:
    """An open transaction with a lower number holds the horizon back, so no entry is passed over."""
    url = str(session.get_bind().engine.url.render_as_string(hide_password=False))
    with psycopg.connect(url.replace("+psycopg", "")) as early:
        early.execute("SELECT pg_current_xact_id()")
        write(session, 2)
        assert chain.seal(session) == 0
        session.commit()
        insert = "INSERT INTO audit_entry (actor_kind, actor_roles, action, object_type, object_id, salt, content)"
        early.execute(f"{insert} VALUES ('system', '', 'a.b', 'a', '1', NULL, sha256('x'))".encode())
        early.commit()
    ended(session)
    assert chain.seal(session) == 3
    session.commit()
    assert faults(session) == []


def test_a_worker_that_was_away_for_days_seals_all(
    session: Session, superuser: Superuser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for entry in write(session, 5):
        superuser("UPDATE audit_entry SET at = at - interval '3 days' * (5 - id) WHERE id = %(id)s", entry)
    monkeypatch.setattr(chain, "MOST_ENTRIES", 2)
    ended(session)
    for _ in range(3):
        chain.seal(session)
        session.commit()
    report = chain.verify(session)
    assert (report.entries, report.seals, report.faults) == (5, 3, [])


def test_many_writers_and_sealers_lose_nothing(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    stop = threading.Event()
    wrong: list[BaseException] = []

    def work(job: Callable[[Session], object]) -> None:
        try:
            with app.app_context():
                while not stop.is_set():
                    job(db.session())
                    db.session.commit()
                    db.session.remove()
        except BaseException as error:  # noqa: BLE001 - shown by the assertion
            wrong.append(error)

    def add(session: Session) -> None:
        service.record(session, actor=SYSTEM, action="x.y", object_type="x", object_id=uuid4())

    threads = [threading.Thread(target=work, args=(job,)) for job in (add, add, add, chain.seal, chain.seal)]
    for thread in threads:
        thread.start()
    stop.wait(1.5)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    with app.app_context():
        session = db.session()
        ended(session)
        chain.seal(session)
        session.commit()
        report = chain.verify(session)
        written = session.scalar(text("SELECT count(*) FROM audit_entry"))
        assert report.faults == []
        assert report.entries == written
        assert report.entries > 100
        assert report.seals > 1


def test_old_contents_are_erased_and_the_chain_holds(session: Session, superuser: Superuser) -> None:
    ids = sealed(session, 2)
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text("SELECT audit_forget(clock_timestamp() + interval '1 day')"))
    session.rollback()
    old = write(session, 1, reason="Anruf von nebenan")[0]
    superuser("UPDATE audit_entry SET at = at - interval '4 years' WHERE id = %(id)s", old)
    jobs.verify_trail("2026-11-22")
    row = session.execute(text("SELECT reason, payload, salt FROM audit_entry WHERE id = :id"), {"id": old}).one()
    assert tuple(row) == (None, None, None)
    kept = session.execute(text("SELECT reason FROM audit_entry WHERE id = :id"), {"id": ids[0]}).scalar_one()
    assert kept == "Anruf"
    assert [fault for fault in faults(session) if fault[0] != "entries_without_seal"] == []


def test_the_night_verifies_once(session: Session) -> None:
    sealed(session, 1)
    for _ in range(2):
        jobs.begin_nightly_verification()
        session.commit()
    queued = session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'audit.verify'"))
    assert queued == 1
    jobs.verify_trail("2026-11-22")
    written = session.execute(text("SELECT payload FROM audit_entry WHERE action = 'audit.verified'")).scalar_one()
    assert '"faults":[]' in written
    assert str(queries.head(session)) in written


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-22T01:59:59", "2026-11-21T02:00:00+01:00"),
        ("2026-11-22T02:00:00", "2026-11-22T02:00:00+01:00"),
        ("2027-03-28T12:00:00", "2027-03-28T02:00:00+01:00"),
    ],
)
def test_last_night(now: str, expected: str) -> None:
    assert jobs.last_night(datetime.fromisoformat(now).replace(tzinfo=BERLIN)).isoformat() == expected


def test_who_looked_at_my_data(session: Session) -> None:
    me: UUID = uuid4()
    myself = Actor(kind="citizen", account_id=me, level="high")
    write(session, about=me, reason="Rückfrage")
    write(session, actor=myself, about=me)
    write(session, actor=None, object_id="A2", action="application.refused")
    write(session, object_id="A3")
    found = service.looks(session, account_id=me, objects=[("application", "A2")])
    assert [(look.actor_kind, look.action, look.object_id) for look in found] == [
        ("nobody", "application.refused", "A2"), ("staff", "application.read", "A1"),
    ]  # fmt: skip
    assert found[1].roles == ("clerk",)
    assert found[1].reason == "Rückfrage"
    assert found[1].name is None  # that of the object, which a room above may add; nobody of staff is named


def test_a_refused_try_stays_though_the_answer_is_404(session: Session) -> None:
    error = service.foreign(session, actor=CLERK, object_type="application", object_id="A9")
    assert (error.status, error.code, error.commits) == (404, "not_found", True)
    session.commit()
    assert write(session)[0] > 1


def test_a_rolled_back_deed_leaves_no_entry(session: Session) -> None:
    service.record(session, actor=CLERK, action="a.b", object_type="a", object_id="1")
    session.rollback()
    assert session.scalar(text("SELECT count(*) FROM audit_entry")) == 0


def test_entries_without_a_seal_are_reported(session: Session, superuser: Superuser) -> None:
    late = write(session)[0]
    superuser("UPDATE audit_entry SET at = at - interval '10 minutes' WHERE id = %(id)s", late)
    assert faults(session) == [("entries_without_seal", "1 entries")]


def test_the_commands(make_app: Callable[..., Flask]) -> None:
    app = make_app()

    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main.get_command(None, "audit"), words, obj=lambda: app)  # type: ignore[arg-type]
        return result.exit_code, result.output

    with app.app_context():
        write(db.session(), 2)
        ended(db.session())
    assert run("seal") == (0, "2 entries sealed\n")
    _, head = run("head")
    code, said = run("verify", "--expect", head.strip())
    assert code == 0
    assert said.startswith("2 entries in 1 seals are as they were written")
    number, _, _digest = head.partition(":")
    code, said = run("verify", "--expect", f"{number}:{'00' * 32}")
    assert code == 1
    assert "not_the_expected_chain: seal 1" in said
    assert run("verify", "--expect", "nonsense")[0] == 2


def test_values_never_reach_a_payload_unsorted() -> None:
    assert rules.written({"b": 1, "a": timedelta(0)}) == '{"a":"0:00:00","b":1}'
    assert rules.written(None) is None
