"""Nothing stays for ever: ended sessions, used sign-ins, accounts that nobody uses and whose people were told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from backend.accounts import service
from backend.accounts.service import retention
from backend.accounts.service.ties import _TIES
from backend.accounts.types import Consequence, Idle
from backend.core.db import db
from tests.accounts.conftest import Browser

YEAR = timedelta(days=365)


@pytest.fixture
def told(app: Flask, engine: Engine) -> list[Idle]:
    """What people were told; every test begins with no account and no tie."""
    heard: list[Idle] = []
    app.extensions[_TIES] = {}
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM account"))
    service.on_idle(app, lambda _session, idle: heard.append(idle))
    return heard


def days_pass(engine: Engine, days: int) -> None:
    moved = "last_seen_at = last_seen_at - make_interval(days => :d), warned_at = warned_at - make_interval(days => :d)"
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE account SET {moved}"), {"d": days})  # noqa: S608 - a constant


def night(app: Flask) -> None:
    with app.app_context():
        retention.run(db.session)
        db.session.commit()


def accounts(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT family_name FROM account ORDER BY 1")).scalars())


def keys(engine: Engine) -> int:
    with engine.connect() as connection:
        found = text("SELECT count(*) FROM account a JOIN keyring.data_key k ON k.id = a.key_id")
        return int(connection.execute(found).scalar_one())


def test_an_unused_account_ends_thirty_days_after_its_person_was_told(
    app: Flask, browser: Browser, engine: Engine, told: list[Idle]
) -> None:
    browser.sign_in("rim", "basic")
    days_pass(engine, 334)
    night(app)
    assert told == []
    days_pass(engine, 2)
    night(app)
    night(app)
    (idle,) = told
    assert (idle.email, idle.language) == ("rim.alhaddad@example.org", "de")
    assert accounts(engine) == ["al-Ḥaddād"]
    assert keys(engine) == 1
    days_pass(engine, 29)
    night(app)
    assert accounts(engine) == ["al-Ḥaddād"]
    days_pass(engine, 2)
    night(app)
    assert accounts(engine) == []


def test_who_comes_back_stays(app: Flask, browser: Browser, engine: Engine, told: list[Idle]) -> None:
    browser.sign_in("rim", "basic")
    days_pass(engine, 340)
    night(app)
    browser.sign_in("rim", "basic")
    days_pass(engine, 40)
    night(app)
    assert accounts(engine) == ["al-Ḥaddād"]
    assert len(told) == 1


def test_a_very_old_account_is_still_told_first(app: Flask, browser: Browser, engine: Engine, told: list[Idle]) -> None:
    browser.sign_in("rim", "basic")
    days_pass(engine, 900)
    night(app)
    assert len(told) == 1
    assert accounts(engine) == ["al-Ḥaddād"]


def test_without_anybody_who_writes_mails_nothing_ends(
    app: Flask, browser: Browser, engine: Engine, told: list[Idle]
) -> None:
    app.extensions[_TIES] = {}
    browser.sign_in("rim", "basic")
    for _ in range(3):
        days_pass(engine, 400)
        night(app)
    assert accounts(engine) == ["al-Ḥaddād"]


def test_what_must_go_on_keeps_an_unused_account(
    app: Flask, browser: Browser, engine: Engine, told: list[Idle]
) -> None:
    service.register_farewell(
        app,
        consequences=lambda _session, _account: [Consequence(code="open_application", count=1, blocks=True)],
        forget=lambda _session, _account: None,
    )
    browser.sign_in("rim", "basic")
    for _ in range(3):
        days_pass(engine, 400)
        night(app)
    assert accounts(engine) == ["al-Ḥaddād"]
    app.extensions[_TIES]["farewell"].clear()
    night(app)
    assert accounts(engine) == ["al-Ḥaddād"], "it does not stand in the way of others every night"
    days_pass(engine, 31)
    night(app)
    assert accounts(engine) == []


def test_staff_accounts_end_without_a_mail(
    app: Flask, new_browser: Callable[..., Browser], engine: Engine, told: list[Idle]
) -> None:
    new_browser("staff").sign_in("clerk-hb", "substantial")
    days_pass(engine, 340)
    night(app)
    days_pass(engine, 31)
    night(app)
    assert (told, accounts(engine)) == ([], [])


def test_ended_sessions_and_sign_ins_are_forgotten_after_a_day(app: Flask, browser: Browser, engine: Engine) -> None:
    browser.sign_in("rim", "basic")
    browser.start()
    count = text("SELECT (SELECT count(*) FROM account_session), (SELECT count(*) FROM sign_in),"
                 " (SELECT count(*) FROM logout_token)")  # fmt: skip
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO logout_token (issuer, token_id) VALUES ('i', 't')"))
    night(app)
    with engine.begin() as connection:
        assert all(connection.execute(count).one())
        connection.execute(text("UPDATE account_session SET expires_at = clock_timestamp() - interval '25 hours'"))
        connection.execute(text("UPDATE sign_in SET expires_at = clock_timestamp() - interval '25 hours'"))
        connection.execute(text("UPDATE logout_token SET seen_at = clock_timestamp() - interval '25 hours'"))
    night(app)
    with engine.connect() as connection:
        assert tuple(connection.execute(count).one()) == (0, 0, 0)
