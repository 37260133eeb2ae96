"""The local OpenID Connect provider for development and tests. Never in production.

python -m backend.local.idp --port 8027 --folder .amtsweg/idp --portal http://localhost:8000
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from backend.local.idp import clients
from backend.local.idp.pages import create_pages
from backend.local.idp.people import REALMS
from backend.local.idp.state import Issuer, signing_key
from backend.local.standin.pages import HOST, refused_in_production, serve


def main(arguments: Sequence[str]) -> int:
    """Serve both issuers until SIGTERM or Ctrl-C; returns the exit code."""
    if refused_in_production("This provider signs anybody in as anybody"):
        return 2
    options = _options(arguments)
    issuers = [
        Issuer(
            realm=realm,
            address=f"http://{HOST}:{options.port}/{realm}",
            client=clients.portal(options.folder, realm, options.portal.rstrip("/")),
            key=signing_key(options.folder / f"{realm}.pem"),
        )
        for realm in REALMS
    ]
    serve(create_pages(issuers), options.port)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--port", type=int, default=8027)
    parser.add_argument("--folder", type=Path, default=Path(".amtsweg/idp"))
    parser.add_argument("--portal", default="http://localhost:8000")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
