"""Installs a package of Debian when this is Debian and we are root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def usable() -> bool:
    """True where packages can be installed."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str) -> None:
    """Install a package without its recommendations."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    sys.stdout.write(f"  Installing {package} with apt …\n")
    sys.stdout.flush()
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
        subprocess.run(["apt-get", *words], env=quiet, check=True, stdout=subprocess.DEVNULL)  # noqa: S607 - apt is found on PATH on purpose
