"""Connections that end in the middle of a request: before any chosen word to the database, in either of two ways."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.pq import ConnStatus
from psycopg.pq.abc import PGconn
from sqlalchemy import Engine, event, make_url
from werkzeug.test import TestResponse

from backend.core.wire import Wire
from tests.conftest import Server

Sever = Callable[[PGconn], None]
ENOUGH = 60  # words that no request needs


def silently(line: PGconn) -> None:
    """The network is gone: nobody says why."""
    with suppress(OSError), socket.socket(fileno=os.dup(line.socket)) as ours:  # it may be gone already
        ours.shutdown(socket.SHUT_RDWR)


def by_the_server(server: Server) -> Sever:
    """The server ends the session, as when it is shut down, and says so."""

    def sever(line: PGconn) -> None:
        address = make_url(server.admin_url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address) as other:
            other.execute("SELECT pg_terminate_backend(%s, 2000)", [line.backend_pid])

    return sever


@dataclass
class Words:
    """How many words were said so far: statements, COMMIT and ROLLBACK of both ways to the database."""

    number: int = 0


@contextmanager
def cut(at: int, sever: Sever, *, lasting: bool = False) -> Iterator[Words]:
    """Sever the connection before the word of this number; `lasting`: before each later one too."""
    words, run = Words(), Wire.run

    def say(line: PGconn) -> None:
        words.number += 1
        if (words.number == at or (lasting and words.number > at)) and line.status == ConnStatus.OK:
            sever(line)

    def fixed(wire: Wire, *args: Any, **options: Any) -> Any:
        say(wire._pgconn)
        return run(wire, *args, **options)

    def other(connection: Any, *_context: Any) -> None:
        if not connection.invalidated:
            say(connection.connection.driver_connection.pgconn)

    moments = ("before_cursor_execute", "commit", "rollback")
    Wire.run = fixed  # type: ignore[method-assign]  # put back below
    for moment in moments:
        event.listen(Engine, moment, other)
    try:
        yield words
    finally:
        Wire.run = run  # type: ignore[method-assign]  # as above
        for moment in moments:
            event.remove(Engine, moment, other)


def at_each_word(sever: Sever, request: Callable[[], TestResponse]) -> Iterator[TestResponse]:
    """The answers to a request whose connection ends before its first, second, … word; the last one is undisturbed.

    None of them is a fault of ours: it goes well, or it says when to try again.
    """
    for at in range(1, ENOUGH):
        with cut(at, sever) as words:
            answer = request()
        assert answer.status_code < 500 or (answer.status_code, answer.json["code"]) == (503, "unavailable"), at
        assert answer.status_code < 500 or int(answer.headers["Retry-After"]) > 0
        yield answer
        if words.number < at:
            return
    raise AssertionError("a request with so many words?")
