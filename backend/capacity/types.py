"""Kinds of lanes, who may use them, and an office's opening plan as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class LaneKind(StrEnum):
    """What a lane is: a desk of a slot class, or a resource that some visits need beside the desk."""

    STANDARD = "standard"
    SHORT = "short"
    STEP_FREE = "step_free"
    SIGN_LANGUAGE = "sign_language"
    LARGE_ROOM = "large_room"


class Usage(StrEnum):
    """Who books the lane: everybody, or staff only."""

    PUBLIC = "public"
    INTERNAL = "internal"


DESKS = (LaneKind.STANDARD, LaneKind.SHORT)
NEEDS = (LaneKind.STEP_FREE, LaneKind.SIGN_LANGUAGE, LaneKind.LARGE_ROOM)


@dataclass(frozen=True, slots=True)
class Lane:
    """One desk or one needed resource; `number` counts from 1 within office, kind and usage."""

    resource_id: int
    office_id: int
    kind: LaneKind
    usage: Usage
    number: int


@dataclass(frozen=True, slots=True)
class Period:
    """So many lanes of a kind are open on a weekday (1 = Monday) between two local times; 00:00 closes at midnight."""

    kind: LaneKind
    weekday: int
    opens: time
    closes: time
    lanes_public: int
    lanes_internal: int
    valid_from: date
    valid_until: date | None

    def lanes(self, usage: Usage) -> int:
        """How many lanes the period opens for this usage."""
        return self.lanes_public if usage is Usage.PUBLIC else self.lanes_internal


@dataclass(frozen=True, slots=True)
class Break:
    """All lanes of the office rest on a weekday between two local times."""

    weekday: int
    starts: time
    ends: time
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Closure:
    """Closed on these days, inclusive; without times for the whole day."""

    first_day: date
    last_day: date
    starts: time | None
    ends: time | None


@dataclass(frozen=True, slots=True)
class Opening:
    """Open on one date beyond the weekly pattern: an exceptional opening or a stop of a mobile office."""

    kind: LaneKind
    opens: time
    closes: time
    lanes_public: int
    lanes_internal: int

    def lanes(self, usage: Usage) -> int:
        """How many lanes the opening opens for this usage."""
        return self.lanes_public if usage is Usage.PUBLIC else self.lanes_internal


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides when an office's lanes are open; `land` names the public holidays (ISO 3166-2:DE)."""

    office_id: int
    land: str
    horizon_days: int
    lead_minutes: int
    lanes: Sequence[Lane]
    periods: Sequence[Period]
    breaks: Sequence[Break]
    closures: Sequence[Closure]
    openings: Mapping[date, Sequence[Opening]]
