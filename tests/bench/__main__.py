"""Runs every benchmark, prints a table, writes reports/bench.json; the exit code says whether all limits are kept.

Usage: python -m tests.bench [name …]   (limits, availability, booking, casework, desk, fight)
"""

from __future__ import annotations

import importlib
import json
import platform
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.rows import Row

NAMES = ("limits", "availability", "booking", "casework", "desk", "fight")
REPORT = Path("reports/bench.json")


def line(row: Row) -> str:
    """One row of the table."""
    verdict = {True: "ok", False: "MISSED", None: ""}[row.passed]
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}x"
    limit = "" if row.limit is None else f"<= {row.limit:g}{'x' if row.ratio is not None else ''}"
    return f"{row.group:<14}{row.name:<58}{row.value:>12.3f} {row.unit:<8}{ratio:>8} {limit:>9} {verdict:<7}{row.note}"


def main(names: list[str]) -> int:
    """Run the named benchmarks, all without a name."""
    rows: list[Row] = []
    for name in names or NAMES:
        for row in importlib.import_module(f"tests.bench.bench_{name}").run():
            rows.append(row)
            sys.stdout.write(line(row) + "\n")
            sys.stdout.flush()
    REPORT.parent.mkdir(exist_ok=True)
    measured = [{**asdict(row), "passed": row.passed} for row in rows]
    machine = {"system": platform.platform(), "python": platform.python_version()}
    text = json.dumps({"machine": machine, "rows": measured}, indent=1, ensure_ascii=False)
    REPORT.write_text(text + "\n", encoding="utf-8")
    missed = [row for row in rows if row.passed is False]
    sys.stdout.write(f"bench: {sum(row.passed is True for row in rows)} limits kept, {len(missed)} missed\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
