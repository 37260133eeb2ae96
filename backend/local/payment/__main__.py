"""The local payment service for development and tests. Never in production.

python -m backend.local.payment --port 8028 --folder .amtsweg/payment
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from backend.local.payment.pages import create_pages
from backend.local.payment.register import Register
from backend.local.private import private
from backend.local.standin.pages import HOST, refused_in_production, serve

CLIENT_ID = "amtsweg"
ORIGINATOR = "amtsweg"
END_POINTS = ("04011000", "04012000")  # AGS of Bremen and Bremerhaven


def secret_file(folder: Path) -> Path:
    """The file with the portal's secret at this service."""
    return private(folder / "client.secret")


def main(arguments: Sequence[str]) -> int:
    """Serve until SIGTERM or Ctrl-C; returns the exit code."""
    if refused_in_production("This payment service moves no money"):
        return 2
    options = _options(arguments)
    register = Register(
        address=f"http://{HOST}:{options.port}",
        originator=ORIGINATOR,
        end_points=frozenset(END_POINTS),
        late_seconds=options.late_seconds,
    )
    secret = secret_file(options.folder).read_text(encoding="ascii")
    serve(create_pages(register, CLIENT_ID, secret), options.port)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--port", type=int, default=8028)
    parser.add_argument("--folder", type=Path, default=Path(".amtsweg/payment"))
    parser.add_argument("--late-seconds", type=float, default=90)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
