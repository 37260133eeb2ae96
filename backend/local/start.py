"""`make start`: the whole portal on one machine, for development and demonstration.

Starts PostgreSQL (unless DATABASE_URL names another), brings the database up to date, and runs what stands in for
outside systems (mail, accounts, payments, ClamAV), worker and web server until Ctrl-C. What an earlier, killed start
left running is found and ended first.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import TextIO

from backend.local.ports import claim, free_port, is_free
from backend.local.postgres import Cluster, ClusterError
from backend.local.processes import ProcessError, Processes, end_leftovers
from backend.local.scanner import INSTALL
from backend.local.stand_ins import StandIn, stand_ins

DEFAULT_PORT = 8000
HIGHEST_PORT = 65535


class StartError(Exception):
    """The portal cannot start here; the text says what to do."""


def say(text: str) -> None:
    """One line for the person at the terminal."""
    sys.stdout.write(f"  {text}\n")
    sys.stdout.flush()


def given(name: str) -> str:
    """What the person set; an empty setting counts as none."""
    return os.environ.get(name, "")


def main() -> None:
    """Start everything, print the addresses, wait for Ctrl-C, stop everything."""
    if given("AMTSWEG_ENV") == "production":
        raise StartError(
            "make start is for development. How to run for real: README.md, section 'Running it for real'."
        )
    data = Path(given("AMTSWEG_DATA") or ".amtsweg").resolve()
    data.mkdir(parents=True, exist_ok=True)
    _lock = only_one(data)
    end_leftovers(data, say)
    port = wanted_port()
    _port = claimed(port)
    signal.signal(signal.SIGTERM, interrupt)
    cluster = None if given("DATABASE_URL") else Cluster(data, say=say)
    try:
        environment = make_environment(data, port, cluster)
        prepare(environment)
        started = stand_ins(
            data, environment["PUBLIC_URL"], filter(given, os.environ)
        )  # late: their ports are free now
        run(data, port, with_settings(environment, started), started)
    except KeyboardInterrupt:
        say("Stopping …")
    finally:
        if cluster is not None:
            cluster.stop()
    say("Stopped.")


def only_one(data: Path) -> TextIO:
    """Claim the data folder until this process ends, however it ends; a second start is refused."""
    file = (data / "start.lock").open("a", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StartError(
            f"The portal already runs with the data in {data}. Stop it with Ctrl-C where it was started, "
            "or choose another folder and port:  AMTSWEG_DATA=… PORT=… make start"
        ) from None
    return file


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Treat a polite kill like Ctrl-C."""
    raise KeyboardInterrupt


def wanted_port() -> int:
    """PORT or 8000; no port at all, or one that somebody else uses, is an error with a way out."""
    wanted = given("PORT") or str(DEFAULT_PORT)
    if not (wanted.isascii() and wanted.isdigit() and 0 < int(wanted) <= HIGHEST_PORT):
        raise StartError(
            f"PORT must be a number from 1 to {HIGHEST_PORT}, for example:  PORT={DEFAULT_PORT} make start"
        )
    port = int(wanted)
    if not is_free(port):
        raise used(port)
    return port


def claimed(port: int) -> socket.socket:
    """Keep the port from now on: until the web server listens, a second start would find it free and then share it."""
    try:
        return claim(port)
    except OSError:
        raise used(port) from None


def used(port: int) -> StartError:
    """What to do about a port that is not free."""
    return StartError(f"Port {port} is used by another program. Choose another one:  PORT={free_port()} make start")


def make_environment(data: Path, port: int, cluster: Cluster | None) -> dict[str, str]:
    """The environment of every process: what the person set wins over what is made here."""
    made = {
        "AMTSWEG_ENV": "development",
        "AMTSWEG_DATA": str(data),
        "AMTSWEG_DEMO": "1",
        "PUBLIC_URL": f"http://localhost:{port}",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    if cluster is not None:
        began = time.monotonic()
        urls = cluster.start()
        say(f"PostgreSQL runs on port {cluster.port} ({time.monotonic() - began:.1f} s)")
        made |= {"DATABASE_URL": urls.app_url, "DATABASE_OWNER_URL": urls.owner_url}
    return {**os.environ, **{name: value for name, value in made.items() if not given(name)}}


def with_settings(environment: Mapping[str, str], started: Sequence[StandIn]) -> dict[str, str]:
    """The environment with the settings that lead to the stand-ins, unless the person set them."""
    made = {name: value for one in started for name, value in one.settings.items() if not given(name)}
    return {**environment, **made}


def prepare(environment: Mapping[str, str]) -> None:
    """Bring schema, catalogue and demo capacity up to date; what changed is shown."""
    done = subprocess.run([sys.executable, "-m", "backend.local.prepare"], env=environment, check=False)
    if done.returncode != 0:
        raise StartError("The database could not be brought up to date. The reason stands above.")


def run(data: Path, port: int, environment: Mapping[str, str], started: Sequence[StandIn]) -> None:
    """Run the long-lived processes until Ctrl-C."""
    processes = Processes(data, environment, say)
    python = sys.executable
    try:
        for one in started:
            processes.start(one.name, [python, "-m", one.module, *one.options])
        if not environment.get("CLAMD_URL"):
            say(f"No clamd is installed, so attachments stay unchecked and cannot be opened:  {INSTALL}")
        processes.start("worker", [python, "-m", "backend.cli", "worker"])
        web = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
        web += ["--blocking-threads", "4", "--workers-kill-timeout", "5", "--no-log", "backend.wsgi:app"]
        processes.start("web", [python, "-m", "granian", *web])
        wait_until_open(port, processes)
        say("")
        say(f"The portal:   http://localhost:{port}")
        for one in started:
            if one.page:
                say(f"{one.title:<13} {one.page}")
        say(f"Logs:         {data / 'logs'}")
        say("Stop with Ctrl-C.")
        processes.watch()
    finally:
        processes.stop()


def wait_until_open(port: int, processes: Processes, seconds: float = 90) -> None:
    """Wait until the web server listens."""
    until = time.monotonic() + seconds
    while is_free(port):
        if time.monotonic() > until or processes.ended("web"):
            raise StartError(f"The web server does not answer. Its log: {processes.log('web')}")
        time.sleep(0.1)


if __name__ == "__main__":
    try:
        main()
    except (StartError, ClusterError, ProcessError) as error:
        sys.exit(f"\n{error}")
