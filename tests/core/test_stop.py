"""The web server ends when it is told to, also while its workers are still loading."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.core.settings import Settings
from backend.local.ports import free_port
from tests.bench.cpu import tree

WORKERS = 2


@pytest.mark.parametrize(
    ("slow", "patience"),
    [
        ("after", 60),  # the worker knows what to do
        ("before", 1),  # the word is lost, so the worker is killed when the patience is over
    ],
)
def test_it_stops_while_it_loads(settings: Settings, tmp_path: Path, slow: str, patience: int) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("AMTSWEG_", "DATABASE_"))},
        "AMTSWEG_ENV": "test",
        "AMTSWEG_DATA": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "DATABASE_OWNER_URL": settings.database_owner_url,
        "LOADING": str(tmp_path),
        "SLOW": slow,
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--no-log"]
    command += ["--workers", str(WORKERS), "--workers-kill-timeout", str(patience), "--port", str(free_port())]
    server = subprocess.Popen([*command, "tests.core.slow_to_load:app"], env=environment)
    try:
        until = time.monotonic() + 30
        while len(list(tmp_path.iterdir())) < WORKERS:
            assert time.monotonic() < until, "the workers did not start"
            time.sleep(0.05)
        server.terminate()
        assert server.wait(timeout=6) == 0  # earlier than the workers have loaded
    finally:
        for member in tree(server.pid) if server.poll() is None else ():
            os.kill(member, signal.SIGKILL)
        server.wait()
