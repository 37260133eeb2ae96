"""Asks ClamAV whether bytes are known malware (clamd's INSTREAM protocol)."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

CONNECT_SECONDS = 2.0
SCAN_SECONDS = 60.0
PIECE_BYTES = 128 * 1024
LONGEST_ANSWER = 4096


class ScannerUnavailableError(Exception):
    """Nobody knows whether the file is clean: ask again later, and hand nothing out before."""


@dataclass(frozen=True)
class Verdict:
    """`signature` is the scanner's name of what it found, None for a clean file."""

    signature: str | None


class Scanner(Protocol):
    """Something that knows malware."""

    def scan(self, content: bytes) -> Verdict:
        """Judge a whole file; raises ScannerUnavailableError."""


class NoScanner:
    """No scanner is configured: no file ever becomes clean."""

    def scan(self, content: bytes) -> Verdict:  # noqa: ARG002 - the protocol's signature
        """Refuse to judge."""
        raise ScannerUnavailableError("no scanner is configured")


class Clamd:
    """A clamd at `tcp://host:port` or `unix:///path`."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)

    def scan(self, content: bytes) -> Verdict:
        """Stream a file to clamd; what it says beyond OK or FOUND is no verdict."""
        try:
            with self._connect() as connection:
                connection.settimeout(SCAN_SECONDS)
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), PIECE_BYTES):
                    piece = content[start : start + PIECE_BYTES]
                    connection.sendall(struct.pack("!L", len(piece)) + piece)
                connection.sendall(struct.pack("!L", 0))
                said = self._answer(connection)
        except OSError as error:
            raise ScannerUnavailableError(type(error).__name__) from error
        if said == "stream: OK":
            return Verdict(None)
        if said.startswith("stream: ") and said.endswith(" FOUND"):
            return Verdict(said.removeprefix("stream: ").removesuffix(" FOUND"))
        raise ScannerUnavailableError("unknown answer")

    def _connect(self) -> socket.socket:
        if self._parts.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(CONNECT_SECONDS)
            try:
                connection.connect(self._parts.path)
            except OSError:
                connection.close()
                raise
            return connection
        return socket.create_connection((self._parts.hostname or "", self._parts.port or 3310), CONNECT_SECONDS)

    @staticmethod
    def _answer(connection: socket.socket) -> str:
        said = b""
        while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
            piece = connection.recv(LONGEST_ANSWER)
            if not piece:
                break
            said += piece
        return said.rstrip(b"\0").decode("ascii", "replace")


def scanner_of(url: str | None) -> Scanner:
    """The deployment's scanner."""
    return Clamd(url) if url else NoScanner()
