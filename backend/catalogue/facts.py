"""Facts of all bookable services and offices, read in two queries and kept per process until the catalogue changes."""

from collections import defaultdict
from dataclasses import dataclass
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, func, select

from backend.catalogue.models import Authority, Office, Service, ServiceOffice
from backend.catalogue.queries import DbSession, version_unchecked
from backend.catalogue.types import AccessFeature, Address, BookableOffice, BookableService, OfficeKind
from backend.core.db import pool_of

SECONDS_BETWEEN_LOOKS = 5.0


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything bookable, by slug; offices in display order."""

    version: int
    services: dict[str, BookableService]
    offices: dict[str, BookableOffice]


_kept: WeakKeyDictionary[Pool, tuple[float, Facts]] = WeakKeyDictionary()  # by database


def facts(session: DbSession) -> Facts:
    """Return the facts of this database; at most five seconds old, at once after an import in the same process."""
    database = pool_of(session)
    looked_at, known = _kept.get(database, (float("-inf"), None))
    if known is not None and monotonic() - looked_at < SECONDS_BETWEEN_LOOKS:
        return known
    version = version_unchecked(session)
    if known is None or known.version != version:
        known = Facts(version, _services(session), _offices(session))
    _kept[database] = (monotonic(), known)
    return known


def forget() -> None:
    """Drop what is kept, because the tables have just changed."""
    _kept.clear()


def _offices(session: DbSession) -> dict[str, BookableOffice]:
    found = (
        select(Office, Authority.slug)
        .join(Authority, Authority.id == Office.authority_id)
        .where(Office.active, Office.bookable)
        .order_by(Office.position, Office.id)
    )
    return {office.slug: _office(office, authority) for office, authority in session.execute(found)}


def _office(row: Office, authority: str) -> BookableOffice:
    features = row.access_features
    return BookableOffice(
        id=row.id,
        slug=row.slug,
        authority=authority,
        kind=OfficeKind(row.kind),
        name=row.name,
        short_name=row.short_name,
        address=Address(row.street, row.postcode, row.city),
        access_features=None if features is None else frozenset(map(AccessFeature, features)),
    )


def _services(session: DbSession) -> dict[str, BookableService]:
    offering = func.array_agg(ServiceOffice.office_id)
    found = (
        select(Service, offering)
        .join(ServiceOffice, ServiceOffice.service_id == Service.id)
        .join(Office, Office.id == ServiceOffice.office_id)
        .where(Service.active, Service.bookable, Office.active, Office.bookable)
        .group_by(Service.id)
        .order_by(Service.position, Service.id)
    )
    rows = [(service, frozenset(office_ids)) for service, office_ids in session.execute(found)]
    groups: dict[str | None, set[str]] = defaultdict(set)
    for service, _ in rows:
        groups[service.combine_group].add(service.slug)
    groups.pop(None, None)
    return {
        service.slug: _service(service, office_ids, groups.get(service.combine_group, set()))
        for service, office_ids in rows
    }


def _service(row: Service, office_ids: frozenset[int], group: set[str]) -> BookableService:
    minutes = row.duration_minutes or 0
    return BookableService(
        id=row.id,
        slug=row.slug,
        duration_minutes=minutes,
        further_person_minutes=minutes if row.further_person_minutes is None else row.further_person_minutes,
        max_quantity=row.max_quantity,
        short_concern=row.short_concern,
        combinable_with=frozenset(group - {row.slug}),
        office_ids=office_ids,
    )
