"""The long-lived processes of one machine: started, watched, restarted when they die, ended together."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

GRACE_SECONDS = 10.0
RESTARTS = 5


class ProcessError(Exception):
    """A process does not stay up; the text names its log."""


class Processes:
    """A named set of child processes, each in a session of its own, so that Ctrl-C reaches only their parent."""

    def __init__(self, data: Path, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
        self._note = data / "processes.json"
        self._logs = data / "logs"
        self._environment = dict(environment)
        self._say = say
        self._commands: dict[str, Sequence[str]] = {}
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._restarts: dict[str, int] = {}

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a process; its output goes to logs/<name>.log."""
        self._logs.mkdir(exist_ok=True)
        self._commands[name] = command
        with self.log(name).open("ab") as log:
            self._children[name] = subprocess.Popen(
                command, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self._note.write_text(json.dumps({key: child.pid for key, child in self._children.items()}), encoding="ascii")

    def log(self, name: str) -> Path:
        """Where a process writes."""
        return self._logs / f"{name}.log"

    def ended(self, name: str) -> bool:
        """True if the process is no longer there."""
        return self._children[name].poll() is not None

    def watch(self) -> None:
        """Restart whatever dies, a few times; returns only by an interrupt."""
        while True:
            time.sleep(0.5)
            self.tend()

    def tend(self) -> None:
        """Start again what has ended; gives up on a process that never stays up."""
        for name in [name for name in self._children if self.ended(name)]:
            self._restarts[name] = self._restarts.get(name, 0) + 1
            if self._restarts[name] > RESTARTS:
                raise ProcessError(f"{name} ended {self._restarts[name]} times. Its log: {self.log(name)}")
            self._say(f"{name} ended and is started again. See {self.log(name)}")
            self.start(name, self._commands[name])

    def stop(self) -> None:
        """Ask every process to end, newest first, and insist after a while."""
        for child in reversed(self._children.values()):
            end_group(child.pid)
        self._note.unlink(missing_ok=True)


def end_group(pid: int) -> None:
    """End a process and its children: politely, then for good."""
    for wanted, seconds in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGKILL, GRACE_SECONDS)):
        try:
            os.killpg(pid, wanted)
        except ProcessLookupError:
            return
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not group_lives(pid):
                return
            time.sleep(0.05)


def group_lives(pid: int) -> bool:
    """True while any process of the group runs; reaps the group's leader if it is our child."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.killpg(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end_leftovers(data: Path, say: Callable[[str], None]) -> None:
    """End what a killed start left running: only processes noted in this folder that are still ours."""
    note = data / "processes.json"
    if not note.exists():
        return
    try:
        noted: dict[str, int] = json.loads(note.read_text(encoding="ascii"))
    except ValueError:
        noted = {}
    for name, pid in noted.items():
        if is_ours(pid, data):
            say(f"Ending {name}, left over from a start that was killed")
            end_group(pid)
    note.unlink(missing_ok=True)


def is_ours(pid: int, data: Path) -> bool:
    """True if a noted process still runs one of our programs (or clamd with our folder), or only its children do.

    The system gives a number out again only when no process of that group is left, so
    a group without its leader is ours.
    """
    if not group_lives(pid):
        return False
    command = Path(f"/proc/{pid}/cmdline")
    if command.exists():
        return _names_us(os.fsdecode(command.read_bytes()), data)
    if Path("/proc/self").exists():
        return True
    listing = subprocess.run(["/bin/ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return not listing.stdout.strip() or _names_us(listing.stdout, data)


def _names_us(words: str, data: Path) -> bool:
    return "backend." in words or f"{data}{os.sep}" in words


def is_program(pid: int, name: str) -> bool:
    """True if a process of this number runs a program of this name and is no zombie; asked of ps without /proc."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        inside, _, rest = stat.read_text(encoding="utf-8", errors="replace").partition("(")[2].rpartition(")")
        return inside == name and not rest.strip().startswith("Z")
    if Path("/proc/self").exists():
        return False
    listing = subprocess.run(["/bin/ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listing.stdout.strip().endswith(name)
