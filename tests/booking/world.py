"""A small town to book in: two offices that never close, three services; written once per test database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import holidays
from sqlalchemy import ARRAY, Connection, Date, bindparam, create_engine, text
from sqlalchemy.orm import Session

from backend.capacity import service as capacity
from backend.catalogue import facts
from backend.core.clock import BERLIN
from backend.core.settings import Settings

LANGUAGES = ("de", "de-simple", "en", "tr", "ar", "uk")
DESKS = {"mitte": 8, "nord": 2}
OFFICE_HOURS = ("08:00", "18:00")
SERVICES = {  # minutes, each further person, most persons, short concern, group, offices
    "ausweis": (15, 10, 5, False, "melde", ("mitte", "nord")),
    "umzug": (10, 5, 5, True, "melde", ("mitte", "nord")),
    "kfz": (20, 20, 1, False, None, ("nord",)),
}


def build(
    settings: Settings,
    *,
    desks: dict[str, int] | None = None,
    lead_minutes: int = 0,
    horizon_days: int = 60,
    also_open: Sequence[date] = (),
    hours: tuple[str, str] = ("00:00", "00:00"),
) -> None:
    """Write the town into an empty, migrated database, and its free time into the read model.

    `also_open`: days on which it is open even if they are public holidays; `hours`: opening and closing time.
    """
    engine = create_engine(settings.database_owner_url)
    with engine.begin() as connection:
        _catalogue(connection, desks or DESKS)
        for office, lanes in (desks or DESKS).items():
            _capacity(connection, office, lanes, lead_minutes, horizon_days, hours)
        _open_on(connection, also_open)
    facts.forget()
    with Session(engine) as session:
        capacity.extend(session)
        session.commit()
    engine.dispose()


def _catalogue(connection: Connection, desks: dict[str, int]) -> None:
    run = connection.execute
    run(text("INSERT INTO catalogue_state (version) VALUES (1)"))
    run(
        text(
            "INSERT INTO authority (slug, ars, name, position, active, content_hash, answers)"
            " VALUES ('bremen', '040110000000', 'Bremen', 1, true, '', '{}')"
        )
    )
    run(
        text(
            "INSERT INTO life_situation (slug, position, active, content_hash, answers)"
            " VALUES ('wohnen', 1, true, '', '{}')"
        )
    )
    for office in desks:
        _office(connection, office)
    for slug, row in SERVICES.items():
        _service(connection, slug, *row)


def _office(connection: Connection, office: str) -> None:
    connection.execute(
        text(
            "INSERT INTO office (slug, authority_id, kind, name, short_name, street, postcode, city, bookable,"
            " position, active, content_hash) SELECT :slug, id, 'permanent', :name, :name, 'Weg 1', '28195',"
            " 'Bremen', true, 1, true, '' FROM authority"
        ),
        {"slug": office, "name": f"Amt {office}"},
    )
    summary = {
        "slug": office,
        "name": f"Amt {office}",
        "short_name": office,
        "authority": "bremen",
        "kind": "permanent",
        "address": {"street": "Weg 1", "postcode": "28195", "city": "Bremen"},
        "bookable": True,
    }
    document = {**summary, "how_to_get_there": None, "access": None}
    _answers(connection, "office", office, summary, document)


def _service(
    connection: Connection,
    slug: str,
    minutes: int,
    further: int,
    most: int,
    short: bool,
    group: str | None,
    offices: Sequence[str],
) -> None:
    connection.execute(
        text(
            "INSERT INTO service (slug, life_situation_id, bookable, short_concern, duration_minutes,"
            " further_person_minutes, max_quantity, combine_group, position, active, content_hash)"
            " SELECT :slug, id, true, :short, :minutes, :further, :most, :group, 1, true, '' FROM life_situation"
        ),
        {"slug": slug, "short": short, "minutes": minutes, "further": further, "most": most, "group": group},
    )
    connection.execute(
        text(
            "INSERT INTO service_office SELECT s.id, o.id FROM service s, office o"
            " WHERE s.slug = :slug AND o.slug = ANY(:offices)"
        ),
        {"slug": slug, "offices": list(offices)},
    )
    _answers(connection, "service", slug, {}, {"documents": []})


def _answers(connection: Connection, kind: str, slug: str, summary: dict[str, Any], document: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        name = {"name": {"text": f"{slug} ({lang})", "lang": lang}} if kind == "service" else {}
        connection.execute(
            text(
                f"INSERT INTO {kind}_answer ({kind}_id, lang, summary, document)"  # noqa: S608 - two known words
                f" SELECT id, :lang, CAST(:summary AS jsonb), CAST(:document AS jsonb) FROM {kind} WHERE slug = :slug"
            ),
            {"lang": lang, "slug": slug, "summary": json.dumps(summary), "document": json.dumps(document | name)},
        )


def _capacity(
    connection: Connection, office: str, desks: int, lead_minutes: int, horizon_days: int, hours: tuple[str, str]
) -> None:
    """Desks every day, one desk for short concerns, one interpreter, one larger room."""
    lanes = {"standard": desks, "short": 1, "sign_language": 1, "large_room": 1}
    connection.execute(
        text(
            "INSERT INTO booking_rule (office_id, land, horizon_days, lead_minutes)"
            " SELECT id, 'HB', :horizon, :lead FROM office WHERE slug = :office"
        ),
        {"office": office, "lead": lead_minutes, "horizon": horizon_days},
    )
    for kind, count in lanes.items():
        values = {"office": office, "kind": kind, "count": count, "opens": hours[0], "closes": hours[1]}
        connection.execute(
            text(
                "INSERT INTO resource (office_id, kind, usage, number)"
                " SELECT id, :kind, 'public', n FROM office, generate_series(1, :count) n WHERE slug = :office"
            ),
            values,
        )
        connection.execute(
            text(
                "INSERT INTO opening_period (office_id, kind, weekday, opens, closes, lanes_public, lanes_internal,"
                " valid_from) SELECT id, :kind, weekday, CAST(:opens AS time), CAST(:closes AS time), :count, 0,"
                " date '2020-01-01'"
                " FROM office, generate_series(1, 7) weekday WHERE slug = :office"
            ),
            values,
        )


def _open_on(connection: Connection, days: Sequence[date]) -> None:
    connection.execute(
        text(
            "INSERT INTO extra_opening (office_id, kind, day, opens, closes, lanes_public, lanes_internal)"
            " SELECT office_id, kind, day, opens, closes, lanes_public, 0 FROM opening_period, unnest(:days) AS day"
            " WHERE weekday = extract(isodow FROM day)"
        ).bindparams(bindparam("days", type_=ARRAY(Date))),
        {"days": list(days)},
    )


def workday(days_ahead: int = 14) -> date:
    """A day that is no public holiday in Bremen, at least so far ahead."""
    day = datetime.now(BERLIN).date() + timedelta(days=days_ahead)
    closed = holidays.country_holidays("DE", subdiv="HB", years=[day.year, day.year + 1])
    while day in closed or day + timedelta(days=1) in closed:
        day += timedelta(days=1)
    return day


def at(hour: int, minute: int = 0, *, days_ahead: int = 14) -> datetime:
    """A local time on a working day ahead."""
    return datetime.combine(workday(days_ahead), time(hour, minute), BERLIN)


def clock_change_nights() -> list[date]:
    """The next two nights in which the clocks of Berlin change, as the date of the change."""
    day = datetime.now(BERLIN).date()
    found = []
    while len(found) < 2:
        day += timedelta(days=1)
        midnights = [datetime.combine(day + timedelta(days=n), time(), BERLIN).astimezone(UTC) for n in (0, 1)]
        if midnights[1] - midnights[0] != timedelta(days=1):
            found.append(day)
    return found
