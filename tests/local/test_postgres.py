"""The embedded PostgreSQL starts, is found again after a crash, and moves where root's user may not enter."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from backend.local import postgres
from backend.local.postgres import Cluster


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="amtsweg-cluster-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute(question.encode()).fetchone()
        return row[0] if row else None


def test_data_survives_a_crash_of_the_server(home: Path) -> None:
    cluster = Cluster(home)
    assert Cluster(home).running() is None
    url = cluster.start().owner_url
    found = Cluster(home).running()
    assert found is not None
    assert found.owner_url == url
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
    pid = int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    again = Cluster(home)
    try:
        assert ask(again.start().owner_url, "SELECT value FROM kept") == 7
    finally:
        again.stop()


def test_running_server_is_reused(home: Path) -> None:
    with Cluster(home) as first:
        second = Cluster(home)
        second.start()
        assert second.port == first.port


def test_a_folder_far_down_with_a_space_in_its_name(home: Path) -> None:
    """Longer than the path of a socket may be."""
    with Cluster(home / "Meine Projekte" / ("a" * 60) / ("b" * 60)) as cluster:
        assert ask(cluster.urls().app_url, "SELECT 1") == 1


def test_wrong_password_is_refused(home: Path) -> None:
    with Cluster(home) as cluster:
        url = f"postgresql://{postgres.APP}:wrong@127.0.0.1:{cluster.port}/{postgres.DATABASE}"
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            psycopg.connect(url)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_folder_that_others_cannot_enter_is_left(
    home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelter = home / "shelter"
    shelter.mkdir()
    monkeypatch.setattr(postgres, "SHELTER", shelter)
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    said: list[str] = []
    with Cluster(closed / "data", say=said.append) as cluster:
        assert ask(cluster.urls().app_url, "SELECT 1") == 1
    assert any("data goes to" in line for line in said)
    assert not (closed / "data" / "postgres" / "PG_VERSION").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_programs_that_others_cannot_enter_are_copied_with_their_libraries(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelter, closed = home / "shelter", home / "closed"
    shelter.mkdir()
    closed.mkdir(mode=0o700)
    wheel = postgres._wheel()
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(folder, closed / folder.name, symlinks=True)
    monkeypatch.setattr(postgres, "SHELTER", shelter)
    monkeypatch.setattr(postgres, "_wheel", lambda: closed / wheel.name)
    said: list[str] = []
    with Cluster(home / "data", say=said.append) as cluster:
        assert ask(cluster.urls().app_url, "SELECT 1") == 1
    assert any("programs go to" in line for line in said)
