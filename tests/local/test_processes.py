"""Processes are restarted, ended together, and found again after their supervisor was killed."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.local.processes import ProcessError, Processes, end_leftovers, is_ours

SLEEPER = [sys.executable, "-c", "import time; marker = 'backend.'; time.sleep(60)"]


def wait_for(condition: Callable[[], object], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def processes(tmp_path: Path, said: list[str]) -> Iterator[Processes]:
    made = Processes(tmp_path, os.environ, said.append)
    yield made
    made.stop()
    for child in made._children.values():
        child.wait()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split(") ")[1][0] != "Z"


def pid_of(processes: Processes, name: str) -> int:
    return processes._children[name].pid


def test_stop_ends_a_process_and_its_children(processes: Processes, tmp_path: Path) -> None:
    note = tmp_path / "child"
    processes.start("parent", ["/bin/sh", "-c", f"sleep 60 & echo $! > {note}; wait"])
    wait_for(lambda: note.exists() and note.read_text())
    child = int(note.read_text())
    processes.stop()
    wait_for(lambda: not alive(child))
    assert not (tmp_path / "processes.json").exists()


def test_a_killed_process_is_started_again(processes: Processes, said: list[str]) -> None:
    processes.start("web", SLEEPER)
    first = pid_of(processes, "web")
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: processes.ended("web"))
    processes.tend()
    assert pid_of(processes, "web") != first
    assert any("started again" in line for line in said)


def test_a_process_that_never_stays_up_ends_the_watch(processes: Processes) -> None:
    processes.start("web", ["/bin/false"])
    with pytest.raises(ProcessError, match=r"web\.log"):
        processes.watch()


def test_leftovers_of_a_killed_supervisor_are_ended(processes: Processes, tmp_path: Path, said: list[str]) -> None:
    processes.start("worker", SLEEPER)
    pid = pid_of(processes, "worker")
    wait_for(lambda: b"backend." in Path(f"/proc/{pid}/cmdline").read_bytes())
    end_leftovers(tmp_path, said.append)
    wait_for(lambda: not alive(pid))
    assert said == ["Ending worker, left over from a start that was killed"]


def test_a_foreign_program_with_our_folder_is_a_leftover_too(processes: Processes, tmp_path: Path) -> None:
    """As clamd is, which takes the place of the process that started it."""
    processes.start("scanner", ["/bin/sh", "-c", "sleep 60; true", f"--config-file={tmp_path}/scanner/clamd.conf"])
    pid = pid_of(processes, "scanner")
    wait_for(lambda: is_ours(pid, tmp_path))
    assert not is_ours(pid, tmp_path / "other")


def test_a_strangers_process_is_left_alone(processes: Processes, tmp_path: Path, said: list[str]) -> None:
    processes.start("stranger", ["/bin/sleep", "60"])
    pid = pid_of(processes, "stranger")
    wait_for(lambda: b"sleep" in Path(f"/proc/{pid}/cmdline").read_bytes())
    assert not is_ours(pid, tmp_path)
    end_leftovers(tmp_path, said.append)
    assert alive(pid)


def test_a_broken_note_does_not_stop_the_start(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "processes.json").write_text("{broken", encoding="ascii")
    end_leftovers(tmp_path, said.append)
    assert said == []
