"""Starting says what to do when it cannot."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from backend.local.stand_ins import stand_ins
from backend.local.start import StartError, make_environment, wanted_port, with_settings


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
    """The settings of the portal and the started processes agree."""
    for name in ("CITIZEN_ISSUER", "STAFF_ISSUER", "SMTP_URL", "PAYMENT_URL"):
        monkeypatch.delenv(name, raising=False)
    started = stand_ins(tmp_path, "http://localhost:8123", ())
    environment = with_settings(make_environment(tmp_path, 8123, None), started)
    found = {one.name: one for one in started}
    assert {"mails", "idp", "payment"} <= found.keys()
    port = found["idp"].options[1]
    assert environment["CITIZEN_ISSUER"] == f"http://127.0.0.1:{port}/citizens"
    assert environment["STAFF_ISSUER"] == f"http://127.0.0.1:{port}/staff"
    assert found["idp"].options[-1] == environment["PUBLIC_URL"]
    assert environment["PAYMENT_URL"] == f"http://127.0.0.1:{found['payment'].options[1]}"
    for name in ("STAFF_CLIENT_SECRET_FILE", "PAYMENT_CLIENT_SECRET_FILE"):
        assert len(Path(environment[name]).read_text(encoding="ascii")) >= 32
    ports = [one.settings[name].rpartition(":")[2] for one in started for name in one.settings if name.endswith("_URL")]
    assert len({port for port in ports if port.isdigit()}) == len([port for port in ports if port.isdigit()])


def test_what_the_person_named_is_not_replaced_nor_mixed(tmp_path: Path) -> None:
    named = ("CITIZEN_ISSUER", "PAYMENT_URL", "SMTP_URL", "CLAMD_URL")
    (idp,) = stand_ins(tmp_path, "http://localhost:8123", named)
    assert idp.settings.keys() == {"STAFF_ISSUER", "STAFF_CLIENT_ID", "STAFF_CLIENT_SECRET_FILE"}
    assert stand_ins(tmp_path, "http://localhost:8123", (*named, "STAFF_ISSUER")) == []
