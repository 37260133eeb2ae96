"""`make lock`: renews the hashed lock files of Python and Node. They carry no registry address."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UV = "uv==0.13.9"
LOCKS = ("requirements", "requirements-local", "requirements-dev", "requirements-node")
OPTIONS = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q"


def main() -> None:
    """Compile every requirements*.in into its lock file, then refresh package-lock.json and try it."""
    with tempfile.TemporaryDirectory() as folder:
        venv.EnvBuilder(with_pip=True).create(folder)
        tools = Path(folder) / "bin"
        subprocess.run([tools / "pip", "install", "-q", UV], check=True)
        for name in LOCKS:
            files = [f"{name}.in", "-o", f"{name}.txt"]
            subprocess.run([tools / "uv", "pip", "compile", *OPTIONS.split(), *files], cwd=ROOT, check=True)
    for words in (["npm", "install", "--package-lock-only"], ["npm", "ci", "--dry-run"]):
        subprocess.run(words, cwd=ROOT, check=True)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"This did not work: {error}")
