"""The life of an application as data: which happening may follow which state, by whom, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Final

from backend.applications.types import By, Event, Happening, Standing, State

EXTENSIONS: Final = 10  # of the time for an answer: by one action, at least ten times (WCAG 2.2.1)
S, H = State, Happening
BEFORE_DECISION: Final = frozenset({S.RECEIVED, S.IN_REVIEW, S.WAITING})
DECIDED: Final = frozenset({S.GRANTED, S.PARTLY, S.REFUSED})
ENDED: Final = DECIDED | {S.WITHDRAWN, S.LAPSED, S.CLOSED}
SENT: Final = frozenset(State) - {S.DRAFT}
ANY: Final = frozenset(State)


class NotNowError(Exception):
    """The table has no such step from this state, or not for this actor."""


@dataclass(frozen=True)
class Step:
    """From these states, by these actors, to that state; `to` empty = the state stays."""

    sources: frozenset[State]
    by: frozenset[By]
    to: State | None = None


def _by(*actors: By) -> frozenset[By]:
    return frozenset(actors)


PERSON, OFFICE, SYSTEM = _by(By.PERSON), _by(By.OFFICE), _by(By.SYSTEM)
WHO_FILLS = _by(By.PERSON, By.HELPER)

TABLE: Final[Mapping[Happening, Step]] = {
    H.CREATED: Step(frozenset({S.DRAFT}), WHO_FILLS),
    H.VERSION_MOVED: Step(frozenset({S.DRAFT}), WHO_FILLS | SYSTEM),
    H.DRAFT_WARNED: Step(frozenset({S.DRAFT}), SYSTEM),
    H.SUBMITTED: Step(frozenset({S.DRAFT}), PERSON, S.SUBMITTED),
    H.UNDONE: Step(frozenset({S.SUBMITTED}), PERSON, S.DRAFT),
    H.RECEIVED: Step(frozenset({S.SUBMITTED}), PERSON | SYSTEM, S.RECEIVED),
    H.REVIEW_STARTED: Step(frozenset({S.RECEIVED}), OFFICE, S.IN_REVIEW),
    H.FEE_SET: Step(BEFORE_DECISION, OFFICE),
    H.PAYMENT: Step(ANY, SYSTEM | PERSON | OFFICE),
    H.REQUEST_OPENED: Step(BEFORE_DECISION, OFFICE, S.WAITING),
    H.REQUEST_REMINDED: Step(frozenset({S.WAITING}), SYSTEM),
    H.REQUEST_EXTENDED: Step(frozenset({S.WAITING}), PERSON | OFFICE),
    H.REQUEST_ANSWERED: Step(frozenset({S.WAITING}), PERSON, S.IN_REVIEW),
    H.REQUEST_CANCELLED: Step(frozenset({S.WAITING}), OFFICE, S.IN_REVIEW),
    H.PERSON_WROTE: Step(SENT - {S.SUBMITTED, S.CLOSED}, WHO_FILLS),
    H.OFFICE_WROTE: Step(SENT - {S.SUBMITTED, S.CLOSED}, OFFICE),
    H.GRANTED: Step(frozenset({S.RECEIVED, S.IN_REVIEW}), OFFICE | SYSTEM, S.GRANTED),
    H.PARTLY_GRANTED: Step(frozenset({S.RECEIVED, S.IN_REVIEW}), OFFICE, S.PARTLY),
    H.REFUSED: Step(frozenset({S.RECEIVED, S.IN_REVIEW}), OFFICE, S.REFUSED),  # never by the system
    H.DISCONTINUED: Step(frozenset({S.RECEIVED, S.IN_REVIEW}), OFFICE, S.CLOSED),  # nor this: a person says why
    H.PERSON_ASKED: Step(frozenset({S.GRANTED}), PERSON, S.IN_REVIEW),
    H.LETTER_PROVIDED: Step(DECIDED | {S.CLOSED, S.LAPSED}, OFFICE | SYSTEM),
    H.HANDOVER: Step(SENT - {S.SUBMITTED}, SYSTEM | OFFICE),
    H.APPOINTMENT: Step(ANY, SYSTEM),  # booking is never refused because of an application
    H.WITHDRAWN: Step(BEFORE_DECISION | {S.SUBMITTED}, PERSON, S.WITHDRAWN),
    H.LAPSED: Step(frozenset({S.WAITING}), OFFICE, S.LAPSED),  # a person decides it, never the calendar
    H.CLOSED: Step(DECIDED | {S.WITHDRAWN, S.LAPSED}, OFFICE | SYSTEM, S.CLOSED),
    H.CORRECTED: Step(BEFORE_DECISION, OFFICE),
    H.OFFICE_CHANGED: Step(BEFORE_DECISION, OFFICE),
    H.REOPENED: Step(DECIDED | {S.LAPSED, S.CLOSED}, OFFICE, S.IN_REVIEW),
    H.PURGED: Step(ENDED, SYSTEM),
    H.ERASURE_ANNOUNCED: Step(ENDED, SYSTEM),
    H.ERASED: Step(ANY, SYSTEM | WHO_FILLS),
}


def grace_over(ends: Sequence[date | None], day: date) -> bool:
    """Whether every open request was reminded of twice and its grace has ended; `ends`: of each, None: not given."""
    return bool(ends) and all(end is not None and end < day for end in ends)


def allowed(standing: Standing, happening: Happening, by: By) -> bool:
    """Whether the table has this step from where the application stands."""
    step = TABLE[happening]
    return standing.state in step.sources and by in step.by


def fold(events: Iterable[Event]) -> Standing:
    """Where an application stands after all its events, oldest first; raises NotNowError for an impossible life."""
    return reduce(after, events, Standing())


def after(standing: Standing, event: Event) -> Standing:
    """Where it stands after one more event; raises NotNowError."""
    if not allowed(standing, event.type, event.by):
        raise NotNowError(f"{event.type} by {event.by} in {standing.state}")
    changed = _FACETS.get(event.type, _unchanged)(standing, event)
    to = TABLE[event.type].to
    if to is S.IN_REVIEW and changed.open_requests:
        to = S.WAITING  # another request is still open
    if to in ENDED:
        changed = replace(changed, open_requests=frozenset(), ended_at=standing.ended_at or event.at)
    elif to is not None and standing.state in ENDED:  # the time in which it counted as done was not the office's
        stops = (*standing.stops, (standing.ended_at or event.at, event.at))
        changed = replace(changed, decided_at=None, ended_at=None, stops=stops)
    return _with_stops(standing, replace(changed, state=to or changed.state), event)


def _with_stops(before: Standing, now: Standing, event: Event) -> Standing:
    """Start or end a stop of the clock when it became the citizen's turn or ceased to be."""
    was, is_ = before.waiting_for is not None, now.waiting_for is not None and now.state not in ENDED
    if is_ and not was:
        return replace(now, stops=(*now.stops, (event.at, None)))
    if was and not is_ and now.stops and now.stops[-1][1] is None:
        return replace(now, stops=(*now.stops[:-1], (now.stops[-1][0], event.at)))
    return now


def _unchanged(standing: Standing, _event: Event) -> Standing:
    return standing


def _submitted(standing: Standing, event: Event) -> Standing:
    return replace(
        standing,
        submitted_at=event.at,
        identity=event.data.get("level"),
        payment=event.data.get("payment"),
        pays_first=bool(event.data.get("pays_first")),
        appointment=standing.appointment if standing.appointment == "booked" else event.data.get("appointment"),
        version=int(event.data.get("version", standing.version)),
    )


def _undone(standing: Standing, _event: Event) -> Standing:
    booked = standing.appointment if standing.appointment == "booked" else None
    return replace(standing, submitted_at=None, identity=None, payment=None, pays_first=False, appointment=booked)


def _paid(standing: Standing, event: Event) -> Standing:
    late = bool(event.data.get("refund"))  # it came after the fee was cancelled and goes back
    return replace(standing, payment=str(event.data["state"]), refund=standing.refund or late)


def _opened(standing: Standing, event: Event) -> Standing:
    return replace(standing, open_requests=standing.open_requests | {str(event.data["request"])})


def _ended_request(standing: Standing, event: Event) -> Standing:
    request = str(event.data["request"])
    if request not in standing.open_requests:
        raise NotNowError("the request is not open")
    return replace(standing, open_requests=standing.open_requests - {request})


def _decided(standing: Standing, event: Event) -> Standing:
    if standing.waiting_for == "payment":
        raise NotNowError("the fee is due before the decision")
    return replace(standing, decided_at=event.at)


def _reopened(standing: Standing, _event: Event) -> Standing:
    if standing.withdrawn:
        raise NotNowError("what the citizen withdrew stays withdrawn")
    return standing


def _withdrawn(standing: Standing, event: Event) -> Standing:
    return replace(standing, withdrawn=True, refund=bool(event.data.get("refund")))


def _version(standing: Standing, event: Event) -> Standing:
    return replace(standing, version=int(event.data["version"]))


_FACETS: Final[Mapping[Happening, Callable[[Standing, Event], Standing]]] = {
    H.CREATED: _version,
    H.VERSION_MOVED: _version,
    H.SUBMITTED: _submitted,
    H.UNDONE: _undone,
    H.RECEIVED: lambda standing, event: replace(standing, received_at=event.at),
    H.FEE_SET: lambda standing, _event: replace(standing, payment="open"),
    H.PAYMENT: _paid,
    H.HANDOVER: lambda standing, event: replace(standing, handover=str(event.data["state"])),
    H.APPOINTMENT: lambda standing, event: replace(standing, appointment=str(event.data["state"])),
    H.REQUEST_OPENED: _opened,
    H.REQUEST_ANSWERED: _ended_request,
    H.REQUEST_CANCELLED: _ended_request,
    H.GRANTED: _decided,
    H.PARTLY_GRANTED: _decided,
    H.REFUSED: _decided,
    H.DISCONTINUED: lambda standing, event: replace(standing, decided_at=event.at),
    H.PERSON_ASKED: lambda standing, _event: replace(standing, decided_at=None),
    H.WITHDRAWN: _withdrawn,
    H.REOPENED: _reopened,
}
