from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnprocessableEntity

from backend.booking.availability import find_availability
from backend.booking.recent import MOST_ANSWERS, RecentAnswers
from backend.booking.schemas_availability import AvailabilityQuerySchema, AvailabilitySchema, as_json
from backend.booking.search import Filters
from backend.booking.wish import resolve_wish
from backend.capacity import load, service
from backend.core import limits
from backend.core.clock import BERLIN, today
from backend.core.db import db
from tests.booking.stock_samples import (
    DAY,
    OTHER,
    SHORT,
    STANDARD,
    at,
    capacity,
    claim,
    import_catalogue,
    lanes,
    slots_of,
)

URL = "/api/v1/availability"
WEEK = [1, 2, 3, 4, 5, 6, 7]
ALL_DAY = [{"weekdays": WEEK, "opens": "00:00", "closes": "00:00", "lanes": {"standard": 1}}]


@pytest.fixture(scope="module", autouse=True)
def _stock(app: Flask) -> None:
    with app.app_context():
        import_catalogue(db.session())
        load.load(db.session(), [capacity(DAY, horizon_days=60), capacity(OTHER, horizon_days=30, periods=ALL_DAY)])
        db.session.commit()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.rollback()


def open_day(session: Session, ahead: int = 4) -> date:
    """A day that is no public holiday, at least so many days ahead."""
    wish = resolve_wish(session, [(STANDARD, 1)], [DAY])
    return find_availability(session, wish, first_day=today(session) + timedelta(days=ahead)).first[0].day


def times(client: FlaskClient, **query: Any) -> list[str]:
    answer = client.get(URL, query_string={"service": f"{STANDARD}:1", "office": DAY, "days": 1, **query})
    assert answer.status_code == 200, answer.json
    return [slot["starts_at"][11:16] for day in answer.json["days"] for slot in day["slots"]]


def test_the_answer_is_what_its_schema_describes(client: FlaskClient, session: Session) -> None:
    day = open_day(session)
    answer = client.get(URL, query_string={"service": f"{STANDARD}:1", "office": DAY, "from": day, "days": 3})
    assert answer.headers["Cache-Control"] == "public, max-age=5"
    assert AvailabilitySchema().validate(answer.json) == {}
    first = answer.json["first"][0]
    assert first == {
        "office": DAY,
        "starts_at": at(day, 8).isoformat(),
        "ends_at": at(day, 8, 15).isoformat(),
    }
    assert answer.json["searched_until"] == (day + timedelta(days=2)).isoformat()
    assert answer.json["days"][0]["slots"][:5] == answer.json["first"]


def test_the_text_is_the_same_as_the_schema_would_write(session: Session) -> None:
    wish = resolve_wish(session, [(STANDARD, 1)], [OTHER])
    found = find_availability(session, wish, days=30)
    dumped = AvailabilitySchema().dump(
        {
            "searched_until": found.searched_until,
            "first": [start.slot for start in found.first],
            "days": [{"date": day.day, "slots": slots_of(found, day)} for day in found.days],
        }
    )
    assert json.loads(as_json(found)) == json.loads(json.dumps(dumped))


def test_offered_are_the_steps_of_the_length_and_the_last(client: FlaskClient, session: Session) -> None:
    day = open_day(session)
    assert times(client, **{"from": day}) == ["08:00", "08:15", "08:30", "08:45", "09:00", "09:15", "09:30", "09:45"]
    assert times(client, **{"from": day, "time_from": "08:10", "time_to": "09:00"}) == [
        "08:10",
        "08:25",
        "08:40",
        "08:45",
    ]
    assert times(client, **{"from": day, "time_from": "08:10", "time_to": "08:20"}) == []
    assert times(client, **{"from": day, "weekday": [n for n in WEEK if n != day.isoweekday()]}) == []
    short = times(client, **{"from": day, "service": f"{SHORT}:1"})
    assert short[:3] == ["08:00", "08:05", "08:10"]


def test_a_hold_hides_its_time_until_it_ends(client: FlaskClient, session: Session, app: Flask) -> None:
    day = open_day(session, 10)
    desk = lanes(session, DAY, "standard")[0]
    claim(session, desk, at(day, 8), 30, "held")
    claim(session, desk, at(day, 9), 30, "expired")
    session.commit()
    assert times(client, **{"from": day})[0] == "08:30"
    assert "09:00" in times(client, **{"from": day})
    session.execute(text("UPDATE claim SET live = tstzrange(lower(live), clock_timestamp()), state = 'released'"))
    session.commit()
    assert times(client, **{"from": day})[0] == "08:00"


TOGETHER = pytest.mark.parametrize("office", [[DAY], [DAY, "bhv-nord"]])  # joined, and day by day


@TOGETHER
def test_a_remembered_answer_follows_every_write(client: FlaskClient, session: Session, office: list[str]) -> None:
    day = open_day(session, 12)
    asked = {"from": day, "office": office}
    before = times(client, **asked)
    desks = [(lane, at(day, 8), at(day, 8, 30)) for lane in lanes(session, DAY, "standard")]
    for change, first in ((service.occupy, "08:30"), (service.vacate, "08:00"), (service.occupy, "08:30")):
        for desk in desks:
            change(session, *desk)
        session.commit()
        assert [times(client, **asked)[0] for _ in range(3)] == [first] * 3
    for desk in desks:
        service.vacate(session, *desk)
    session.commit()
    assert times(client, **asked) == before


def test_lead_time_and_horizon_bound_the_search(session: Session) -> None:
    load.load(session, [capacity(OTHER, periods=ALL_DAY, lead_minutes=2 * 24 * 60, horizon_days=3)])
    now = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    wish = resolve_wish(session, [(STANDARD, 1)], [OTHER])
    found = find_availability(session, wish, days=90)
    starts = [slot.starts_at for day in found.days for slot in slots_of(found, day)]
    assert now + timedelta(days=2) <= starts[0] < now + timedelta(days=2, minutes=6)
    assert found.searched_until == today(session) + timedelta(days=3)
    assert max(start.astimezone(BERLIN).date() for start in starts) <= found.searched_until


def test_five_hundred_slots_end_with_a_whole_day(session: Session) -> None:
    wish = resolve_wish(session, [(STANDARD, 1)], [OTHER])
    found = find_availability(session, wish, first_day=open_day(session), days=20)
    assert 404 < sum(day.number for day in found.days) <= 500
    assert found.searched_until == found.days[-1][0]
    following = find_availability(session, wish, first_day=found.searched_until + timedelta(days=1), days=1)
    assert len(following.days[0].starts) == 97  # every quarter, and the last start of the day at 23:55


def test_one_day_beyond_five_hundred_is_thinned_not_cut(session: Session) -> None:
    offices = ["hb-strese", "hb-kfz", "hb-mig", "hb-sta"]
    load.load(session, [capacity(office, periods=ALL_DAY) for office in offices])
    wish = resolve_wish(session, [(SHORT, 1)], None)
    wish = type(wish)(wish.services, 5, wish.slot_classes, (), wish.offices)
    found = find_availability(session, wish, first_day=open_day(session), days=1)
    starts = [slot.starts_at for day in found.days for slot in slots_of(found, day)]
    assert 250 < len(starts) <= 500
    assert starts[-1].hour == 23
    assert found.searched_until == found.days[0][0]


def test_first_goes_on_beyond_the_days_when_they_are_full(session: Session) -> None:
    day = open_day(session)
    wish = resolve_wish(session, [(STANDARD, 1)], [DAY])
    for desk in lanes(session, DAY, "standard"):
        claim(session, desk, at(day, 8), 90)
    found = find_availability(session, wish, first_day=day, days=1)
    assert [start.day for start in found.first][:2] == [day, day]
    assert len(found.first) == 5
    assert found.first[-1].day > found.searched_until == day
    sundays = find_availability(session, wish, first_day=day, days=1, filters=Filters(weekdays=frozenset({7})))
    assert {start.day.isoweekday() for start in sundays.first} == {7}


@pytest.mark.parametrize(
    ("query", "code", "pointer"),
    [
        ("", "invalid", "/service"),
        ("service=personalausweis", "invalid", "/service/0"),
        ("service=personalausweis:0", "invalid", "/service/0"),
        ("service=personalausweis:-1", "invalid", "/service/0"),
        ("service=personalausweis:²", "invalid", "/service/0"),
        ("service=personalausweis:99999999999999999999999", "invalid", "/service/0"),
        ("service=personalausweis:10000", "too_many", "/service/0"),
        ("service=personalausweis:1&service=personalausweis:1", "not_combinable", "/service/1"),
        ("service=nobody-knows:1", "unknown_service", "/service/0"),
        ("service=personalausweis:1&office=nowhere", "unknown_office", "/office/0"),
        ("service=personalausweis:1&office=hb-mitte&office=hb-kfz", "not_offered", "/office/1"),
        ("service=personalausweis:1&from=2020-02-30", "invalid", "/from"),
        ("service=personalausweis:1&from=2020-02-20", "invalid", "/from"),
        ("service=personalausweis:1&from=9999-12-31", "invalid", "/from"),
        ("service=personalausweis:1&days=0", "invalid", "/days"),
        ("service=personalausweis:1&days=91", "invalid", "/days"),
        ("service=personalausweis:1&need=sauna", "invalid", "/need/0"),
        ("service=personalausweis:1&weekday=8", "invalid", "/weekday/0"),
        ("service=personalausweis:1&time_from=24:00", "invalid", "/time_from"),
        ("service=personalausweis:1&time_from=08:01", "invalid", "/time_from"),
        ("service=personalausweis:1&time_from=10:00&time_to=09:00", "invalid", "/time_to"),
        ("service=personalausweis:1&surprise=1", "invalid", "/surprise"),
        ("service=personalausweis:1%00&office=%ff", "invalid", "/service"),
    ],
)
def test_bad_values_are_named(client: FlaskClient, query: str, code: str, pointer: str) -> None:
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 422
    assert answer.json["code"] == code
    assert pointer in [error["pointer"] for error in answer.json["errors"]]


VALUES = {
    "service": st.from_regex(r"[a-z0-9:-]{0,6}:[0-9]{1,5}", fullmatch=True)
    | st.sampled_from([f"{STANDARD}:1", f"{'a' * 101}:1", "a:10001", "a-:1", "a%3A1", "ä:1"]),
    "office": st.sampled_from([DAY, OTHER, "A", "", "a b", "a+b", "-a", "a" * 100, "a" * 101, "a%00"]),
    "from": st.dates().map(str) | st.sampled_from(["2026-02-30", "", "20260101", "2026-1-1", " 2026-01-01"]),
    "days": st.integers(-1, 200).map(str) | st.sampled_from(["", "+5", "05", "1_0", "1.0", "²"]),
    "weekday": st.just("1"),
    "time_from": st.just("08:00"),
    "other": st.just("1"),
}
PART = st.sampled_from(list(VALUES)).flatmap(lambda name: VALUES[name].map(f"{name}={{}}".format))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PART, max_size=5).map("&".join) | st.integers(1, 12).map(lambda n: "&".join(["service=a:1"] * n)))
@example("&".join(["service=a:1", *["office=b"] * 51]))
@example("")
@example("service=personalausweis:2&office=hb-mitte&from=2026-12-01&days=28")
def test_the_short_way_reads_a_query_as_the_schema_does(app: Flask, query: str) -> None:
    usual, read = both_ways(app, query)
    assert usual in (None, read)


PLAIN = st.tuples(
    st.lists(st.integers(1, 5).map("service=personalausweis:{}".format), min_size=1, max_size=3),
    st.lists(st.sampled_from([f"office={DAY}", f"office={OTHER}"]), max_size=3),
    st.lists(st.dates().map("from={}".format), max_size=1),
    st.lists(st.integers(1, 90).map("days={}".format), max_size=1),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PLAIN.map(lambda parts: "&".join(part for some in parts for part in some)))
def test_a_usual_query_is_read_the_short_way(app: Flask, query: str) -> None:
    usual, read = both_ways(app, query)
    assert usual is not None
    assert usual == read


def both_ways(app: Flask, query: str) -> tuple[Any, Any]:
    """What the short way and the schema read; None: not read, or refused."""
    schema = AvailabilityQuerySchema()
    with app.test_request_context(f"{URL}?{query}"):
        try:
            read = FlaskParser(unknown=None).parse(schema, request, location="query")
        except UnprocessableEntity:
            read = None
    return schema.usual(query.encode()), read


def test_an_office_without_capacity_has_no_times(client: FlaskClient) -> None:
    answer = client.get(URL, query_string={"service": f"{STANDARD}:1", "office": "bhv-nord"})
    assert answer.status_code == 200
    assert answer.json["days"] == answer.json["first"] == []
    assert datetime.fromisoformat(answer.json["searched_until"])


def test_searches_are_limited_before_anything_is_read(make_app: Callable[..., Flask]) -> None:
    client = make_app(limits="on").test_client()
    limits._local.forget()
    answers = [client.get(URL, query_string={"service": "nothing"}) for _ in range(330)]
    assert answers[0].status_code == 422
    assert (answers[-1].status_code, answers[-1].get_json()["code"]) == (429, "too_many_requests")
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize(("fresh", "ahead"), [("no-cache", 20), ("max-age=0", 27)])
def test_an_answer_is_repeated_for_two_seconds_unless_a_new_one_is_asked_for(
    app: Flask, client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch, fresh: str, ahead: int
) -> None:
    day = open_day(session, ahead)
    asked = {"service": f"{STANDARD}:1", "office": DAY, "days": 1, "from": day}
    monkeypatch.setitem(app.extensions, "amtsweg-recent-answers", RecentAnswers(timedelta(seconds=2)))
    before = client.get(URL, query_string=asked).data
    assert b"T08:00" in before
    for desk in lanes(session, DAY, "standard"):
        claim(session, desk, at(day, 8), 30, "held")
    session.commit()
    assert client.get(URL, query_string=asked).data == before
    after = client.get(URL, query_string=asked, headers={"Cache-Control": fresh}).data
    assert b"T08:00" not in after
    assert client.get(URL, query_string=asked).data == after
    assert client.get(URL, query_string=asked | {"office": "nowhere"}).status_code == 422


def test_the_memory_of_answers_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("backend.booking.recent.monotonic", lambda: now)
    recent, none = RecentAnswers(timedelta(seconds=2)), RecentAnswers(timedelta())
    for memory in (recent, none):
        memory.keep("question", b"answer")
    assert (recent.get("question"), recent.get("another"), none.get("question")) == (b"answer", None, None)
    now += 2
    assert recent.get("question") is None


def test_the_memory_of_answers_is_bounded() -> None:
    recent = RecentAnswers(timedelta(minutes=1))
    for number in range(MOST_ANSWERS + 5):
        recent.keep(number, b"x")
    assert [number for number in range(MOST_ANSWERS + 5) if recent.get(number)] == list(range(5, MOST_ANSWERS + 5))


@TOGETHER
def test_equal_looks_are_answered_alike_and_others_anew(
    client: FlaskClient, session: Session, office: list[str]
) -> None:
    day = open_day(session, 24 + len(office))
    asked = {"from": day, "office": office}
    first = times(client, **asked)
    assert times(client, **asked) == first
    desks = lanes(session, DAY, "standard")
    for desk in desks:
        claim(session, desk, at(day, 9), 15)
    session.commit()
    assert set(first) - set(times(client, **asked)) == {"09:00"}
