"""Brings schema, catalogue and demo capacity up to date in one process; each command's last line is its summary."""

from __future__ import annotations

import contextlib
import io
import sys
import time

from backend.cli import main

STEPS = (("migrate", "Database schema"), ("catalogue import", "Catalogue"), ("capacity demo", "Demo capacity"))


def run(command: str, title: str) -> None:
    """Run one command of the operator's line and say in one line what it did and how long it took."""
    began = time.monotonic()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        main(command.split(), standalone_mode=False)
    last = (said.getvalue().strip().splitlines() or [""])[-1]
    sys.stdout.write(f"  {title}: {last} ({time.monotonic() - began:.1f} s)\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for words, name in STEPS:
        run(words, name)
