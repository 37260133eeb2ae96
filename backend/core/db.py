"""The one database: declarative base with named constraints, the session, engine options with time-outs and pools."""

from __future__ import annotations

from typing import Any

from flask import g, has_request_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine, MetaData, Pool
from sqlalchemy.orm import DeclarativeBase, SessionTransaction, scoped_session

from backend.core import sql
from backend.core.clock import AnySession
from backend.core.settings import Settings

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
STATEMENT_TIMEOUT_MS = 5_000
LOCK_TIMEOUT_MS = 2_000
IDLE_IN_TRANSACTION_MS = 10_000
POOL_WAIT_SECONDS = 2
CONNECT_SECONDS = 3


class Base(DeclarativeBase):
    """Base of every model; constraint names follow one convention so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)


class RequestSession(Session):
    """The session of requests and jobs, made for few round trips and little bookkeeping.

    Fixed statements (`sql.Statement`) run on a connection of the session's own, which the ORM joins when it is used
    too; those that are only asked travel with the next one, and the last of them together with COMMIT. Safe requests
    (GET) run without BEGIN and ROLLBACK; their fixed statements on a loan, which is given back when the ORM is used.
    """

    carries = True
    _own: Connection | None = None
    _loan: sql.Loan | None = None
    _joined: tuple[SessionTransaction | None, Connection | None] = (None, None)

    def get_bind(self, *args: Any, **kwargs: Any) -> Any:
        """Where the ORM's statements run: on the session's own connection if there is one."""
        if args or kwargs:  # something is about to run; without them somebody only wants to know
            self._send_waiting()
            self._give_loan_back()
        if self._own is not None:
            return self._own
        return reading_engine() if _reads_only() else super().get_bind(*args, **kwargs)

    def connection(self, *args: Any, **kwargs: Any) -> Connection:
        """The connection of this unit of work, looked up once: asked for by every fixed statement."""
        if args or kwargs:
            self._send_waiting()
            return super().connection(*args, **kwargs)
        if self._own is not None:
            return self._own
        if not self.in_transaction():
            self._give_loan_back()
            self._own = (reading_engine() if _reads_only() else db.engine).connect()
            return self._own
        transaction, joined = self._joined
        if joined is None or transaction is not self.get_transaction():
            joined = super().connection()  # the ORM was first
            self._joined = self.get_transaction(), joined
        return joined

    @staticmethod
    def lend() -> sql.Loan | None:
        """What a single statement of a safe request travels on when there is no session yet."""
        return sql.Loan(db.engine) if _reads_only() else None

    def carrier(self) -> Connection | sql.Loan:
        """What fixed statements travel on."""
        if self._loan is None and (self._own is not None or self.in_transaction() or not _reads_only()):
            return self.connection()
        self._loan = self._loan or sql.Loan(db.engine)
        return self._loan

    def begin_nested(self) -> SessionTransaction:
        """Begin a savepoint, after everything that was asked before it."""
        self._send_waiting()
        savepoint = super().begin_nested()
        super().connection()  # set it now: fixed statements do not pass by the ORM, which would set it late
        return savepoint

    def commit(self) -> None:
        """End this unit of work: what the ORM still has to write, then what was only asked together with COMMIT."""
        self.flush()
        if self.in_nested_transaction():
            self._send_waiting()
        elif self._own is not None or sql.waiting(self) or self._joined[0] is self.get_transaction() is not None:
            sql.send(self, commit=True)
        if self.in_transaction():
            super().commit()  # the connection is already out of the transaction: no further round trip
        self._give_back()

    def rollback(self) -> None:
        """Give up this unit of work; what comes next gets another connection."""
        sql.forget(self)
        transaction, joined = self._joined
        if joined is not None and transaction is self.get_transaction():
            sql.roll_back(joined)
        try:
            if self._own is not None:
                sql.roll_back(self._own)
            if self.in_transaction():
                super().rollback()
        finally:
            self._give_back()

    def close(self) -> None:
        """End the session and give its connection back; one that only carried fixed statements has nothing to clear."""
        sql.forget(self)
        try:
            if self.in_transaction() or self.identity_map:  # what is only added begins a transaction too
                super().close()
        finally:
            self._give_back()

    def _send_waiting(self) -> None:
        if sql.waiting(self):
            sql.send(self)

    def _give_loan_back(self) -> None:
        loan, self._loan = self._loan, None
        if loan is not None:
            loan.give_back()

    def _give_back(self) -> None:
        self._give_loan_back()
        own, self._own = self._own, None
        if own is not None:
            sql.roll_back(own)
            own.close()


def _reads_only() -> bool:
    return has_request_context() and bool(g.get("reads_only"))


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "class_": RequestSession})


def engine_options(settings: Settings) -> dict[str, Any]:
    """Engine arguments: no overflow, a short wait for a connection, the time-outs of the application role."""
    timeouts = {
        "statement_timeout": STATEMENT_TIMEOUT_MS,
        "lock_timeout": LOCK_TIMEOUT_MS,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_MS,
        "synchronous_commit": "on",
        "timezone": "UTC",
        "log_parameter_max_length_on_error": 0,
    }
    return {
        "pool_size": settings.pool_size,
        "max_overflow": 0,
        "pool_timeout": POOL_WAIT_SECONDS,
        "pool_use_lifo": True,
        "pool_reset_on_return": None,  # sessions and connections end their transaction before they are given back
        "hide_parameters": True,
        "connect_args": {
            "connect_timeout": CONNECT_SECONDS,
            "application_name": "amtsweg",
            "options": " ".join(f"-c {key}={value}" for key, value in timeouts.items()),
        },
    }


def pool_of(session: AnySession) -> Pool:
    """The pool of the database that a session works on: stands for that database in what a process remembers."""
    bind = None if isinstance(session, scoped_session) else session.bind  # one made on demand is not made for this
    if bind is not None:
        return bind.engine.pool
    pool: Pool = db.engine.pool
    return pool


def reading_engine() -> Engine:
    """The application's engine in autocommit mode (same pool): for single statements and for reads."""
    engine: Engine = db.engine
    cached = engine.__dict__.get("_amtsweg_autocommit")
    if cached is None:
        cached = engine.__dict__["_amtsweg_autocommit"] = engine.execution_options(isolation_level="AUTOCOMMIT")
    return cached
