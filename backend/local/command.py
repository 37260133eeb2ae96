"""`python -m backend.local.command …`: a command of the program against the portal that `make start` runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from backend.local.ports import free_port
from backend.local.postgres import Cluster
from backend.local.start import given, make_environment, say


def main(arguments: list[str]) -> int:
    """Run the program with the running portal's database and keys; 1 when none runs."""
    data = Path(given("AMTSWEG_DATA") or ".amtsweg").resolve()
    urls = None if given("DATABASE_URL") else Cluster(data, say=say).running()
    if urls is None and not given("DATABASE_URL"):
        sys.stderr.write(f"No portal runs on {data}. Start it with: make start\n")
        return 1
    environment = make_environment(data, free_port(), None)
    if urls is not None:
        environment |= {"DATABASE_URL": urls.app_url, "DATABASE_OWNER_URL": urls.owner_url}
    program = [sys.executable, "-m", "backend.cli", *arguments]
    return subprocess.run(program, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
