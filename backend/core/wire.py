"""Prepared statements on one driver connection: several in one round trip (libpq's pipeline), no cursor for each.

The driver adapts values and rows; what is left out is its cursor, which costs more than the statements themselves.
"""

from __future__ import annotations

import select
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

# name of the prepared statement, its text with $1 …, values, how its answer travels
Sent = tuple[bytes, bytes, Sequence[Any], Format]
_BEGIN: Sent = (b"amtsweg_begin", b"BEGIN", (), Format.TEXT)
_COMMIT: Sent = (b"amtsweg_commit", b"COMMIT", (), Format.TEXT)
_GOOD = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}


class Wire:
    """One connection: what is prepared on it, and the driver's adapter for values and rows.

    Values travel as text (bytes as they are), so that each cast in a statement decides about its type.
    """

    def __init__(self, driver: psycopg.Connection[Any]) -> None:
        self._driver = driver
        self._pgconn = driver.pgconn
        self._adapter = Transformer(driver)
        self._prepared: set[bytes] = set()
        self._doubtful = False
        self._answer, self._room = select.poll(), select.poll()
        self._answer.register(self._pgconn.socket, select.POLLIN)
        self._room.register(self._pgconn.socket, select.POLLIN | select.POLLOUT)

    def run(self, statements: Sequence[Sent], *, commit: bool = False, each_alone: bool = False) -> list[PGresult]:
        """Send statements together, in a transaction unless the connection commits each; one result for each.

        `each_alone`: outside any transaction, whatever the connection is set to. `commit`: end the transaction with
        them, in the same round trip. Raises psycopg.Error of the first that failed; what comes after it was not carried
        out.
        """
        if self._doubtful:
            self._look()
        idle = self._pgconn.transaction_status == TransactionStatus.IDLE
        each_alone = each_alone or self._driver.autocommit
        begin = idle and not each_alone and bool(statements)
        sent = [_BEGIN, *statements] if begin else list(statements)
        if commit and not each_alone and (begin or not idle):
            sent.append(_COMMIT)
        if not sent:
            return []
        alone = len(sent) == 1 and sent[0][0] in self._prepared
        results = [self._single(sent[0])] if alone else self._pipeline(sent)
        if sent[-1] is _COMMIT and results[-1].command_status == b"ROLLBACK":
            raise psycopg.errors.InFailedSqlTransaction("an error was passed over: nothing was committed")
        first = 1 if begin else 0
        return results[first : first + len(statements)]

    @property
    def lost(self) -> bool:
        """Whether the connection is gone."""
        return self._driver.broken or self._driver.closed

    def roll_back(self) -> None:
        """Give up the transaction if there is one; what is prepared stays."""
        if self._pgconn.transaction_status in {TransactionStatus.INTRANS, TransactionStatus.INERROR}:
            self._pgconn.exec_(b"ROLLBACK")

    def doubt(self) -> None:
        """Something else ends a transaction or savepoint on this connection, and may drop what is prepared."""
        self._doubtful = self._doubtful or self._pgconn.transaction_status != TransactionStatus.IDLE

    def rows(self, result: PGresult, make_row: Any) -> list[Any]:
        """The rows of a result, each made of its loaded values."""
        self._adapter.set_pgresult(result)
        return self._adapter.load_rows(0, result.ntuples, make_row)

    def _look(self) -> None:
        """See what is still prepared."""
        result = self._pgconn.exec_(b"SELECT name FROM pg_prepared_statements")
        if result.status == ExecStatus.TUPLES_OK:
            self._prepared &= {result.get_value(row, 0) or b"" for row in range(result.ntuples)}
            self._doubtful = False

    def _single(self, sent: Sent) -> PGresult:
        result = self._pgconn.exec_prepared(sent[0], *self._adapted(sent[2]), sent[3])
        if result.status not in _GOOD:
            raise self._error(result)
        return result

    def _error(self, result: PGresult) -> psycopg.Error:
        """What a bad result says; a connection that ended without the server's word leaves no code in it."""
        error = psycopg.errors.error_from_result(result)
        if error.sqlstate is None and self._pgconn.status == ConnStatus.BAD:
            return psycopg.OperationalError(*error.args)
        return error

    def _pipeline(self, sent: Sequence[Sent]) -> list[PGresult]:
        fresh = {name: text for name, text, *_ in sent if name not in self._prepared}
        pgconn = self._pgconn
        pgconn.enter_pipeline_mode()
        try:
            for name, text in fresh.items():
                pgconn.send_prepare(name, text)
            for name, _, values, form in sent:
                pgconn.send_query_prepared(name, *self._adapted(values), form)
            pgconn.pipeline_sync()
            results = self._received()
        finally:
            if pgconn.status == ConnStatus.OK:
                pgconn.exit_pipeline_mode()
        self._prepared.update(name for name, result in zip(fresh, results, strict=False) if result.status in _GOOD)
        for result in results:
            if result.status not in _GOOD:
                raise self._error(result)
        return results[len(fresh) :]

    def _received(self) -> list[PGresult]:
        """All results up to the end of the pipeline; of a lost connection those up to its end."""
        pgconn = self._pgconn
        results: list[PGresult] = []
        while pgconn.flush():  # the socket is full: the server has to take something first
            self._room.poll()
            pgconn.consume_input()
        while True:
            while pgconn.is_busy():
                self._answer.poll()
                pgconn.consume_input()
            result = pgconn.get_result()
            if result is not None and result.status == ExecStatus.PIPELINE_SYNC:
                return results
            if result is not None:
                results.append(result)
            if pgconn.status == ConnStatus.BAD:
                return [*results, *self._lost(results)]

    def _lost(self, results: Sequence[PGresult]) -> list[PGresult]:
        """Nothing more when a result already says why the connection ended; raises OperationalError otherwise."""
        if not any(result.status == ExecStatus.FATAL_ERROR for result in results):
            raise psycopg.OperationalError("the connection to the database was lost")
        return []

    def _adapted(self, values: Sequence[Any]) -> tuple[Sequence[Any] | None, Sequence[Any] | None]:
        if not values:
            return None, None
        formats = [PyFormat.BINARY if type(value) is bytes else PyFormat.TEXT for value in values]
        return self._adapter.dump_sequence(values, formats), self._adapter.formats
