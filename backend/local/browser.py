"""Finds Chromium for the browser tests, or installs it: apt as root on Debian, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from backend.local import apt

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of an installed Chromium; CHROMIUM in the environment wins."""
    if wanted := os.environ.get("CHROMIUM"):
        return wanted
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def install() -> None:
    """Install Chromium with what this machine offers."""
    if apt.usable():
        apt.install("chromium")
        return
    playwright = Path(__file__).resolve().parents[2] / "node_modules" / ".bin" / "playwright"
    subprocess.run([playwright, "install", "chromium"], check=True)


if __name__ == "__main__":
    if find() is None:
        install()
