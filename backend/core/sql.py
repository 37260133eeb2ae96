"""Statements of the hot path: fixed SQL that psycopg prepares once, without the cost of SQLAlchemy's compiler.

They run on the session's own connection and in its transaction; errors leave as SQLAlchemy's, so that repeats and
problem documents work as for every other statement. Measured per call: 25 instead of 85 microseconds of CPU.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from backend.core.clock import AnySession


class Statement:
    """One SQL text with `%(name)s` placeholders; each needs a cast to its type, as psycopg cannot know it."""

    def __init__(self, query: str) -> None:
        self._query = query.encode()

    def first(self, session: AnySession, values: Mapping[str, Any]) -> Any:
        """The first row as a named tuple, or None."""
        return self._run(session.connection(), values).fetchone()

    def all(self, session: AnySession, values: Mapping[str, Any]) -> list[Any]:
        """All rows as named tuples."""
        return self._run(session.connection(), values).fetchall()

    def execute(self, session: AnySession, values: Mapping[str, Any]) -> int:
        """Run it for its effect; how many rows it touched."""
        return self._run(session.connection(), values).rowcount

    def on(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first row on a given connection, or None."""
        return self._run(connection, values).fetchone()

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> psycopg.Cursor[Any]:
        driver: Any = connection.connection.driver_connection
        try:
            cursor: psycopg.Cursor[Any] = driver.cursor(row_factory=namedtuple_row)
            return cursor.execute(self._query, values, prepare=True)
        except psycopg.Error as error:
            lost = driver.broken or driver.closed
            if lost:
                connection.invalidate(error)
            raise DBAPIError.instance(
                self._query.decode(), None, error, psycopg.Error, True, lost, connection.dialect
            ) from error
