"""Offices with little, known capacity on the real catalogue, and claims put in by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from backend.booking.availability import Availability, DayStarts, Start
from backend.booking.types import Slot
from backend.capacity import load, service
from backend.capacity.models import Resource
from backend.catalogue import files, importer
from backend.catalogue import service as catalogue
from backend.core.clock import BERLIN, today

STANDARD, SHORT = "personalausweis", "ausweis-abholen"
DAY, NIGHT, OTHER = "hb-mitte", "hb-strese", "hb-nord"


def capacity(office: str, **changes: Any) -> dict[str, Any]:
    """A capacity file's content: Monday to Sunday 08:00 to 10:00, two desks, one of them for short concerns."""
    given = {
        "office": office,
        "assumption": True,
        "source": "test",
        "land": "HB",
        "horizon_days": 365,
        "lead_minutes": 0,
        "valid_from": "2020-01-01",
        "periods": [
            {
                "weekdays": [1, 2, 3, 4, 5, 6, 7],
                "opens": "08:00",
                "closes": "10:00",
                "lanes": {"standard": 1, "short": 1, "step_free": 1},
                "internal": {"standard": 1},
            }
        ],
        **changes,
    }
    return load.CapacitySchema().load(given)


def night(office: str) -> dict[str, Any]:
    """An office that is open from 22:00 to 06:00 with two desks."""
    times = (("22:00", "00:00"), ("00:00", "06:00"))
    lanes = {"standard": 2, "sign_language": 1}
    week = [1, 2, 3, 4, 5, 6, 7]
    periods = [{"weekdays": week, "opens": opens, "closes": closes, "lanes": lanes} for opens, closes in times]
    return capacity(office, periods=periods, land="BE")


def import_catalogue(session: Session) -> None:
    """The real catalogue."""
    importer.import_folder(session, files.load(files.DATA), today(session), timedelta(days=120))


def office_id(session: Session, slug: str) -> int:
    return catalogue.bookable_offices(session, [slug])[slug].id


def lanes(session: Session, slug: str, kind: str | None = None) -> list[int]:
    """Public lanes of an office, by id."""
    rows = session.execute(
        select(Resource.id, Resource.kind)
        .where(Resource.office_id == office_id(session, slug), Resource.usage == "public")
        .order_by(Resource.id)
    )
    return [row.id for row in rows if kind in (None, row.kind)]


def claim(session: Session, resource: int, starts_at: datetime, minutes: int, live: str = "endless") -> None:
    """Put a claim in: endless (in the read model too), held (15 minutes) or expired; taken times stay as they are."""
    until = {"endless": "NULL", "held": "t + interval '15 minutes'", "expired": "t - interval '1 second'"}[live]
    made = session.execute(
        text(
            f"""INSERT INTO claim (resource, during, live, state, hold_id)
            SELECT :resource, tstzrange(:starts, :ends), tstzrange(t - interval '20 minutes', {until}),
                   :state, gen_random_uuid()
            FROM clock_timestamp() AS t ON CONFLICT DO NOTHING RETURNING id"""  # noqa: S608 - one of three constants
        ),
        {
            "resource": resource,
            "starts": starts_at,
            "ends": starts_at + timedelta(minutes=minutes),
            "state": "blocked" if live == "endless" else "held",
        },
    ).first()
    if made and live == "endless":
        service.occupy(session, resource, starts_at, starts_at + timedelta(minutes=minutes))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A local time in Berlin."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)


def slots_of(found: Availability, day: DayStarts) -> list[Slot]:
    """One day's free times with instants."""
    return [
        Start(day.day, cell, office_id, found.slugs[office_id], found.length).slot for cell, office_id in day.starts
    ]


def clock_changes(first: date) -> tuple[date, date]:
    """The next day that loses an hour and the next that gains one, after `first`."""
    days = [first + timedelta(days=n) for n in range(2, 364)]
    lengths = {day: at(day + timedelta(days=1), 0).timestamp() - at(day, 0).timestamp() for day in days}
    return next(d for d in days if lengths[d] < 86_400), next(d for d in days if lengths[d] > 86_400)
