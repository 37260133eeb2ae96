"""`make test`: runs the three test runners and leaves machine-readable results in reports/.

backend: pytest on the embedded PostgreSQL, then the database tests once more on Debian's PostgreSQL 15.
frontend: vitest. e2e: Playwright with a real Chromium, two workers side by side, each against a portal of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from backend.local import browser
from backend.local.check import BIN, NODE_BIN, ROOT, system_node
from backend.local.postgres import Cluster

DEBIAN_15 = Path("/usr/lib/postgresql/15")
REPORTS = ROOT / "reports"
LOWER_ROOMS = ("core", "audit", "accounts", "catalogue", "notifications", "capacity", "forms", "payments")
DATABASE_TESTS = [f"tests/{room}" for room in (*LOWER_ROOMS, "booking", "applications", "casework")]


def main(part: str) -> int:
    """Run one part; the exit code is the runner's."""
    REPORTS.mkdir(exist_ok=True)
    return {"backend": backend, "frontend": frontend, "e2e": e2e}[part]()


def run(command: list[str], **more: str) -> int:
    """Run a command in the project's folder with our programs first on the path."""
    path = os.environ["PATH"] if system_node() else f"{BIN}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def backend() -> int:
    """All of tests/ on the embedded PostgreSQL 18, then the database tests on PostgreSQL 15."""
    if "DATABASE_URL" in os.environ:
        return pytest("backend", [])
    code = pytest("backend", [])
    return code or on_debian_15()


def pytest(name: str, arguments: list[str], **more: str) -> int:
    """Run pytest with a report of this name."""
    common = [str(BIN / "python"), "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    return run([*common, f"--junitxml={REPORTS / name}.xml", *arguments], **more)


def on_debian_15() -> int:
    """The database tests on Debian's PostgreSQL 15; left out, and said so, where it is not installed."""
    if not (DEBIAN_15 / "bin" / "postgres").exists():
        sys.stdout.write(
            "PostgreSQL 15 is not installed (apt-get install postgresql-15): second database run left out\n"
        )
        return 1 if os.environ.get("CI") else 0
    with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder), installation=DEBIAN_15) as cluster:
        sys.stdout.write("The database tests once more, on PostgreSQL 15\n")
        sys.stdout.flush()
        urls = cluster.urls("postgres")
        chosen = [*DATABASE_TESTS, "-m", "not slow"]
        return pytest("backend-postgresql-15", chosen, TEST_DATABASE_URL=urls.superuser_url)


def frontend() -> int:
    """The units of the portal."""
    reporters = ["--reporter=default", "--reporter=junit", f"--outputFile.junit={REPORTS / 'frontend.xml'}"]
    return run([str(NODE_BIN / "vitest"), "run", "--config", "frontend/vite.config.ts", *reporters])


def e2e() -> int:
    """The browser tests."""
    chromium = browser.find()
    if chromium is None:
        sys.stdout.write("No Chromium: make browser installs one\n")
        return 1
    config = ["--config", "e2e/playwright.config.ts"]
    workers = os.environ.get("E2E_WORKERS", "2")
    return run([str(NODE_BIN / "playwright"), "test", *config, *sys.argv[2:]], CHROMIUM=chromium, E2E_WORKERS=workers)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
