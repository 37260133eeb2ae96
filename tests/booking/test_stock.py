from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from backend.booking import stock
from backend.booking.commands_stock import capacity as commands
from backend.capacity import load, service
from backend.capacity.errors import NoSuchLaneError
from backend.capacity.models import LaneDay
from backend.capacity.offer import offer
from backend.capacity.rules import from_bytes
from backend.capacity.types import DESKS, LaneKind, Usage
from backend.core.clock import today
from backend.core.db import db
from tests.booking.stock_samples import DAY, NIGHT, at, capacity, claim, import_catalogue, lanes, night, office_id


@pytest.fixture(scope="module", autouse=True)
def _stock(app: Flask) -> None:
    with app.app_context():
        import_catalogue(db.session())
        load.load(db.session(), [capacity(DAY, horizon_days=60), night(NIGHT)])
        db.session.commit()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.rollback()


def open_day(session: Session) -> date:
    day = today(session) + timedelta(days=3)
    while not service.is_open(session, lanes(session, DAY, "standard")[0], at(day, 8), at(day, 9)):
        day += timedelta(days=1)
    return day


def free(session: Session, resource: int, day: date) -> int:
    return from_bytes(session.get_one(LaneDay, (resource, day), populate_existing=True).free)


def candidate_lanes(
    session: Session, office: int, slot_class: str | None, starts_at: datetime, ends_at: datetime, usage: str = "public"
) -> list[int]:
    """Free desks of one class, or of both."""
    kinds = DESKS if slot_class is None else (LaneKind(slot_class),)
    found = offer(session, office, kinds, starts_at, ends_at, Usage(usage))
    return [lane for lanes in (found.lanes if found else {}).values() for lane in lanes]


def need_resources(session: Session, office: int, kind: str, starts_at: datetime, ends_at: datetime) -> list[int]:
    """Free resources of a kind."""
    return candidate_lanes(session, office, kind, starts_at, ends_at)


def test_occupied_time_is_gone_and_vacated_time_is_back(session: Session) -> None:
    day, desk = open_day(session), lanes(session, DAY, "standard")[0]
    before = free(session, desk, day)
    service.occupy(session, desk, at(day, 8), at(day, 8, 15))
    service.occupy(session, desk, at(day, 8), at(day, 8, 15))
    assert free(session, desk, day) == before & ~(0b111 << 96)
    assert candidate_lanes(session, office_id(session, DAY), "standard", at(day, 8), at(day, 8, 15)) == []
    assert candidate_lanes(session, office_id(session, DAY), "standard", at(day, 8, 15), at(day, 9)) == [desk]
    service.vacate(session, desk, at(day, 8), at(day, 8, 15))
    assert free(session, desk, day) == before
    service.vacate(session, desk, at(day, 3), at(day, 4))
    assert free(session, desk, day) == before


def test_candidates_are_open_from_start_to_end(session: Session) -> None:
    day, office = open_day(session), office_id(session, DAY)
    standard, short = lanes(session, DAY, "standard"), lanes(session, DAY, "short")
    assert sorted(candidate_lanes(session, office, None, at(day, 9, 45), at(day, 10))) == [*standard, *short]
    assert candidate_lanes(session, office, None, at(day, 9, 50), at(day, 10, 5)) == []
    assert candidate_lanes(session, office, "short", at(day, 7, 55), at(day, 8, 5)) == []
    internal = candidate_lanes(session, office, "standard", at(day, 8), at(day, 9), "internal")
    assert len(internal) == 1
    assert not set(internal) & set(standard)
    assert need_resources(session, office, "step_free", at(day, 8), at(day, 9)) == lanes(session, DAY, "step_free")
    assert need_resources(session, office, "sign_language", at(day, 8), at(day, 9)) == []


def test_a_period_across_midnight_takes_from_both_days(session: Session) -> None:
    day, desk = today(session) + timedelta(days=3), lanes(session, NIGHT, "standard")[0]
    following = day + timedelta(days=1)
    before = free(session, desk, day), free(session, desk, following)
    service.occupy(session, desk, at(day, 23, 50), at(following, 0, 10))
    assert before[0] & ~free(session, desk, day) == 0b11 << 286
    assert before[1] & ~free(session, desk, following) == 0b11
    found = candidate_lanes(session, office_id(session, NIGHT), None, at(day, 23, 40), at(following, 0, 20))
    assert desk not in found
    assert len(found) == 1


def test_lane_days_beyond_the_horizon_are_made_when_needed(session: Session) -> None:
    day, office = today(session) + timedelta(days=75), office_id(session, DAY)
    while not service.is_open(session, lanes(session, DAY)[0], at(day, 8), at(day, 9)):
        day += timedelta(days=1)
    assert len(candidate_lanes(session, office, None, at(day, 8), at(day, 9))) == 2
    later, desk = day + timedelta(days=1), lanes(session, DAY, "standard")[0]
    service.occupy(session, desk, at(later, 8), at(later, 8, 30))
    assert free(session, desk, later) & 0b111111 << 96 == 0


def test_a_lane_that_does_not_exist_is_a_fault(session: Session) -> None:
    with pytest.raises(NoSuchLaneError):
        service.occupy(session, 2**60, at(open_day(session), 8), at(open_day(session), 9))
    assert not service.is_open(session, 2**60, at(open_day(session), 8), at(open_day(session), 9))


def test_two_at_once_on_one_lane_day_lose_nothing(app: Flask, session: Session) -> None:
    day, desk = open_day(session), lanes(session, DAY, "standard")[0]
    before = free(session, desk, day)
    session.rollback()
    barrier = threading.Barrier(8)

    def take(number: int) -> None:
        with app.app_context():
            barrier.wait()
            starts = at(day, 8) + timedelta(minutes=5 * number)
            service.occupy(db.session(), desk, starts, starts + timedelta(minutes=5))
            db.session.commit()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert free(session, desk, day) == before & ~(0b11111111 << 96)
    service.vacate(session, desk, at(day, 8), at(day, 8, 40))
    session.commit()


def test_verify_names_what_is_wrong_and_rebuild_repairs_it(session: Session) -> None:
    session.rollback()
    assert stock.verify(session) == []
    session.rollback()
    day = open_day(session)
    desk, other = lanes(session, DAY, "standard")[0], lanes(session, DAY, "short")[0]
    claim(session, desk, at(day, 9), 20)
    session.execute(
        update(LaneDay).where(LaneDay.resource_id == other, LaneDay.day == day).values(free=b"\0" * 36, first_3=None)
    )
    session.execute(update(LaneDay).where(LaneDay.resource_id == desk, LaneDay.day == day).values(taken=b"\0" * 36))
    gone = lanes(session, NIGHT)[0]
    session.execute(text("DELETE FROM lane_day WHERE resource_id = :gone AND day = :day"), {"gone": gone, "day": day})
    session.commit()
    found = {(difference.resource_id, difference.day): difference.what for difference in stock.verify(session)}
    session.rollback()
    assert found == {(desk, day): "taken", (other, day): "free first_3", (gone, day): "missing"}
    assert stock.rebuild(session) == 3
    session.commit()
    assert stock.verify(session) == []
    session.rollback()
    assert free(session, desk, day) & 0b1111 << 108 == 0


def test_changed_rules_reach_the_read_model_and_keep_what_is_taken(session: Session) -> None:
    day, desk = open_day(session), lanes(session, DAY, "standard")[0]
    claim(session, desk, at(day, 8), 30)
    closure = {"first_day": day.isoformat(), "last_day": day.isoformat(), "starts": "09:00", "reason": "training"}
    load.load(session, [capacity(DAY, horizon_days=60, closures=[closure])])
    assert free(session, desk, day) & ~(0b111111 << 96) == 0b111111 << 102 & free(session, desk, day)
    assert not service.is_open(session, desk, at(day, 8, 45), at(day, 9, 15))
    assert service.is_open(session, desk, at(day, 8), at(day, 9))


def test_the_demo_fills_the_first_weeks_without_persons_and_only_once(session: Session) -> None:
    week = [1, 2, 3, 4, 5, 6, 7]
    periods = [{"weekdays": week, "opens": "08:00", "closes": "16:00", "lanes": {"standard": 4}}]
    load.load(session, [capacity("hb-sta", horizon_days=90, periods=periods)])
    office = office_id(session, "hb-sta")
    blocks = stock.fill_demo(session, office, "hb-sta")
    assert blocks > 500
    assert stock.fill_demo(session, office, "hb-sta") == 0
    people = session.execute(
        text(
            "SELECT count(*) FROM claim WHERE resource = ANY(:desks)"
            " AND (state <> 'blocked' OR hold_id IS NOT NULL OR appointment_id IS NOT NULL)"
        ),
        {"desks": lanes(session, "hb-sta")},
    )
    assert people.scalar_one() == 0

    def share(first: int, last: int) -> float:
        rows = session.execute(
            text("SELECT open, taken FROM lane_day WHERE office_id = :office AND day BETWEEN :first AND :last"),
            {"office": office, "first": today(session) + timedelta(first), "last": today(session) + timedelta(last)},
        ).all()
        opened = sum(from_bytes(row.open).bit_count() for row in rows)
        return sum(from_bytes(row.taken).bit_count() for row in rows) / opened

    assert share(0, 14) > 0.93 > share(29, 56) > 0.55 > share(60, 90) > 0.2


def test_every_command_is_there() -> None:
    assert set(commands.commands) == {"load", "demo", "extend", "verify", "rebuild"}
