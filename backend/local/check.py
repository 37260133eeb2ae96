"""`make check`: all that can be judged without running the product. Prints a table, writes reports/check.json."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
NODE_BIN = ROOT / "node_modules" / ".bin"
PYTHON = str(BIN / "python")
CLI = [PYTHON, "-m", "backend.cli"]

CHECKS: dict[str, list[str]] = {
    "python format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "python lint": [PYTHON, "-m", "ruff", "check", "."],
    "python types": [PYTHON, "-m", "mypy"],
    "import contracts": [str(BIN / "lint-imports"), "--no-cache"],
    "lock files": [PYTHON, "-m", "backend.local.lockcheck"],
    "catalogue files": [*CLI, "catalogue", "import", "--check"],
    "form packages": [*CLI, "forms", "lint"],
    "message catalogues": [*CLI, "locales", "check"],
    "language lint": [PYTHON, "-m", "backend.local.textlint"],
    "openapi.json current": [*CLI, "openapi"],
    "portal format": [str(NODE_BIN / "prettier"), "--check", "--log-level", "warn", "frontend", "e2e"],
    "portal lint": [str(NODE_BIN / "eslint"), "frontend", "e2e", "--max-warnings", "0"],
    "portal types": ["npm", "run", "--silent", "typecheck"],
    "generated client current": ["npm", "run", "--silent", "api-types", "--", "--check"],
    "unused code": [str(NODE_BIN / "knip")],
    "size budgets": ["node", "frontend/check-budget.mjs"],
}


@dataclass(frozen=True)
class Outcome:
    """One check: its name, whether it passed, its time in seconds and what it printed when it failed."""

    name: str
    passed: bool
    seconds: float
    output: str


def run(name: str, command: list[str]) -> Outcome:
    """Run one check and show it in one line."""
    began = time.monotonic()
    path = f"{BIN}{os.pathsep}{NODE_BIN}{os.pathsep}{os.environ['PATH']}" if not system_node() else os.environ["PATH"]
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    outcome = Outcome(name, done.returncode == 0, round(time.monotonic() - began, 1), done.stdout + done.stderr)
    line = f"  {'ok  ' if outcome.passed else 'FAIL'}  {name:<28} {outcome.seconds:>6.1f} s\n"
    sys.stdout.write(line if outcome.passed else f"{line}{outcome.output}\n")
    sys.stdout.flush()
    return outcome


def system_node() -> bool:
    """True unless bootstrap put a Node of its own into the virtual environment."""
    return not (BIN / "node").exists()


def main() -> int:
    """Run all checks, two at a time, even after one has failed; the exit code says whether all passed."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(run, CHECKS, CHECKS.values()))
    reports = ROOT / "reports"
    reports.mkdir(exist_ok=True)
    text = json.dumps([asdict(outcome) for outcome in outcomes], indent=1, ensure_ascii=False)
    (reports / "check.json").write_text(text, encoding="utf-8")
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    sys.stdout.write(f"check: {len(outcomes) - len(failed)} passed, {len(failed)} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
