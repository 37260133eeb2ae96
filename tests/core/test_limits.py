"""GCRA in the database: soft asks for proof of work, hard refuses; no address is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from backend.core import limits
from backend.core.errors import TooManyRequests
from backend.core.limits import MINUTE, Limit, Verdict, caller_range, forget_old
from backend.core.sql import Loan
from tests.core.toys import with_toys

HOME = "203.0.113.7"


@contextmanager
def caller(app: Flask, address: str = HOME) -> Iterator[None]:
    limits._local.forget()  # another process would not know either
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        yield


@pytest.fixture
def limit(request: pytest.FixtureRequest) -> Limit:
    return Limit(request.node.name, soft=3, hard=6, per=MINUTE)


def test_ok_then_soft_then_hard(app: Flask, limit: Limit) -> None:
    verdicts = []
    for _ in range(8):
        with caller(app):
            verdicts.append(limit.check())
    assert verdicts == [Verdict.OK] * 3 + [Verdict.SOFT] * 3 + [Verdict.HARD] * 2


def test_hard_says_when_to_come_back(app: Flask, limit: Limit) -> None:
    with caller(app):
        for _ in range(6):
            limit.enforce()
        with pytest.raises(TooManyRequests) as caught:
            limit.enforce()
    assert 0 < int(caught.value.headers["Retry-After"]) <= 10


def test_time_gives_it_back(app: Flask, limit: Limit, engine: Engine) -> None:
    with caller(app):
        for _ in range(6):
            limit.check()
    with engine.begin() as connection:
        connection.execute(text("UPDATE rate_limit SET hard_until = hard_until - interval '10 s'"))
    with caller(app):
        assert limit.check() is not Verdict.HARD
    with caller(app):
        assert limit.check() is Verdict.HARD


def test_neighbours_do_not_pay(app: Flask, limit: Limit) -> None:
    with caller(app):
        for _ in range(7):
            limit.check()
    with caller(app, "203.0.113.8"):
        assert limit.check() is Verdict.OK


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_the_range_is_a_household(app: Flask, address: str, found: str) -> None:
    with caller(app, address):
        assert caller_range() == found


def test_this_machine_is_only_observed_in_development(make_app: Callable[..., Flask], limit: Limit) -> None:
    for mode, last in (("observe_loopback", Verdict.OK), ("on", Verdict.HARD), ("off", Verdict.OK)):
        made = make_app(limits=mode)
        with caller(made, "127.0.0.1"):
            assert [limit.check() for _ in range(8)][-1] is last
    made = make_app(limits="observe_loopback")
    with caller(made):
        assert [limit.check() for _ in range(8)][-1] is Verdict.HARD


def test_a_named_subject_is_counted_on_loopback_too(app: Flask, limit: Limit) -> None:
    with caller(app, "127.0.0.1"):
        assert [limit.check("mail to a@b.example") for _ in range(8)][-1] is Verdict.HARD


def test_no_address_is_stored(app: Flask, engine: Engine, limit: Limit) -> None:
    with caller(app):
        limit.check()
    with engine.connect() as connection:
        keys = [row.key for row in connection.execute(text("SELECT * FROM rate_limit"))]
        assert connection.scalar(text("SELECT relpersistence FROM pg_class WHERE relname = 'rate_limit'")) == "u"
    assert all(len(key) == 16 and HOME.encode() not in key for key in keys)


def test_tomorrow_knows_nothing_of_today(app: Flask, limit: Limit, monkeypatch: pytest.MonkeyPatch) -> None:
    with caller(app):
        today = limit._key(None)
        monkeypatch.setattr(limits, "datetime", _Tomorrow)
        assert limit._key(None) != today


class _Tomorrow(limits.datetime):
    @classmethod
    def now(cls, tz: object = None) -> limits.datetime:  # type: ignore[override]
        return super().now(limits.UTC) + timedelta(days=1)


def test_failures_only(app: Flask, limit: Limit) -> None:
    with caller(app):
        for _ in range(6):
            limit.refuse_if_spent()
            limit.check()
        with pytest.raises(TooManyRequests):
            limit.refuse_if_spent()


def test_cheap_reads_ask_the_table_late(app: Flask, engine: Engine) -> None:
    sparse = Limit("sparse", soft=40, hard=60, per=MINUTE, sparse=True)
    with caller(app, "203.0.113.99"):
        for _ in range(10):
            assert sparse.check() is Verdict.OK
        key = sparse._key(None)
        with engine.connect() as connection:
            known = text("SELECT count(*) FROM rate_limit WHERE key = :key")
            assert connection.scalar(known, {"key": key}) == 0
            sparse.check()
            assert connection.scalar(known, {"key": key}) == 1


def test_this_process_refuses_without_the_database(app: Flask, limit: Limit, monkeypatch: pytest.MonkeyPatch) -> None:
    with caller(app):
        for _ in range(6):
            limit.check()
        monkeypatch.setattr(limits, "Loan", _never)
        assert limit.check() is Verdict.HARD


def _never(_engine: Engine) -> Loan:
    raise AssertionError("the database was asked")


def test_a_route_is_limited(make_app: Callable[..., Flask]) -> None:
    made = make_app(limits="on")
    with_toys(made, made.extensions["amtsweg-settings"])
    limits._local.forget()
    client = made.test_client()
    answers = [client.post("/api/v1/toys/poke") for _ in range(5)]
    assert [answer.json.get("verdict") for answer in answers[:4]] == ["OK", "OK", "SOFT", "SOFT"]
    assert (answers[4].status_code, answers[4].json["code"]) == (429, "too_many_requests")
    assert int(answers[4].headers["Retry-After"]) > 0


def test_old_ranges_are_forgotten(app: Flask, engine: Engine, limit: Limit) -> None:
    with caller(app), engine.begin() as connection:
        limit.check()
        connection.execute(text("UPDATE rate_limit SET seen_at = seen_at - interval '3 days'"))
    with app.app_context():
        forget_old()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM rate_limit")) == 0
