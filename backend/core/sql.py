"""Statements of the hot path: fixed SQL that is prepared once, without the cost of SQLAlchemy's compiler or a cursor.

They run on the session's own connection and in its transaction; errors leave as SQLAlchemy's, so that repeats and
problem documents work as for every other statement. What is only asked travels with the next statement.
"""

from __future__ import annotations

import hashlib
import re
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import psycopg
from psycopg.pq import Format
from psycopg.pq.abc import PGresult
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, scoped_session

from backend.core.clock import AnySession
from backend.core.wire import Wire

_PLACE = re.compile(r"%\((\w+)\)s|%%")
_WIRE = "amtsweg-wire"
MakeRow = Callable[[Any], Any]


class Statement:
    """One SQL text with `%(name)s` placeholders; each needs a cast to its type, as values travel as text.

    `binary`: its answer does not; cheaper for bytes, but numbers must then be of a type that the driver knows.
    """

    def __init__(self, query: str, *, binary: bool = False) -> None:
        names: list[str] = []

        def number(place: re.Match[str]) -> str:
            name = place.group(1)
            if name is None:
                return "%"
            if name not in names:
                names.append(name)
            return f"${names.index(name) + 1}"

        self.text = _PLACE.sub(number, query).encode()
        self.name = b"amtsweg_" + hashlib.sha256(self.text).hexdigest()[:24].encode()
        self.values = tuple(names)
        self.format = Format.BINARY if binary else Format.TEXT
        self._row: MakeRow | None = None

    def first(self, session: AnySession, values: Mapping[str, Any]) -> Any:
        """The first row as a named tuple, or None."""
        return self.ask(session, values).first()

    def all(self, session: AnySession, values: Mapping[str, Any]) -> list[Any]:
        """All rows as named tuples."""
        return self.ask(session, values).all()

    def tuples(self, session: AnySession, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows as plain tuples: cheaper where there are many."""
        loan = _lent(session)
        if loan is None:
            return self._asked(session, values, tuple).all()
        with loan:
            asked = Asked(self, [values[name] for name in self.values], None, tuple)
            _send(loan, [asked])
        return asked.all()

    def execute(self, session: AnySession, values: Mapping[str, Any]) -> int:
        """Run it for its effect; how many rows it touched."""
        return self.ask(session, values).count()

    def ask(self, session: AnySession, values: Mapping[str, Any], *, otherwise: type[Exception] | None = None) -> Asked:
        """Let it travel with the next statement of the session, at the latest with its commit; saves a round trip.

        `otherwise` is raised where it is sent, if it touched no row.
        """
        return self._asked(session, values, None, otherwise)

    def on(self, loan: Loan, values: Mapping[str, Any]) -> Any:
        """The first row on a lent connection, or None."""
        asked = Asked(self, [values[name] for name in self.values], None)
        _send(loan, [asked])
        return asked.first()

    def _asked(
        self,
        session: AnySession,
        values: Mapping[str, Any],
        make_row: MakeRow | None,
        otherwise: type[Exception] | None = None,
    ) -> Asked:
        here: Session = session if isinstance(session, Session) else session()
        asked = Asked(self, [values[name] for name in self.values], here, make_row, otherwise)
        here.info.setdefault(Asked, []).append(asked)
        if not getattr(here, "carries", False):
            send(here)
        return asked

    def row(self, result: PGresult) -> MakeRow:
        """What makes a named tuple of a row's values."""
        if self._row is None:
            make: Any = namedtuple  # of columns that are only known now
            columns = [(result.fname(place) or b"").decode() for place in range(result.nfields)]
            self._row = make("Row", columns, rename=True)._make
        return cast(MakeRow, self._row)


class Asked:
    """A statement that was sent or will be; reading its answer sends what waits."""

    def __init__(
        self,
        statement: Statement,
        values: Sequence[Any],
        session: Session | None,
        make_row: MakeRow | None = None,
        otherwise: type[Exception] | None = None,
    ) -> None:
        self.statement = statement
        self.values = values
        self._session = session
        self._make_row = make_row
        self._otherwise = otherwise
        self._answer: tuple[list[Any], int] | None = None

    @property
    def sent(self) -> bool:
        """Whether its answer is here."""
        return self._answer is not None

    def first(self) -> Any:
        """The first row as a named tuple, or None."""
        rows = self.all()
        return rows[0] if rows else None

    def all(self) -> list[Any]:
        """All rows as named tuples."""
        return self._answered()[0]

    def count(self) -> int:
        """How many rows it touched."""
        return self._answered()[1]

    def take(self, wire: Wire, result: PGresult) -> None:
        """Keep the answer."""
        rows = wire.rows(result, self._make_row or self.statement.row(result)) if result.ntuples else []
        self._answer = rows, result.command_tuples or 0

    def judge(self) -> None:
        """Raise what was wanted when no row was touched."""
        if self._otherwise is not None and not self.count():
            raise self._otherwise

    def _answered(self) -> tuple[list[Any], int]:
        if self._answer is None and self._session is not None:
            send(self._session)
        if self._answer is None:
            raise RuntimeError("the transaction of this statement was given up before it was sent")
        return self._answer


def waiting(session: Session) -> bool:
    """Whether something was asked that has not been sent."""
    return bool(session.info.get(Asked))


def forget(session: Session) -> None:
    """Drop what was asked and not sent: its transaction is given up."""
    session.info.pop(Asked, None)


def send(session: Session, *, commit: bool = False) -> None:
    """Send what was asked, in that order; `commit`: end the transaction with it. Raises DBAPIError."""
    asked: list[Asked] = session.info.pop(Asked, [])
    carrier: Callable[[], Connection | Loan] = getattr(session, "carrier", session.connection)
    _send(carrier(), asked, commit=commit)


def roll_back(connection: Connection) -> None:
    """Give up the transaction here, because the driver would also forget everything that is prepared."""
    if not connection.invalidated and not connection.closed:
        _wire(connection).roll_back()


@event.listens_for(Engine, "rollback")
@event.listens_for(Engine, "rollback_savepoint")
def _driver_forgets(connection: Connection, *_context: Any) -> None:
    """The driver is about to roll back, and with that to drop prepared statements, ours too."""
    if not connection.invalidated and _WIRE in connection.info:
        _wire(connection).doubt()


class Loan:
    """A pooled connection for fixed statements that are a transaction each: a quarter of the cost of a `Connection`."""

    def __init__(self, engine: Engine) -> None:
        """Raises DBAPIError when the database is not reached, TimeoutError when the pool is empty."""
        self.dialect = engine.dialect
        try:
            self._lent = engine.raw_connection()
        except psycopg.Error as error:
            raise DBAPIError.instance(None, None, error, psycopg.Error, True, True, self.dialect) from error
        self.invalidate = self._lent.invalidate
        self.give_back = self._lent.close

    def __enter__(self) -> Loan:
        return self

    def __exit__(self, *_error: object) -> None:
        self.give_back()


def _lent(session: AnySession) -> Loan | None:
    """What a statement can travel on where a session would only be made for it; None: take the session."""
    if not isinstance(session, scoped_session) or session.registry.has():
        return None
    made: Any = session.session_factory
    lend: Callable[[], Loan | None] | None = getattr(made.class_, "lend", None)
    return lend() if lend else None


def _wire(connection: Connection | Loan) -> Wire:
    lent = connection._lent if isinstance(connection, Loan) else connection.connection
    wire: Wire | None = lent.info.get(_WIRE)
    if wire is None:
        wire = lent.info[_WIRE] = Wire(cast(Any, lent.driver_connection))
    return wire


def _send(connection: Connection | Loan, asked: Sequence[Asked], *, commit: bool = False) -> None:
    wire = _wire(connection)
    statements = [(one.statement.name, one.statement.text, one.values, one.statement.format) for one in asked]
    try:
        results = wire.run(statements, commit=commit, each_alone=isinstance(connection, Loan))
    except psycopg.Error as error:
        lost = wire.lost
        if lost:
            connection.invalidate(error)
        text = b"; ".join(one.statement.text for one in asked).decode()
        raise DBAPIError.instance(text, None, error, psycopg.Error, True, lost, connection.dialect) from error
    for one, result in zip(asked, results, strict=True):
        one.take(wire, result)
    for one in asked:
        one.judge()
