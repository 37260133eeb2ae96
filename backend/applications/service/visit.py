"""A visit that the rules ask for: which service to book, how long it takes and what to bring."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications import codes
from backend.catalogue import service as catalogue
from backend.core.i18n import LocalizedText
from backend.forms.types import Route


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What booking needs to open with; `minutes` empty where the catalogue does not offer the service any more.

    `origin` is the word that the hold carries, so that the application learns of its appointment.
    """

    service: str
    office: str | None
    minutes: int | None
    documents: list[LocalizedText]
    origin: str


def needed(session: Session, route: Route, lang: str, application_id: UUID) -> Visit | None:
    """The visit of a route, or None when everything is done online."""
    if not route.visit_needed or route.appointment_service is None:
        return None
    return of_service(session, route.appointment_service, route.office, lang, application_id)


def of_service(session: Session, service: str, office: str | None, lang: str, application_id: UUID) -> Visit:
    """A visit for a service of the catalogue; the office only where it can be booked."""
    bookable = catalogue.bookable_services(session, [service]).get(service)
    offices = catalogue.bookable_offices(session, [office]) if office else {}
    authority = catalogue.office_summaries(session, [office])[office]["authority"] if office in offices else None
    return Visit(
        service=service,
        office=office if office in offices else None,
        minutes=None if bookable is None else bookable.duration_minutes,
        documents=catalogue.documents_to_bring(session, [service], lang, authority).get(service, []),
        origin=codes.visit_word(application_id),
    )
