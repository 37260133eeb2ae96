"""Starting says what to do when it cannot."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from backend.local.start import StartError, make_environment, make_stand_ins, wanted_port


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


def test_what_stands_in_for_outside_systems(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The environment of the portal and the started provider agree; what the person named is not replaced."""
    for name in ("CITIZEN_ISSUER", "STAFF_ISSUER", "SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    environment = make_environment(tmp_path, 8123, None)
    _page, module, options = make_stand_ins(tmp_path, environment)["idp"]
    assert module == "backend.local.idp"
    port = options[options.index("--port") + 1]
    assert environment["CITIZEN_ISSUER"] == f"http://127.0.0.1:{port}/citizens"
    assert environment["STAFF_ISSUER"] == f"http://127.0.0.1:{port}/staff"
    assert options[options.index("--portal") + 1] == "http://localhost:8123"
    assert len(Path(environment["STAFF_CLIENT_SECRET_FILE"]).read_text(encoding="ascii")) >= 32
    monkeypatch.setenv("CITIZEN_ISSUER", "https://konto.example")
    monkeypatch.setenv("STAFF_ISSUER", "https://staff.example")
    named = make_environment(tmp_path, 8123, None)
    assert named["CITIZEN_ISSUER"] == "https://konto.example"
    assert "idp" not in make_stand_ins(tmp_path, named)
