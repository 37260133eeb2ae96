"""Decisions of booking that follow from values alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from backend.booking.types import Contact, Person

EXTENSIONS: Final = 10  # WCAG 2.2.1: at least ten times, by one action
UNDO: Final = timedelta(minutes=5)
SESSION: Final = timedelta(minutes=30)
CALENDAR_LINK: Final = timedelta(seconds=60)
KEPT_AFTER_VISIT: Final = timedelta(days=14)
KEPT_UNCONFIRMED: Final = timedelta(days=1)
LINKS_AFTER_END: Final = timedelta(days=1)
PER_SERVICE: Final = 2
IN_ALL: Final = 4
HELPER_PER_SERVICE: Final = 20
HELPER_IN_ALL: Final = 40

State = Literal["unconfirmed", "booked", "cancelled", "expired"]


def state_at(stored: str, confirm_by: datetime | None, now: datetime) -> State:
    """The state at an instant: an unconfirmed appointment expires by itself."""
    if stored == "unconfirmed" and confirm_by is not None and confirm_by <= now:
        return "expired"
    assert stored in {"unconfirmed", "booked", "cancelled"}  # noqa: S101 - a CHECK of the table, told to the types
    return stored  # type: ignore[return-value]  # see the line above


def undo_until(cancelled_at: datetime | None, *, was_confirmed: bool) -> datetime | None:
    """Until when a cancellation can be undone; never for one that was not confirmed, nobody has proved its contact."""
    return cancelled_at + UNDO if cancelled_at is not None and was_confirmed else None


def extensions_left(used: int) -> int:
    """How often a hold or a confirmation can still be extended."""
    return max(EXTENSIONS - used, 0)


def over_limit(open_services: Sequence[Sequence[str]], wanted: Sequence[str], *, helper: bool) -> bool:
    """Whether a contact has too many open appointments: `open_services` lists the services of each."""
    in_all, per_service = (HELPER_IN_ALL, HELPER_PER_SERVICE) if helper else (IN_ALL, PER_SERVICE)
    if len(open_services) >= in_all:
        return True
    return any(sum(service in services for services in open_services) >= per_service for service in wanted)


def request_hash(person: Person, contact: Contact, needs: Sequence[str] | None) -> bytes:
    """What makes two bookings of one hold the same request: the person, the contact and the needs."""
    parts = [person.given_name, person.family_name, contact.email, contact.mobile, sorted(needs) if needs else None]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).digest()


def overlap(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Whether two half-open periods share an instant."""
    return first[0] < second[1] and second[0] < first[1]


def combinations(desks: Sequence[int], needed: Mapping[str, Sequence[int]], most: int = 24) -> list[tuple[int, ...]]:
    """Sets of resources to try, in the order given: one desk and one resource of each need, ids ascending in a set.

    Ascending ids are the lock order: two visits that want the same desk and interpreter can never wait for each other.
    """
    found: list[tuple[int, ...]] = [(desk,) for desk in desks]
    for options in needed.values():
        found = [(*chosen, option) for chosen in found for option in options if option not in chosen]
    return [tuple(sorted(chosen)) for chosen in found[:most]]
