"""Starting says what to do when it cannot."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from backend.local import prepare
from backend.local.stand_ins import stand_ins
from backend.local.start import StartError, claimed, make_environment, wanted_port, with_settings


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


def test_a_second_start_does_not_share_the_port_of_one_that_still_prepares() -> None:
    """The web server comes last and shares its port with whoever lets it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with claimed(port):
        with pytest.raises(StartError, match=r"PORT=\d+ make start"):
            claimed(port)
        with socket.create_server(("127.0.0.1", port), reuse_port=True):
            with pytest.raises(StartError, match="is used"):
                claimed(port)
            socket.create_connection(("127.0.0.1", port)).close()
    claimed(port).close()


def test_a_port_whose_last_connections_have_just_ended_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        server.accept()[0].close()
        client.close()
    claimed(port).close()


def test_without_the_demo_no_opening_hours_are_made_up() -> None:
    assert prepare.DEMO in prepare.steps({})
    assert prepare.DEMO in prepare.steps({"AMTSWEG_DEMO": "1"})
    assert prepare.steps({"AMTSWEG_DEMO": "0"}) == prepare.STEPS


def test_a_step_that_refuses_its_work_says_why_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(name, "postgresql://nobody:secret@127.0.0.1:1/nowhere")
    with pytest.raises(prepare.PrepareError, match="Catalogue: the database does not answer") as refusal:
        prepare.run("catalogue import", "Catalogue")
    assert "secret" not in str(refusal.value)
    monkeypatch.setenv("AMTSWEG_DEMO", "0")
    with pytest.raises(prepare.PrepareError, match="Demo capacity: AMTSWEG_DEMO is off"):
        prepare.run("capacity demo", "Demo capacity")


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
