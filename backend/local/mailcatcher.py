"""A mail server that delivers nothing: keeps every mail in a folder and shows it in the browser. Never in production.

python -m backend.local.mailcatcher --smtp-port 8025 --http-port 8026 --folder .amtsweg/mails
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from werkzeug.serving import BaseWSGIServer, make_server

from backend.local.mails.page import create_page
from backend.local.mails.store import Store

HOST = "127.0.0.1"


class Catcher:
    """Takes every mail for everybody."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Keep the mail before it is acknowledged."""
        content = envelope.original_content or b""
        self._store.save(content)
        return "250 OK"


def main(arguments: Sequence[str]) -> int:
    """Catch mails until SIGTERM or Ctrl-C; returns the exit code."""
    if os.environ.get("AMTSWEG_ENV") == "production":
        sys.stderr.write("The mail catcher delivers nothing and shows everything: it does not run in production.\n")
        return 2
    options = _options(arguments)
    store = Store(options.folder)
    smtp = Controller(Catcher(store), hostname=HOST, port=options.smtp_port, enable_SMTPUTF8=True)
    page = make_server(HOST, options.http_port, create_page(store), threaded=True)
    signal.signal(signal.SIGTERM, _interrupt)
    smtp.start()
    try:
        _serve(page)
    finally:
        smtp.stop()
        page.server_close()
    return 0


def _serve(page: BaseWSGIServer) -> None:
    try:
        page.serve_forever()
    except KeyboardInterrupt:
        return


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--smtp-port", type=int, default=8025)
    parser.add_argument("--http-port", type=int, default=8026)
    parser.add_argument("--folder", type=Path, default=Path(".amtsweg/mails"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
