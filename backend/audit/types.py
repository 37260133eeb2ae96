"""Plain values of the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Look:
    """One look at or deed with a person's data by somebody else, as the person may read it (no names of staff)."""

    at: datetime
    actor_kind: str
    roles: tuple[str, ...]
    action: str
    object_type: str
    object_id: str
    reason: str | None
    name: str | None = None  # what the object is called, by the room that knows it


@dataclass(frozen=True)
class Fault:
    """What is wrong with the trail: a stable code, the entry or seal it concerns."""

    code: str
    place: str


@dataclass(frozen=True)
class Head:
    """The newest seal: its number and hash; whoever keeps it elsewhere can prove later what was there."""

    number: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.number}:{self.hash.hex()}"


@dataclass
class Report:
    """The result of a verification."""

    entries: int = 0
    seals: int = 0
    head: Head | None = None
    faults: list[Fault] = field(default_factory=list)


Payload = Mapping[str, Any]
Row = Mapping[str, Any]
ObjectKey = tuple[str, str]
Account = UUID | None
