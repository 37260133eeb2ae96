"""Starting says what to do when it cannot."""

from __future__ import annotations

import socket

import pytest

from backend.local.start import StartError, wanted_port


@pytest.mark.parametrize("given", ["abc", "0", "-1", "70000", "80.5", "\u0663"])
def test_what_is_no_port(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(StartError, match="PORT must be a number"):
        wanted_port()


def test_a_port_in_use_names_another(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(StartError, match=r"PORT=\d+ make start"):
            wanted_port()


def test_a_free_port_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    monkeypatch.setenv("PORT", str(free))
    assert wanted_port() == free
