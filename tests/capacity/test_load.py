from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from backend.capacity import load, service
from backend.capacity.jobs import extend_read_model
from backend.capacity.models import BookingRule, LaneDay, OpeningPeriod, Resource
from backend.catalogue import files, importer
from backend.catalogue import service as catalogue
from backend.catalogue.yaml_source import BadFileError
from backend.core.clock import today
from backend.core.db import db


@pytest.fixture(scope="module", autouse=True)
def _catalogue(app: Flask) -> None:
    with app.app_context():
        importer.import_folder(db.session(), files.load(files.DATA), today(db.session()), timedelta(days=120))
        db.session.commit()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.rollback()


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_every_bookable_office_has_demo_capacity(session: Session) -> None:
    wanted = load.read_folder()
    assert {office["office"] for office in wanted} == set(catalogue.bookable_offices(session))
    assert all(office["assumption"] for office in wanted)


def test_loading_twice_changes_nothing(session: Session) -> None:
    wanted = load.read_folder()
    first = load.load(session, wanted)
    assert len(first.changed) == len(wanted)
    numbers = [count(session, table) for table in (OpeningPeriod, Resource, LaneDay)]
    again = load.load(session, wanted)
    assert (again.changed, len(again.unchanged), again.lane_days) == ((), len(wanted), 0)
    assert [count(session, table) for table in (OpeningPeriod, Resource, LaneDay)] == numbers


def test_mobile_offices_open_at_their_stops(session: Session) -> None:
    load.load(session, load.read_folder())
    office = catalogue.bookable_offices(session, ["bhv-mob-leherheide"])["bhv-mob-leherheide"].id
    first = today(session)
    stops = catalogue.mobile_stops(session, [office], first, first + timedelta(days=60))
    open_days = session.scalars(
        select(LaneDay.day)
        .where(
            LaneDay.office_id == office,
            LaneDay.kind == "standard",
            LaneDay.first_1.is_not(None),
            LaneDay.day <= first + timedelta(days=60),
        )
        .order_by(LaneDay.day)
    ).all()
    closed = {day for stop in stops for day in [stop.day] if (day.month, day.day) in {(12, 24), (12, 31)}}
    assert open_days == [stop.day for stop in stops if stop.day not in closed]
    assert len(open_days) > 5


def test_extend_goes_on_where_it_ended_and_forgets_the_past(session: Session) -> None:
    load.load(session, load.read_folder())
    day = today(session)
    session.execute(LaneDay.__table__.delete().where(LaneDay.day > day + timedelta(days=80)))
    session.execute(LaneDay.__table__.update().where(LaneDay.day == day).values(day=day - timedelta(days=30)))
    done = service.extend(session)
    lanes = count(session, Resource)
    assert (done.made, done.corrected, done.removed) == (lanes * (11 + 1), 0, lanes)
    until = session.scalars(select(BookingRule.materialised_until).distinct()).all()
    assert until == [day + timedelta(days=91)]


def test_the_worker_extends_what_is_behind(session: Session) -> None:
    load.load(session, load.read_folder())
    assert service.offices_behind(session) == []
    office = service.bookable_office_ids(session)[0]
    reached = session.get_one(BookingRule, office).materialised_until
    session.execute(update(BookingRule).where(BookingRule.office_id == office).values(materialised_until=None))
    assert service.offices_behind(session) == [office]
    extend_read_model()
    assert session.get_one(BookingRule, office, populate_existing=True).materialised_until == reached


@pytest.mark.parametrize(
    ("change", "line", "word"),
    [
        (("horizon_days: 90", "horizon_days: 9000"), 6, "horizon_days"),
        (("standard: 3", "sauna: 3"), 10, "sauna"),
        (('"08:00"', '"8 Uhr"'), 10, "opens"),
        (("land: HB", "landing: HB"), 5, "landing"),
        (("lead_minutes: 60", "lead_minutes: [60"), 8, "YAML"),
        (("land: HB", "land: XY"), 5, "land"),
        (('opens: "08:00"', 'opens: "08:02"'), 10, "full 5 minutes"),
        (('opens: "08:00"', 'opens: "23:00"'), 10, "after opens"),
        (("valid_from:", 'valid_until: "2020-01-01"\nvalid_from:'), 8, "valid_until"),
        (('last_day: "2026-12-24"', 'last_day: "2026-12-23"'), 15, "before first_day"),
        (('ends: "13:30"', 'ends: "13:00"'), 13, "after starts"),
    ],
)
def test_bad_files_are_refused_with_line_and_reason(
    tmp_path: Path, change: tuple[str, str], line: int, word: str
) -> None:
    text = (load.DATA / "bhv-nord.yaml").read_text(encoding="utf-8")
    (tmp_path / "bhv-nord.yaml").write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(BadFileError) as caught:
        load.read_folder(tmp_path)
    told = [str(fault) for fault in caught.value.faults]
    assert any(word in fault for fault in told), told
    assert any(f"bhv-nord.yaml:{line}:" in fault for fault in told), told


def test_hours_in_which_nobody_serves_and_a_second_file_are_refused(tmp_path: Path) -> None:
    text = (load.DATA / "bhv-nord.yaml").read_text(encoding="utf-8")
    idle = '  - {weekdays: [7], opens: "08:00", closes: "00:00", lanes: {standard: 0}}\nbreaks:'
    (tmp_path / "a.yaml").write_text(text.replace("breaks:", idle, 1), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadFileError) as caught:
        load.read_folder(tmp_path)
    told = [str(fault).removeprefix(f"{tmp_path}/") for fault in caught.value.faults]
    assert [fault.split(": ", 1)[1] for fault in told] == [
        "periods.2.lanes: opens no lane", "office: bhv-nord has a file already",
    ]  # fmt: skip


def test_an_unknown_office_is_refused(session: Session) -> None:
    wanted = [{**load.read_folder()[0], "office": "nowhere"}]
    with pytest.raises(LookupError, match="nowhere"):
        load.load(session, wanted)
