"""Another office hears of a question by mail, and the asking one of the answer: real SMTP, numbers only, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from backend.core.clock import BERLIN
from backend.core.db import db
from backend.core.settings import Settings
from backend.notifications import delivery
from backend.notifications.types import MessageState
from tests.applications.people import Town
from tests.casework.office import Colleague, Office
from tests.notifications.gateway import Gateway, running

DUE = datetime.now(BERLIN).date() + timedelta(days=10)
QUESTION = "Hat Aylin Yıldız dort gewohnt?"


@pytest.fixture
def north(office: Office) -> Colleague:
    return office.colleague(offices=("hb-nord",), name="Nord")


def asked(office: Office) -> tuple[str, dict[str, Any]]:
    office.town.sql("DELETE FROM message")
    reference = office.case()
    body = {"office": "hb-nord", "question": QUESTION, "due_on": DUE.isoformat(), "pages": ["use"]}
    answer = office.colleague().act(reference, "opinions", body)
    assert answer.status_code == 201, answer.json
    return reference, answer.json["opinions"][-1]


def sent(app: Flask, settings: Settings, town: Town, kind: str) -> tuple[MessageState | None, list[Any]]:
    """Hand the one mail of this kind to a gateway: how that ended, and what arrived."""
    (message,) = town.sql("SELECT id, language FROM message WHERE kind = :kind", kind=kind)
    assert message.language == "de"
    with running(Gateway()) as gateway, app.app_context():
        to = replace(settings, smtp_url=f"smtp://127.0.0.1:{gateway.port}")
        return delivery.deliver(db.session(), to, message.id), list(gateway.accepted)


def test_question_and_answer_are_told(
    office: Office, town: Town, north: Colleague, app: Flask, settings: Settings
) -> None:
    reference, opinion = asked(office)
    state, (question,) = sent(app, settings, town, "office_opinion_asked")
    assert state is MessageState.SENT
    assert question["To"] == "bscnord@buergeramt.bremen.de"
    assert question["Subject"] == "Ein anderes Amt bittet um eine Stellungnahme"
    text = question.get_body(("plain",)).get_content()
    assert reference in text
    assert "BürgerServiceCenter-Mitte" in text
    assert f"{DUE.day}. " in text
    assert "/amt/stellungnahmen" in text
    answered = north.post(f"/opinions/{opinion['id']}/answer", {"answer": "Ja, Frau Yıldız seit 2019."})
    assert answered.status_code == 200, answered.json
    state, (answer,) = sent(app, settings, town, "office_opinion_answered")
    assert state is MessageState.SENT
    assert answer["To"] == "bscmitte@buergeramt.bremen.de"
    told = answer.get_body(("plain",)).get_content()
    assert f"/amt/vorgang/{reference}" in told
    for mail in (question, answer):
        assert "Yıldız" not in mail.as_string()
        assert "gewohnt" not in mail.as_string()


def test_what_was_withdrawn_is_not_told(office: Office, town: Town, app: Flask, settings: Settings) -> None:
    reference, opinion = asked(office)
    assert office.colleague().act(reference, f"opinions/{opinion['id']}/withdraw").status_code == 200
    assert sent(app, settings, town, "office_opinion_asked") == (MessageState.SUPERSEDED, [])


def test_the_office_that_has_the_case_by_now_hears_the_answer(
    office: Office, town: Town, north: Colleague, app: Flask, settings: Settings
) -> None:
    reference, opinion = asked(office)
    town.sql("UPDATE staff_case SET office = 'hb-nord' WHERE application_id = :id", id=office.id_of(reference))
    assert north.post(f"/opinions/{opinion['id']}/answer", {"answer": "Ja"}).status_code == 200
    _, (mail,) = sent(app, settings, town, "office_opinion_answered")
    assert mail["To"] == "bscnord@buergeramt.bremen.de"


def test_a_refused_question_sends_nothing(office: Office, town: Town) -> None:
    town.sql("DELETE FROM message")
    reference = office.case()
    body = {"office": "hb-nord", "question": "?", "due_on": "2020-01-01", "pages": []}
    assert office.colleague().act(reference, "opinions", body).status_code == 422
    assert town.sql("SELECT 1 FROM message WHERE kind LIKE 'office%'") == []
