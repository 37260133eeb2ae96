"""A ZIP that leaves while it is written: nothing waits in memory, and every file's SHA-256 is told at the end."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class File:
    """One file of a ZIP; `packed`: worth compressing (a picture or PDF is not)."""

    name: str
    pieces: Iterable[bytes]
    packed: bool = True


class _Pipe(io.RawIOBase):
    """What was written and not taken yet; a place where nobody can go back."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        """It takes bytes."""
        return True

    def write(self, data: object) -> int:
        """Keep bytes until they are taken."""
        given = bytes(data)  # type: ignore[call-overload]  # zipfile writes bytes-like objects
        self._waiting += given
        return len(given)

    def take(self) -> bytes:
        """What waits, once."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def written(files: Iterable[File], at: datetime) -> Iterator[bytes]:
    """The bytes of a ZIP with these files, in order, and last `SHA256SUMS` as `sha256sum --check` reads it."""
    pipe, sums = _Pipe(), []
    with zipfile.ZipFile(pipe, "w") as archive:
        for file in files:
            digest = hashlib.sha256()
            with archive.open(_info(file.name, at, packed=file.packed), "w", force_zip64=True) as entry:
                for piece in file.pieces:
                    digest.update(piece)
                    entry.write(piece)
                    yield pipe.take()
            sums.append(f"{digest.hexdigest()}  {file.name}\n")
        archive.writestr(_info(SUMS, at, packed=True), "".join(sums))
    yield pipe.take()


def _info(name: str, at: datetime, *, packed: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.external_attr = 0o444 << 16  # nobody is meant to write into it
    return info
