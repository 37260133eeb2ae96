"""An appointment as its holder, her calendar and her mails see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from backend.booking import queries, rules
from backend.booking.service.entry import admit
from backend.booking.types import AppointmentView, ServiceView
from backend.catalogue import service as catalogue
from backend.catalogue.types import Address, OfficeKind
from backend.core.clock import BERLIN
from backend.core.security import format_reference
from backend.core.settings import get_settings


def get_appointment(session: Session, reference: str, secret: str | None) -> AppointmentView:
    """The appointment that a manage secret opens; raises NotFound."""
    return view(session, admit(session, reference, secret, lock=False))


def view(session: Session, row: Row[Any]) -> AppointmentView:
    """An appointment's row (with `now`) as an answer; names of services in the appointment's language."""
    services = queries.services_of(session, row.id)
    names = catalogue.service_names(session, [service for service, _ in services], row.language)
    office = catalogue.office_summaries(session, [row.office])[row.office]
    state = rules.state_at(row.state, row.confirm_by, row.now)
    return AppointmentView(
        reference=format_reference(row.reference),
        state=state,
        services=[ServiceView(service, quantity, names[service]) for service, quantity in services],
        office=office,
        place=place_of(session, office, row.starts_at),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        language=row.language,
        person={"given_name": row.given_name, "family_name": row.family_name},
        contact={"email": row.email, "mobile": row.mobile},
        needs=row.needs,
        confirm_by=row.confirm_by if state == "unconfirmed" else None,
        extensions_left=rules.extensions_left(row.extensions) if state == "unconfirmed" else None,
        undo_until=rules.undo_until(row.cancelled_at, was_confirmed=row.confirmed_at is not None),
        sequence=row.sequence,
        demo=get_settings().demo,
    )


def place_of(session: Session, office: Mapping[str, Any], starts_at: datetime) -> Address:
    """Where to go: a mobile office's stop at that time, else the house (`office`: OfficeSummary)."""
    local = starts_at.astimezone(BERLIN)
    known = catalogue.bookable_offices(session, [office["slug"]]).get(office["slug"])
    if known is not None and known.kind is OfficeKind.MOBILE:
        for stop in catalogue.mobile_stops(session, [known.id], local.date(), local.date()):
            if stop.opens <= local.time() < stop.closes:
                return stop.address
    return Address(**office["address"])
