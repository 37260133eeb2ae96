"""What a store of sealed bytes does; it never sees a plain byte, a name or a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol


class MissingObjectError(Exception):
    """There is nothing stored under this key."""


class FileStore(Protocol):
    """Objects by key (`<id>/<part>`); writing the same key again replaces it, all or nothing."""

    def write(self, key: str, parts: Iterable[bytes]) -> None:
        """Store an object; after it returns the object outlives a crash."""

    def read(self, key: str) -> Iterator[bytes]:
        """Its pieces; raises MissingObjectError before the first one."""

    def list(self, prefix: str) -> list[str]:
        """The keys below `<prefix>/`, sorted."""

    def remove(self, prefix: str) -> None:
        """Remove every object below `<prefix>/`, or the object of that very key; none is no error."""

    def free_share(self) -> float:
        """How much of the store is free, 0 to 1 (1 where nobody knows a limit)."""
