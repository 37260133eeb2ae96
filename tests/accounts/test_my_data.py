"""My data: shown with its source, taken along, held back below its level, and erased for good."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import page
import pytest
from flask import Flask
from sqlalchemy import Engine, text

from backend.accounts import service
from backend.accounts.service.ties import _TIES
from backend.accounts.types import Consequence, Item, Section
from backend.audit import service as audit
from backend.core import keyring
from backend.core.access import Actor
from backend.core.db import db
from backend.core.i18n import LANGUAGES
from tests.accounts.conftest import Browser

ME = "/api/v1/me"


@pytest.fixture
def ties(app: Flask) -> Iterator[Flask]:
    """The application, whose ties are its own again afterwards."""
    before = {kind: list(found) for kind, found in app.extensions.get(_TIES, {}).items()}
    yield app
    app.extensions[_TIES] = before


def account_id(engine: Engine, given_name: str) -> UUID:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id FROM account WHERE given_name = :name"), {"name": given_name})
        return UUID(str(found.scalar_one()))


def test_every_value_has_its_source(browser: Browser) -> None:
    browser.sign_in("thi-anh", "high")
    data = browser.get(ME).json
    claims = {claim["name"]: claim["value"] for claim in data["claims"]}
    assert claims["given_name"] == "Thị Ánh"
    assert claims["birthdate"] == "1988-03-14"
    assert claims["address"]["street_address"] == "Vegesacker Straße 981"
    assert {claim["source"] for claim in data["claims"]} == {"service_account"}
    assert data["account"] | {"created_at": 0, "last_seen_at": 0} == {
        "issuer": "127.0.0.1", "level": "high", "held_back": False, "created_at": 0, "last_seen_at": 0,
    }  # fmt: skip
    assert data["electronic_delivery"] == {"allowed": True, "since": None}


def test_only_names_are_readable_in_the_database(browser: Browser, engine: Engine) -> None:
    browser.sign_in("cagla", "high")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT a::text || s::text FROM account a, account_session s")).scalars().all()
    assert rows
    for row in rows:
        assert not any(word in row for word in ("Hafenstra", "1979-11-02", "cagla.karaagacli", browser.cookie() or "?"))


def test_what_was_said_at_a_higher_level_is_held_back(new_browser: Callable[..., Browser]) -> None:
    low, high = new_browser(), new_browser()
    low.sign_in("mulyani", "basic")
    high.sign_in("mulyani", "substantial")
    data = low.get(ME).json
    assert data["account"]["held_back"]
    assert [claim["name"] for claim in data["claims"]] == ["family_name"]
    assert {"birthdate", "address"} <= {claim["name"] for claim in high.get(ME).json["claims"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_copy_is_accessible(browser: Browser, language: str) -> None:
    browser.sign_in("rim", "basic")
    answer = browser.get(f"{ME}/export?format=pdf&lang={language}")
    assert answer.content_type == "application/pdf"
    report = page.validate_pdf_bytes(answer.data, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_the_copy_for_machines_says_the_same(browser: Browser) -> None:
    browser.sign_in("rim", "basic")
    answer = browser.get(f"{ME}/export")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="amtsweg-')
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert json.loads(answer.data)["claims"] == browser.get(ME).json["claims"]


def test_rooms_above_add_their_sections(ties: Flask, browser: Browser) -> None:
    def tell(_session: object, actor: Actor, language: str) -> Section:
        item = Item(
            key="drafts", label=language, value=1, shown=str(actor.level), source="you", at=datetime.now(UTC)
        )  # fmt: skip
        return Section(title="Entwürfe", items=(item,))

    service.register_section(ties, "applications", tell)
    service.register_section(ties, "nothing", lambda _session, _actor, _language: None)
    browser.sign_in("rim", "basic")
    (section,) = browser.get(f"{ME}?lang=tr").json["sections"]
    assert (section["name"], section["items"][0]["label"], section["items"][0]["shown"]) == (
        "applications", "tr", "basic",
    )  # fmt: skip
    assert browser.get(f"{ME}/export?format=pdf").status_code == 200


def test_who_looked_is_told(ties: Flask, browser: Browser, engine: Engine) -> None:
    browser.sign_in("jonne", "basic")
    mine, case = account_id(engine, "Jonne Fritz"), str(uuid4())
    service.register_objects(ties, lambda _session, _account, language: {("application", case): f"Umzug ({language})"})
    clerk = Actor(kind="staff", account_id=uuid4(), roles=frozenset({"clerk"}))
    with ties.app_context():
        for kind, what in (("application", case), ("application", str(uuid4()))):
            audit.record(db.session, actor=clerk, action="application.read", object_type=kind, object_id=what)
        audit.record(
            db.session, actor=clerk, action="account.read", object_type="account", object_id=mine, about=mine
        )  # fmt: skip
        db.session.commit()
    looks = browser.get(f"{ME}?lang=tr").json["looks"]
    assert sorted((look["action"], look["name"]) for look in looks) == [
        ("account.read", None), ("application.read", "Umzug (tr)"),
    ]  # fmt: skip
    assert {look["actor_kind"] for look in looks} == {"staff"}


def test_electronic_delivery_is_the_persons_choice(browser: Browser) -> None:
    browser.sign_in("rim", "basic")
    answer = browser.post(f"{ME}/electronic-delivery", {"allowed": False}).json
    assert not answer["allowed"]
    assert answer["since"]
    browser.sign_in("rim", "basic")
    assert not browser.get(ME).json["electronic_delivery"]["allowed"]


def test_deleting_erases_account_sessions_and_key(new_browser: Callable[..., Browser], engine: Engine) -> None:
    here, there = new_browser(), new_browser()
    here.sign_in("cagla", "high")
    there.sign_in("cagla", "basic")
    mine = account_id(engine, "Çağla Işıl")
    with engine.connect() as connection:
        key = connection.execute(text("SELECT key_id FROM account WHERE id = :id"), {"id": mine}).scalar_one()
    assert here.post(f"{ME}/delete", {"confirm": False}).status_code == 422
    answer = here.post(f"{ME}/delete", {"confirm": True})
    assert "end_session" in answer.json["location"] or "logout" in answer.json["location"]
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert here.cookie() is None
    assert there.get(ME).status_code == 401
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM account WHERE id = :id"), {"id": mine}).scalar_one() == 0
    with here.client.application.app_context(), pytest.raises(keyring.KeyGoneError):
        keyring.unseal(db.session, key, b"\xa1" + bytes(60), context="x")


def test_what_must_go_on_keeps_the_account(ties: Flask, browser: Browser, engine: Engine) -> None:
    told: list[UUID] = []
    blocks = [True]
    service.register_farewell(
        ties,
        consequences=lambda _session, _account: [Consequence(code="open_payment", count=2, blocks=blocks[0])],
        forget=lambda _session, account: told.append(account),
    )
    browser.sign_in("jonne", "basic")
    mine = account_id(engine, "Jonne Fritz")
    assert browser.get(ME).json["consequences"] == [{"code": "open_payment", "count": 2, "blocks": True}]
    refused = browser.post(f"{ME}/delete", {"confirm": True})
    assert (refused.status_code, refused.json["code"]) == (409, "account_in_use")
    assert refused.json["reasons"] == [{"code": "open_payment", "count": 2}]
    assert browser.get(ME).status_code == 200
    blocks[0] = False
    assert browser.post(f"{ME}/delete", {"confirm": True}).status_code == 200
    assert told == [mine]


def test_guests_have_no_data(app: Flask, browser: Browser) -> None:
    assert browser.get(ME).status_code == 401
    assert browser.post(f"{ME}/delete", {"confirm": True}).status_code == 401
