"""The local payment service as a real process for tests, and a person who pays without a browser."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from backend.core.cashier import Cashier
from backend.local.payment.__main__ import CLIENT_ID, END_POINTS, ORIGINATOR, secret_file
from backend.local.ports import free_port, is_free

ROOT = Path(__file__).parents[2]
LATE_SECONDS = 1.0


@dataclass
class Till:
    """A running payment service: its address, our registration there, and what a person does on its pages."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cashier(self) -> Cashier:
        """The settings that lead the portal there."""
        return Cashier(
            url=self.address,
            originator=ORIGINATOR,
            end_point=END_POINTS[0],
            token_url=f"{self.address}/token",
            client_id=CLIENT_ID,
            client_secret=secret_file(self.folder).read_text(encoding="ascii"),
        )

    def do(self, page: str | None, deed: str) -> str:
        """A person presses a button on the page to pay on; returns the address that leads back."""
        assert page is not None
        reply = requests.post(page, data={"do": deed}, timeout=10, allow_redirects=False)
        assert reply.status_code == 303, reply.text
        return reply.headers["Location"]

    def behave(self, mode: str) -> None:
        """Change how the service behaves."""
        reply = requests.post(f"{self.address}/", data={"mode": mode}, timeout=10, allow_redirects=False)
        assert reply.status_code == 303

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(10)


def start(folder: Path, **environment: str) -> Till:
    """Start the service and wait until it listens."""
    port = free_port()
    options = ["--port", str(port), "--folder", str(folder), "--late-seconds", str(LATE_SECONDS)]
    variables: dict[str, Any] = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with (folder / "payment.log").open("ab") as log:
        command = [sys.executable, "-m", "backend.local.payment", *options]
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=log)
    until = time.monotonic() + 20
    while is_free(port):
        assert process.poll() is None, (folder / "payment.log").read_text(encoding="utf-8")
        assert time.monotonic() < until
        time.sleep(0.05)
    return Till(port, folder, process)
