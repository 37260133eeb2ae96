"""Sealed bytes: AES-256-GCM under a named key, bound to their place, so that no ciphertext works anywhere else.

Envelope: `0xA1 | key name, 8 bytes | nonce, 12 bytes | ciphertext | tag, 16 bytes`; the associated data is the place.
A file is a row of segments (64 KiB of plain bytes each) that share a random prefix; each nonce holds the segment's
number and whether it is the last one, so that nothing can be cut off, swapped or left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\xa1"
NAME_BYTES = 8
NONCE_BYTES = 12
TAG_BYTES = 16
KEY_BYTES = 32
SEGMENT_BYTES = 64 * 1024
PREFIX_BYTES = 7
COUNTER_BYTES = 4
HEADER_BYTES = len(VERSION) + NAME_BYTES


class DamagedError(Exception):
    """Not ours, cut off, changed, or sealed for another place."""


def seal(key: bytes, name: bytes, plain: bytes, place: str) -> bytes:
    """Seal `plain` (any length) for `place` (`table.column:row`) under the key called `name` (8 bytes)."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + name + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """The plain bytes; raises DamagedError."""
    if sealed[:1] != VERSION or len(sealed) < HEADER_BYTES + NONCE_BYTES + TAG_BYTES:
        raise DamagedError
    body = sealed[HEADER_BYTES:]
    try:
        return AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], place.encode())
    except InvalidTag as error:
        raise DamagedError from error


def name_of(sealed: bytes) -> bytes:
    """The name of the key that sealed these bytes (8 bytes)."""
    return sealed[len(VERSION) : HEADER_BYTES]


def seal_stream(key: bytes, name: bytes, parts: Iterable[bytes], place: str) -> Iterator[bytes]:
    """Seal a file piece by piece; needs memory for two segments."""
    cipher, prefix = AESGCM(key), os.urandom(PREFIX_BYTES)
    yield VERSION + name + prefix
    for number, (segment, last) in enumerate(_segments(parts, SEGMENT_BYTES)):
        yield cipher.encrypt(_nonce(prefix, number, last), segment, place.encode())


def unseal_stream(key: bytes, parts: Iterable[bytes], place: str) -> Iterator[bytes]:
    """The plain pieces of a sealed file, each checked before it is given out (DamagedError)."""
    cipher, pieces = AESGCM(key), _exactly(parts, HEADER_BYTES + PREFIX_BYTES)
    header = next(pieces)
    prefix = header[HEADER_BYTES:]
    if header[:1] != VERSION or len(prefix) != PREFIX_BYTES:
        raise DamagedError
    for number, (segment, last) in enumerate(_segments(pieces, SEGMENT_BYTES + TAG_BYTES)):
        try:
            yield cipher.decrypt(_nonce(prefix, number, last), segment, place.encode())
        except InvalidTag as error:
            raise DamagedError from error


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(COUNTER_BYTES, "big") + bytes([last])


def _segments(parts: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream into pieces of `size` bytes, telling the last one (an empty stream has one empty piece)."""
    waiting = b""
    for part in parts:
        waiting += part
        while len(waiting) > size:
            yield waiting[:size], False
            waiting = waiting[size:]
    yield waiting, True


def _exactly(parts: Iterable[bytes], size: int) -> Iterator[bytes]:
    """First a piece of `size` bytes (shorter when there are no more), then the rest as it comes."""
    waiting, stream = b"", iter(parts)
    for part in stream:
        waiting += part
        if len(waiting) >= size:
            break
    yield waiting[:size]
    yield waiting[size:]
    yield from stream
