"""The deployment's master keys: read once from a file, never stored beside the data."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from backend.core import envelope


class MasterKeysError(Exception):
    """The file of master keys is unusable, or a key that is still needed was taken away."""


def read_master_keys(file: Path, *, make: bool) -> dict[bytes, bytes]:
    """Keys from a file, newest first: lines `name base64-of-32-bytes`; made on first use where that is allowed."""
    if make and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(f"k1 {base64.b64encode(os.urandom(envelope.KEY_BYTES)).decode()}\n", encoding="ascii")
    try:
        lines = [line.split() for line in file.read_text(encoding="ascii").splitlines() if line.strip()]
        keys = {name.encode().ljust(envelope.NAME_BYTES, b"\0"): base64.b64decode(key) for name, key in lines}
    except (OSError, ValueError) as error:
        raise MasterKeysError(f"cannot be read: {error}") from error
    if not keys or len(keys) != len(lines) or any(len(name) != envelope.NAME_BYTES for name in keys):
        raise MasterKeysError("needs lines with a name of at most 8 letters, each once, and a key")
    if any(len(key) != envelope.KEY_BYTES for key in keys.values()):
        raise MasterKeysError("needs keys of 32 bytes in base64")
    return keys
