"""Answers that no payment service should give: they cost a few seconds at most and never break anything."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from backend.core.cashier import Cashier
from backend.payments.providers import xbezahldienste
from backend.payments.providers.types import ProviderDownError
from backend.payments.providers.xbezahldienste import MOST_BYTES, XBezahldienste
from backend.payments.types import Line, Order

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
ORDER = Order("request-1", datetime(2026, 11, 22, tzinfo=UTC), 100, "p", [Line("a", 100)], "http://localhost/")


@contextmanager
def answering(answer: Callable[[socket.socket], object]) -> Iterator[XBezahldienste]:
    """A client of a server that does something else than HTTP servers do."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop = threading.Event()

        def serve() -> None:
            server.settimeout(0.1)
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(None)
                    connection.recv(65536)
                    try:
                        answer(connection)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve)
        thread.start()
        yield XBezahldienste(Cashier(f"http://127.0.0.1:{server.getsockname()[1]}", "amtsweg", "04011000"))
        stop.set()
        thread.join()


def stalls(connection: socket.socket) -> None:
    connection.sendall(HEAD % 100 + b"{")
    time.sleep(3)


def drips(connection: socket.socket) -> None:
    connection.sendall(HEAD % 1000)
    for _ in range(30):
        connection.sendall(b" ")
        time.sleep(0.1)


def never_ends(connection: socket.socket) -> None:
    connection.sendall(HEAD % (10 * MOST_BYTES))
    connection.sendall(b" " * 10 * MOST_BYTES)


def hangs_up(connection: socket.socket) -> None:
    connection.sendall(HEAD % 100 + b"{")


def redirects(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n")


def says_a_list(connection: socket.socket) -> None:
    connection.sendall(HEAD % 2 + b"[]")


def says_nothing(connection: socket.socket) -> None:
    connection.close()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (stalls, None),
        (drips, "answer_too_slow"),
        (never_ends, "answer_too_large"),
        (hangs_up, None),
        (redirects, "http_302"),
        (says_a_list, "status_unknown"),
        (says_nothing, "ConnectionError"),
    ],
)
def test_a_bad_answer_is_no_answer(
    answer: Callable[[socket.socket], object], code: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xbezahldienste, "TIMEOUTS", (1, 1))
    with answering(answer) as client:
        began = time.monotonic()
        with pytest.raises(ProviderDownError) as caught:
            client.begin(ORDER)
        assert time.monotonic() - began < 3
    assert code in {None, caught.value.code}


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ProviderDownError, match="ConnectionError"):
        XBezahldienste(Cashier(f"http://127.0.0.1:{port}", "amtsweg", "04011000")).ask(ORDER)
