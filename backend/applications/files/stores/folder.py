"""A folder of this machine: one folder per file id, spread over 256 folders, written under another name first."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from backend.applications.files.stores.types import MissingObjectError

PIECE_BYTES = 256 * 1024


class Folder:
    """A FileStore in a folder that only this user can read."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, key: str, parts: Iterable[bytes]) -> None:
        """Write beside, flush to the disk, then rename: a crash leaves the old object or the new one."""
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f".{secrets.token_hex(8)}")
        try:
            with beside.open("xb") as file:
                beside.chmod(0o600)
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        _flush_folder(path.parent)

    def read(self, key: str) -> Iterator[bytes]:
        """Its pieces of 256 KiB."""
        try:
            file = self._path(key).open("rb")
        except FileNotFoundError as error:
            raise MissingObjectError(key) from error
        return _pieces(file)

    def list(self, prefix: str) -> list[str]:
        """The keys below `<prefix>/`, sorted; what a crash left half written is no object."""
        folder = self._path(prefix)
        if not folder.is_dir():
            return []
        return sorted(f"{prefix}/{path.name}" for path in folder.iterdir() if not path.name.startswith("."))

    def remove(self, prefix: str) -> None:
        """Remove the folder of a file, or one object in it."""
        path = self._path(prefix)
        with suppress(FileNotFoundError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    def free_share(self) -> float:
        """The free share of the disk."""
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        usage = shutil.disk_usage(self._root)
        return usage.free / usage.total

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key


def _pieces(file: object) -> Iterator[bytes]:
    with file as opened:  # type: ignore[attr-defined]  # a binary file
        while piece := opened.read(PIECE_BYTES):
            yield piece


def _flush_folder(folder: Path) -> None:
    """A new name is safe only when its folder is written too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
