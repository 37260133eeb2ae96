"""Files with secrets of this machine: made once, for this user only."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path


def password() -> bytes:
    """Something that nobody guesses, in letters."""
    return secrets.token_urlsafe(32).encode()


def private(file: Path, make: Callable[[], bytes] = password) -> Path:
    """The file itself; where it is missing, it gets what `make` gives."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(make())
    return file
