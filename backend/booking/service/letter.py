"""What mails and calendar files say about an appointment, read again before each sending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session, scoped_session

from backend.booking import queries, rules
from backend.booking.service.view import place_of
from backend.catalogue import service as catalogue
from backend.catalogue.types import Address
from backend.core.security import format_reference
from backend.core.settings import get_settings
from backend.notifications.types import BookingMessage, ServiceLine


class Appointments:
    """Tells notifications what an appointment is now (MessageSource)."""

    def load(self, session: Session | scoped_session[Session], object_id: UUID, language: str) -> BookingMessage | None:
        """The appointment, or None when it is gone or its names are erased."""
        real = session() if isinstance(session, scoped_session) else session
        row = queries.appointment_by_id_unchecked(real, object_id)
        return None if row is None or row.erased_at is not None else message_of(real, row, language)


def message_of(session: Session, row: Row[Any], language: str) -> BookingMessage:
    """The facts of an appointment's row, with texts in a language."""
    services = queries.services_of(session, row.id)
    slugs = [service for service, _ in services]
    office = catalogue.office_summaries(session, [row.office])[row.office]
    names = catalogue.service_names(session, slugs, language)
    documents = catalogue.documents_to_bring(session, slugs, language, office["authority"])
    how_to_get_there, access = catalogue.office_directions(session, row.office, language)
    return BookingMessage(
        reference=format_reference(row.reference),
        state=rules.state_at(row.state, row.confirm_by, row.now),
        sequence=row.sequence,
        uid=row.id.hex,
        updated_at=row.updated_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        email=row.email or row.mobile,
        person_name=" ".join(part for part in (row.given_name, row.family_name) if part),
        services=tuple(ServiceLine(name=names[service], quantity=quantity) for service, quantity in services),
        documents=tuple(dict.fromkeys(document for slug in slugs for document in documents.get(slug, ()))),
        office_name=office["name"],
        address=_lines(place_of(session, office, row.starts_at), office["name"]),
        how_to_get_there=how_to_get_there,
        access=access,
        confirm_by=row.confirm_by,
        demo=get_settings().demo,
    )


def _lines(place: Address, office_name: str) -> tuple[str, ...]:
    """The lines below the office's name; a building that this name already says is not said twice."""
    building = None if place.name and place.name in office_name else place.name
    city = " ".join(part for part in (place.postcode, place.city) if part)
    return tuple(line for line in (building, place.street, city) if line)
