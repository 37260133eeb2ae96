"""Fixed statements: together in one round trip, in their session's transaction, whatever the driver does beside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, g
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from backend.core.db import db
from backend.core.settings import Settings
from backend.core.sql import Loan, Statement
from backend.core.transaction import is_disconnect

ADD = Statement("INSERT INTO thing (id) VALUES (%(id)s::integer) ON CONFLICT DO NOTHING")
INSIST = Statement("INSERT INTO thing (id) VALUES (%(id)s::integer)")
COUNT = Statement("SELECT count(*) AS found, 100 %% 7 AS rest FROM thing WHERE id >= %(least)s::integer")


class TakenError(Exception):
    pass


@pytest.fixture(scope="module", autouse=True)
def _table(settings: Settings) -> None:
    engine = create_engine(settings.database_owner_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE thing (id integer PRIMARY KEY)"))
    engine.dispose()


@pytest.fixture
def session(app: Flask, engine: Engine) -> Iterator[None]:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM thing"))
    with app.app_context():
        yield


def found(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT id FROM thing ORDER BY id")))


@pytest.mark.usefixtures("session")
def test_what_is_asked_is_sent_before_what_is_read(engine: Engine) -> None:
    asked = ADD.ask(db.session, {"id": 1})
    assert not asked.sent
    assert COUNT.first(db.session, {"least": 0}) == (1, 2)
    assert (asked.sent, asked.count()) == (True, 1)
    assert found(engine) == []
    ADD.ask(db.session, {"id": 2})
    db.session.commit()
    assert found(engine) == [1, 2]


@pytest.mark.usefixtures("session")
def test_a_rollback_takes_back_what_was_only_asked(engine: Engine) -> None:
    asked = ADD.ask(db.session, {"id": 1})
    db.session.rollback()
    db.session.commit()
    assert found(engine) == []
    with pytest.raises(RuntimeError):
        asked.count()


@pytest.mark.usefixtures("session")
def test_it_shares_the_transaction_of_other_statements(engine: Engine) -> None:
    for first in (True, False):
        if first:
            ADD.execute(db.session, {"id": 1})
        db.session.execute(text("INSERT INTO thing (id) VALUES (2)"))
        ADD.ask(db.session, {"id": 3})
        assert db.session.scalar(text("SELECT count(*) FROM thing")) == 2 + first
        db.session.rollback()
        assert found(engine) == []


@pytest.mark.usefixtures("session")
def test_nothing_of_a_failed_round_trip_stays(engine: Engine) -> None:
    ADD.ask(db.session, {"id": 1})
    INSIST.ask(db.session, {"id": 1})
    ADD.ask(db.session, {"id": 2})
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    assert found(engine) == []
    INSIST.execute(db.session, {"id": 5})
    db.session.commit()
    assert found(engine) == [5]


@pytest.mark.usefixtures("session")
def test_an_error_that_was_passed_over_is_no_commit(engine: Engine) -> None:
    INSIST.execute(db.session, {"id": 1})
    with pytest.raises(IntegrityError):
        INSIST.execute(db.session, {"id": 1})
    with pytest.raises(DBAPIError):
        db.session.commit()
    db.session.rollback()
    assert found(engine) == []


@pytest.mark.usefixtures("session")
def test_it_says_when_no_row_was_touched() -> None:
    ADD.execute(db.session, {"id": 1})
    ADD.ask(db.session, {"id": 1}, otherwise=TakenError)
    with pytest.raises(TakenError):
        COUNT.all(db.session, {"least": 0})
    db.session.rollback()


@pytest.mark.usefixtures("session")
def test_it_outlives_what_the_driver_forgets(engine: Engine) -> None:
    for number in range(7):  # often enough for the driver to prepare its own, which it drops at a rollback
        db.session.execute(text("SELECT count(*) FROM thing WHERE id > :least"), {"least": number})
        savepoint = db.session.begin_nested()
        ADD.execute(db.session, {"id": number})
        db.session.execute(text("SELECT 1"))
        savepoint.rollback()
        ADD.execute(db.session, {"id": 10 + number})
    db.session.commit()
    assert found(engine) == list(range(10, 17))


@pytest.mark.usefixtures("session")
def test_a_commit_within_a_savepoint_ends_all(engine: Engine) -> None:
    db.session.begin_nested()
    ADD.ask(db.session, {"id": 1})
    db.session.commit()
    assert found(engine) == [1]


def test_a_loan_commits_each_statement_and_goes_back(app: Flask, engine: Engine) -> None:
    with app.app_context():
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM thing"))
        with Loan(db.engine) as loan:
            INSIST.on(loan, {"id": 1})
            assert found(engine) == [1]
            with pytest.raises(IntegrityError):
                INSIST.on(loan, {"id": 1})
            INSIST.on(loan, {"id": 2})
        assert found(engine) == [1, 2]
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # a pool of the usual kind counts


def test_a_lost_loan_is_not_lent_again(app: Flask, engine: Engine) -> None:
    with app.app_context():
        pid = Statement("SELECT pg_backend_pid() AS pid")
        with Loan(db.engine) as loan:
            lost = pid.on(loan, {}).pid
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid, 1000)"), {"pid": lost})
        with pytest.raises(OperationalError) as error, Loan(db.engine) as loan:
            pid.on(loan, {})
        assert is_disconnect(error.value)
        with Loan(db.engine) as loan:
            assert pid.on(loan, {}).pid != lost


def test_a_single_read_makes_no_session(app: Flask) -> None:
    with app.test_request_context():
        g.reads_only = True
        assert COUNT.tuples(db.session, {"least": 0})
        assert not db.session.registry.has()
        db.session.execute(text("SELECT 1"))
        assert COUNT.tuples(db.session, {"least": 0})
        g.reads_only = False
    with app.app_context():
        assert COUNT.tuples(db.session, {"least": 0})
        assert db.session.registry.has()


def test_a_read_gives_its_loan_back_when_the_orm_is_used(app: Flask) -> None:
    with app.test_request_context():
        g.reads_only = True
        COUNT.first(db.session, {"least": 0})
        lent = db.engine.pool
        assert lent.checkedout() == 1  # type: ignore[attr-defined]  # as above
        db.session.execute(text("SELECT 1"))
        COUNT.first(db.session, {"least": 0})
        assert lent.checkedout() == 1  # type: ignore[attr-defined]  # as above
    assert lent.checkedout() == 0  # type: ignore[attr-defined]  # as above
