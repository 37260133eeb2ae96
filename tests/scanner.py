"""ClamAV's clamd as a real process for tests."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.local.ports import free_port, is_free
from backend.local.scanner import INSTALL, find_clamd

ROOT = Path(__file__).parents[1]


@contextmanager
def clamd(folder: Path) -> Iterator[str]:
    """A running clamd with the test signature; gives its CLAMD_URL."""
    assert find_clamd(), f"These tests need clamd:  {INSTALL}"
    port = free_port()
    command = [sys.executable, "-m", "backend.local.scanner", "--port", str(port), "--folder", str(folder)]
    with (folder / "clamd.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 30
        while is_free(port):
            assert process.poll() is None, (folder / "clamd.log").read_text(encoding="utf-8")
            assert time.monotonic() < until
            time.sleep(0.05)
        yield f"tcp://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
