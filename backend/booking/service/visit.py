"""A wish at one office and time: checked against the window, then taken desk by desk until the database says yes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.booking import rules
from backend.booking.availability import earliest_slots
from backend.booking.errors import SlotTaken, refuse
from backend.booking.recent import recent_answers
from backend.booking.service.stock import Desks, Period, Taken, Wanted, end_own_delays, take_any
from backend.booking.types import slot_document
from backend.booking.wish import Wish, resolve_wish
from backend.capacity import service as capacity
from backend.capacity.offer import Offer, offer
from backend.capacity.rules import cell_of, days_touched, local_date, on_grid
from backend.capacity.types import LaneKind

STARTS_AT = "/starts_at"
YEARS = range(2000, 9000)  # beyond them time zones cannot be calculated with


@dataclass(frozen=True, slots=True)
class Visit:
    """A checked wish at one office (slug) and period."""

    wish: Wish
    office: str
    period: Period
    lanes: Mapping[LaneKind, Sequence[int]]

    @property
    def needs(self) -> tuple[str, ...]:
        """The resources beside the desk, as they are stored."""
        return tuple(need.value for need in self.wish.needs)

    @property
    def claims(self) -> int:
        """How many resources the visit takes."""
        return 1 + len(self.wish.needs)


def plan_wish(
    session: Session, services: Sequence[tuple[str, int]], office: str, starts_at: datetime, needs: Sequence[str]
) -> tuple[Wish, Period]:
    """What follows from the request and the catalogue alone; raises Invalid as plan_visit()."""
    if starts_at.year not in YEARS:
        refuse(STARTS_AT, "too_far" if starts_at.year >= YEARS.stop else "in_the_past")
    if not on_grid(starts_at):
        refuse(STARTS_AT, "not_on_grid")
    wish = resolve_wish(session, services, [office], needs)
    return wish, (starts_at, starts_at + timedelta(minutes=wish.length_minutes))


def desks_for(wish: Wish, period: Period) -> Desks | None:
    """The desks that one statement can choose from; None when more than a desk or a day is needed."""
    days = list(days_touched(*period))
    if wish.needs or len(days) > 1:
        return None
    first = cell_of(days[0], period[0])
    return Desks(wish.offices[0].id, days[0], wish.slot_classes, first, first + wish.cells)


def plan_visit(
    session: Session, services: Sequence[tuple[str, int]], office: str, starts_at: datetime, needs: Sequence[str]
) -> Visit:
    """Check services, office and start, and see which lanes may be free.

    Raises Invalid with pointers: unknown_service, unknown_office, not_offered, not_combinable, too_many, not_on_grid,
    in_the_past, too_soon, too_far.
    """
    wish, period = plan_wish(session, services, office, starts_at, needs)
    found = _offer(session, wish, period)
    if starts_at < found.earliest:
        refuse(STARTS_AT, "in_the_past" if starts_at <= found.now else "too_soon")
    if local_date(starts_at) > found.last_day:
        refuse(STARTS_AT, "too_far")
    return Visit(wish, wish.offices[0].slug, period, found.lanes)


def same_visit(
    session: Session, services: Sequence[tuple[str, int]], office: str, needs: Sequence[str], period: Period
) -> Visit:
    """A visit that was agreed before: its length stays even if the catalogue has changed since."""
    wish = resolve_wish(session, services, [office], needs)
    return Visit(wish, office, period, _offer(session, wish, period).lanes)


def _offer(session: Session, wish: Wish, period: Period) -> Offer:
    found = offer(session, wish.offices[0].id, (*wish.slot_classes, *wish.needs), *period)
    if found is None:
        raise SlotTaken
    return found


def take(session: Session, visit: Visit, wanted: Wanted) -> Taken | None:
    """Take a desk (of the narrowest class first) and what else is needed, for a while; None when nothing is free."""
    for sets in resource_sets(visit):
        taken = take_any(session, sets, wanted)
        if taken is not None:
            return taken
    return None


def lock_and_take(
    session: Session, visit: Visit, appointment_id: UUID, given_back: Sequence[tuple[int, datetime, datetime]] = ()
) -> Taken | None:
    """Take resources without end and keep the read model true; None when nothing is free (the caller rolls back).

    `given_back`: (resource, start, end) of claims that the caller closes in the same transaction. All lane days that
    can be touched are locked at once, so crossing moves stand in line instead of blocking each other. Time that this
    appointment has given back a moment ago, and others may not see yet, is hers again at once.
    """
    sets = [chosen for group in resource_sets(visit) for chosen in group]
    touched = [(resource, *visit.period) for chosen in sets for resource in chosen]
    lanes = capacity.lock_periods(session, [*given_back, *touched])
    for period in given_back:
        lanes.vacate(*period)
    own = end_own_delays(session, appointment_id, visit.period)
    sets.sort(key=lambda chosen: chosen != own)
    taken = take_any(session, sets, Wanted(visit.period, "booked", None, appointment_id=appointment_id))
    for resource in taken.resources if taken else ():
        lanes.occupy(resource, *visit.period)
    return taken


def resource_sets(visit: Visit) -> Iterator[list[tuple[int, ...]]]:
    """For each slot class the sets of resources that the read model calls open and not booked, in random order."""
    needed = {need.value: visit.lanes.get(need, ()) for need in visit.wish.needs}
    for slot_class in visit.wish.slot_classes:
        yield rules.combinations(visit.lanes.get(slot_class, ()), needed)


def slot_taken(session: Session, visit: Visit) -> SlotTaken:
    """The refusal with the nearest free times."""
    return SlotTaken(alternatives(session, visit.wish, visit.period[0]))


def alternatives(session: Session, wish: Wish, after: datetime) -> list[dict[str, str]]:
    """At most five free times of a wish from an instant on, else from now on; as JSON.

    Many who lose the same time at once get the same answer, found once in the seconds that the search may remember.
    """
    question = ("alternatives", wish, after.timestamp())
    kept = recent_answers().get(question)
    if kept is None:
        found = earliest_slots(session, wish, after=after) or earliest_slots(session, wish)
        kept = json.dumps([slot_document(slot) for slot in found]).encode()
        recent_answers().keep(question, kept)
    answer: list[dict[str, str]] = json.loads(kept)
    return answer
