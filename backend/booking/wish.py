"""What a person wants in one appointment: services with persons, how long it takes, where it is offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from backend.booking.errors_wish import (
    NotCombinable,
    NotOffered,
    TooMany,
    UnknownOffice,
    UnknownService,
)
from backend.capacity.rules import CELL_MINUTES
from backend.capacity.types import LaneKind
from backend.catalogue import service as catalogue
from backend.catalogue.types import BookableOffice, BookableService
from backend.core.clock import AnySession
from backend.core.errors import FieldError

MAX_CONCERNS = 3
MAX_PERSONS = 5
SHORT_MINUTES = 10

Asked = tuple[BookableService, int]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the values stand in the request, for pointers in problem documents; {} is the position in the list."""

    service: str
    quantity: str
    office: str


IN_QUERY = Places(service="/service/{}", quantity="/service/{}", office="/office/{}")
IN_BODY = Places(service="/services/{}/service", quantity="/services/{}/quantity", office="/office")


@dataclass(frozen=True, slots=True)
class OfficeRef:
    """An office by id (read model) and slug (interface)."""

    id: int
    slug: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A checked request: length in minutes (a multiple of five), desks that may serve it, resources needed beside."""

    services: tuple[tuple[str, int], ...]
    length_minutes: int
    slot_classes: tuple[LaneKind, ...]
    needs: tuple[LaneKind, ...]
    offices: tuple[OfficeRef, ...]

    @property
    def cells(self) -> int:
        """The length in five-minute cells."""
        return self.length_minutes // CELL_MINUTES


def length_minutes(asked: Iterable[Asked]) -> int:
    """Sum of each service's time, further persons at their shorter time, rounded up to five minutes."""
    total = sum(
        service.duration_minutes + (quantity - 1) * service.further_person_minutes for service, quantity in asked
    )
    return -(-total // CELL_MINUTES) * CELL_MINUTES


def slot_classes(asked: Sequence[Asked], minutes: int) -> tuple[LaneKind, ...]:
    """Standard desks serve everything; desks for short concerns only what is flagged so and fits their slot."""
    if minutes <= SHORT_MINUTES and all(service.short_concern for service, _ in asked):
        return (LaneKind.SHORT, LaneKind.STANDARD)
    return (LaneKind.STANDARD,)


def resolve_wish(
    session: AnySession,
    services: Sequence[tuple[str, int]],
    office_slugs: Sequence[str] | None,
    needs: Iterable[str] = (),
    places: Places = IN_BODY,
) -> Wish:
    """Check a request against the catalogue; no office = all that offer every asked service.

    Raises UnknownService, UnknownOffice, NotOffered, NotCombinable, TooMany (all 422 with pointers).
    """
    known = catalogue.bookable_services(session, [slug for slug, _ in services])
    _refuse_unknown(UnknownService, places.service, [slug in known for slug, _ in services])
    asked = [(known[slug], quantity) for slug, quantity in services]
    _check_amounts(asked, places)
    _check_combination(asked, places)
    minutes = length_minutes(asked)
    return Wish(
        services=tuple(services),
        length_minutes=minutes,
        slot_classes=slot_classes(asked, minutes),
        needs=tuple(dict.fromkeys(LaneKind(need) for need in needs)),
        offices=_offices(session, asked, office_slugs, places),
    )


def _check_amounts(asked: Sequence[Asked], places: Places) -> None:
    errors = [
        FieldError(places.quantity.format(position), "too_many", {"max": most})
        for position, (service, quantity) in enumerate(asked)
        if quantity > (most := min(service.max_quantity, MAX_PERSONS))
    ]
    if len(asked) > MAX_CONCERNS:
        errors.append(FieldError(places.service.format(MAX_CONCERNS), "too_many", {"max": MAX_CONCERNS}))
    if errors:
        raise TooMany(errors=errors)


def _check_combination(asked: Sequence[Asked], places: Places) -> None:
    errors = [
        FieldError(places.service.format(second), "not_combinable", {"with": asked[first][0].slug})
        for first, second in combinations(range(len(asked)), 2)
        if asked[second][0].slug not in asked[first][0].combinable_with
    ]
    if errors:
        raise NotCombinable(errors=errors)


def _offices(
    session: AnySession, asked: Sequence[Asked], slugs: Sequence[str] | None, places: Places
) -> tuple[OfficeRef, ...]:
    offering = frozenset.intersection(*(service.office_ids for service, _ in asked))
    known = catalogue.bookable_offices(session, slugs or None)
    if not slugs:
        return tuple(_ref(office) for office in known.values() if office.id in offering)
    _refuse_unknown(UnknownOffice, places.office, [slug in known for slug in slugs])
    _refuse_unknown(NotOffered, places.office, [known[slug].id in offering for slug in slugs])
    return tuple(_ref(known[slug]) for slug in dict.fromkeys(slugs))


def _ref(office: BookableOffice) -> OfficeRef:
    return OfficeRef(office.id, office.slug)


def _refuse_unknown(
    error: type[UnknownService] | type[UnknownOffice] | type[NotOffered], pointer: str, fine: Sequence[bool]
) -> None:
    errors = [FieldError(pointer.format(position), error.code) for position, ok in enumerate(fine) if not ok]
    if errors:
        raise error(errors=errors)
