"""Finds Chromium for the browser tests, or installs it: apt as root on Debian, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of an installed Chromium; CHROMIUM in the environment wins."""
    if wanted := os.environ.get("CHROMIUM"):
        return wanted
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def install() -> None:
    """Install Chromium with what this machine offers."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        sys.stdout.write("  Installing Chromium with apt …\n")
        sys.stdout.flush()
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *words], env=quiet, check=True, stdout=subprocess.DEVNULL)  # noqa: S607 - apt is found on PATH on purpose
        return
    playwright = Path(__file__).resolve().parents[2] / "node_modules" / ".bin" / "playwright"
    subprocess.run([playwright, "install", "chromium"], check=True)


if __name__ == "__main__":
    if find() is None:
        install()
