"""The life of an application as values: what may follow what, whose turn it is, when the clock stands still."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.applications import promise, rules
from backend.applications.types import By, Event, Happening, Standing, State

H = Happening
START = datetime(2026, 11, 24, 9, tzinfo=UTC)


def life(*steps: tuple[Happening, By] | tuple[Happening, By, dict[str, Any]]) -> Standing:
    """The fold of these steps, an hour apart."""
    events = [
        Event(type=step[0], by=step[1], at=START + timedelta(hours=hour), data=step[2] if len(step) > 2 else {})  # type: ignore[misc]  # checked by its length
        for hour, step in enumerate(steps)
    ]
    return rules.fold(events)


CREATED = (H.CREATED, By.PERSON, {"version": 1})
SUBMITTED = (H.SUBMITTED, By.PERSON, {"version": 1, "level": "high"})
PAYS = (H.SUBMITTED, By.PERSON, {"version": 1, "level": "high", "payment": "open", "pays_first": True})
RECEIVED = (H.RECEIVED, By.SYSTEM)
ASKED = (H.REQUEST_OPENED, By.OFFICE, {"request": "a"})
ASKED_AGAIN = (H.REQUEST_OPENED, By.OFFICE, {"request": "b"})


def test_from_draft_to_granted() -> None:
    found = life(CREATED, SUBMITTED, RECEIVED, (H.GRANTED, By.SYSTEM))
    assert (found.state, found.identity, found.version) == (State.GRANTED, "high", 1)
    assert found.decided_at == START + timedelta(hours=3)


def test_undone_is_a_draft_without_what_sending_left() -> None:
    found = life(CREATED, PAYS, (H.UNDONE, By.PERSON))
    assert found == Standing(version=1, stops=found.stops)
    assert found.stops[-1][1] is not None


def test_two_requests_keep_it_waiting_until_both_are_answered() -> None:
    one = life(CREATED, SUBMITTED, RECEIVED, ASKED, ASKED_AGAIN, (H.REQUEST_ANSWERED, By.PERSON, {"request": "a"}))
    assert (one.state, one.waiting_for) == (State.WAITING, "citizen")
    both = rules.after(
        one, Event(type=H.REQUEST_CANCELLED, by=By.OFFICE, at=START + timedelta(hours=9), data={"request": "b"})
    )
    assert (both.state, both.waiting_for) == (State.IN_REVIEW, None)
    assert len(both.stops) == 1


def test_a_fee_that_comes_first_stops_the_clock_until_it_is_booked() -> None:
    owed = life(CREATED, PAYS, RECEIVED)
    assert owed.waiting_for == "payment"
    with pytest.raises(rules.NotNowError):
        rules.after(owed, Event(type=H.GRANTED, by=By.SYSTEM, at=START + timedelta(hours=4)))
    booked = Event(type=H.PAYMENT, by=By.SYSTEM, at=START + timedelta(hours=5), data={"state": "booked"})
    paid = rules.after(owed, booked)
    assert paid.waiting_for is None
    assert paid.stops == ((START + timedelta(hours=1), START + timedelta(hours=5)),)


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        ((CREATED,), (H.RECEIVED, By.SYSTEM)),
        ((CREATED, SUBMITTED), (H.SUBMITTED, By.PERSON)),
        ((CREATED,), (H.SUBMITTED, By.HELPER)),
        ((CREATED, SUBMITTED, RECEIVED), (H.UNDONE, By.PERSON)),
        ((CREATED, SUBMITTED, RECEIVED), (H.REFUSED, By.SYSTEM)),
        ((CREATED, SUBMITTED, RECEIVED, ASKED), (H.LAPSED, By.SYSTEM)),
        ((CREATED, SUBMITTED, RECEIVED, ASKED), (H.GRANTED, By.OFFICE)),
        ((CREATED, SUBMITTED, RECEIVED, ASKED), (H.REQUEST_ANSWERED, By.PERSON, {"request": "b"})),
        ((CREATED, SUBMITTED, RECEIVED, (H.GRANTED, By.OFFICE)), (H.WITHDRAWN, By.PERSON)),
        ((CREATED, SUBMITTED), (H.OFFICE_WROTE, By.OFFICE)),
    ],
)
def test_what_may_not_follow_is_refused(steps: Any, refused: Any) -> None:
    with pytest.raises(rules.NotNowError):
        life(*steps, refused)


@given(st.lists(st.tuples(st.sampled_from(list(H)), st.sampled_from(list(By))), max_size=12))
def test_no_life_leaves_the_table(steps: list[tuple[Happening, By]]) -> None:
    """Whatever is tried, each step that is taken is in the table, and an ended one waits for nobody."""
    standing = Standing()
    for hour, (happening, by) in enumerate(steps):
        data = {"version": 1, "request": "a", "state": "open"}
        event = Event(type=happening, by=by, at=START + timedelta(hours=hour), data=data)
        try:
            now = rules.after(standing, event)
        except rules.NotNowError:
            continue
        assert rules.allowed(standing, happening, by)
        if now.state in rules.ENDED:
            assert not now.open_requests
        assert sum(end is None for _, end in now.stops) <= 1
        standing = now


def test_working_days_leave_out_weekends_and_the_holidays_of_the_land() -> None:
    assert not promise.is_working_day(date(2026, 10, 31))  # Reformation Day, a holiday in Bremen
    assert not promise.is_working_day(date(2026, 12, 25))
    assert promise.due_date(datetime(2026, 12, 23, 10, tzinfo=UTC), 3, []) == date(2026, 12, 29)


def test_the_clock_stands_still_while_the_citizen_has_to_act() -> None:
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    stop = (monday + timedelta(days=1), monday + timedelta(days=3))
    assert promise.due_date(monday, 5, []) == date(2026, 11, 30)
    assert promise.due_date(monday, 5, [stop]) == date(2026, 12, 2)
    waiting = Standing(state=State.WAITING, received_at=monday, stops=((monday + timedelta(days=1), None),))
    told = promise.promised(waiting, 5, "assumption")
    assert (told.date, told.clock, told.stopped_since) == (None, "stopped", monday + timedelta(days=1))
    assert promise.promised(Standing(received_at=monday), None, None).date is None
