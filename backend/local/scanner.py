"""Runs ClamAV's clamd for development and tests, with one signature: the harmless EICAR test file.

It is the real engine and the real protocol, but no protection: a deployment runs its own clamd with fresh signatures.
Run as: python -m backend.local.scanner --port 8028 --folder .amtsweg/scanner, or with --install on Debian.
"""

from __future__ import annotations

import argparse
import getpass
import os
import shutil
import sys
from pathlib import Path

from backend.local import apt

PLACES = ("/usr/sbin/clamd", "/usr/local/sbin/clamd", "/opt/homebrew/sbin/clamd")
# In two halves, so that no scanner takes this file for the test virus.
EICAR = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"
INSTALL = "apt-get install clamav-daemon"


def find_clamd() -> str | None:
    """The program, or None where it is not installed."""
    return shutil.which("clamd") or next((place for place in PLACES if Path(place).exists()), None)


def write_config(folder: Path, port: int) -> Path:
    """Signatures and configuration in a folder; the path of the configuration."""
    signatures = folder / "signatures"
    signatures.mkdir(parents=True, exist_ok=True)
    (signatures / "amtsweg.ndb").write_text(f"Amtsweg.Test.EICAR:0:*:{EICAR.encode().hex()}\n", encoding="ascii")
    config = folder / "clamd.conf"
    lines = (
        f"DatabaseDirectory {signatures}",
        "TCPAddr 127.0.0.1",
        f"TCPSocket {port}",
        "Foreground yes",
        f"User {getpass.getuser()}",
        "StreamMaxLength 20M",
        "MaxFileSize 20M",
        "MaxScanSize 100M",
        "AlertEncrypted yes",
        "AlertExceedsMax yes",
        "ScanImageFuzzyHash no",  # decodes every pixel: 400 megapixels in 50 kB keep a thread for a minute
        "MaxThreads 4",
        f"TemporaryDirectory {folder}",
    )
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return config


def install() -> None:
    """Install clamd where that is possible; else say how."""
    if find_clamd():
        return
    if not apt.usable():
        sys.exit(f"The tests need clamd:  {INSTALL}")
    apt.install("clamav-daemon")


def main() -> None:
    """Become clamd."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="install clamd with apt if it is missing")
    parser.add_argument("--port", type=int, default=8028)
    parser.add_argument("--folder", type=Path, default=Path(".amtsweg/scanner"))
    given = parser.parse_args()
    if given.install:
        install()
        return
    if os.environ.get("AMTSWEG_ENV") == "production":
        sys.exit("This scanner knows one test file and no virus: it does not start in production.")
    program = find_clamd()
    if program is None:
        sys.exit(f"clamd is not installed:  {INSTALL}")
    config = write_config(given.folder.resolve(), given.port)
    os.execv(program, [program, f"--config-file={config}"])  # noqa: S606 - found above


if __name__ == "__main__":
    main()
