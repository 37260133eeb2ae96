"""The local OpenID Connect provider as a real process for tests, and a person who signs in without a browser."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import requests

from backend.local.idp.clients import client_id, secret_file
from backend.local.idp.people import Realm
from backend.local.ports import free_port, is_free

ROOT = Path(__file__).parents[1]


@dataclass
class Idp:
    """A running provider: addresses, the portal's registration, and what a person does on its pages."""

    port: int
    folder: Path
    portal: str
    process: subprocess.Popen[bytes]

    def issuer(self, realm: Realm) -> str:
        """The issuer's address."""
        return f"http://127.0.0.1:{self.port}/{realm}"

    def client_id(self, realm: Realm) -> str:
        """The portal's client id."""
        return client_id(realm)

    def secret_file(self, realm: Realm) -> Path:
        """The file with the portal's secret."""
        return secret_file(self.folder, realm)

    def sign_in(
        self, location: str, person: str = "thi-anh", level: str = "high", answer: str = "ok", *, cancel: bool = False
    ) -> str:
        """Follow an authorization address, choose a person; returns the callback address with its query."""
        form = {"person": person, "level": level, "answer": answer, "do": "cancel" if cancel else "sign-in"}
        reply = requests.post(location, data=form, timeout=10, allow_redirects=False)
        assert reply.status_code in {302, 303}, reply.text
        return str(reply.headers["Location"])

    def end_sessions(self, realm: Realm, person: str) -> None:
        """The person signs out at the provider; it tells the portal on the back channel."""
        reply = requests.post(
            f"{self.issuer(realm)}/sessions", data={"person": person}, timeout=10, allow_redirects=False
        )
        assert reply.status_code == 303

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(10)


def start(folder: Path, portal: str = "http://localhost", **environment: str) -> Idp:
    """Start the provider for a portal at that address and wait until it listens."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "backend.local.idp",
        "--port",
        str(port),
        "--folder",
        str(folder),
        "--portal",
        portal,
    ]
    with (folder / "idp.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, stdout=log, stderr=log
        )
    until = time.monotonic() + 20
    while is_free(port):
        assert process.poll() is None, (folder / "idp.log").read_text(encoding="utf-8")
        assert time.monotonic() < until
        time.sleep(0.05)
    return Idp(port, folder, portal, process)
