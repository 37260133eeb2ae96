"""The database is lost before any word of somebody's saving or sending: nothing typed is lost, nothing is doubled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from backend.core.settings import Settings
from tests.applications.people import SIMPLE, Somebody, Town
from tests.applications.test_races import signed_in
from tests.conftest import Server
from tests.cuts import Sever, at_each_word, by_the_server, silently


@pytest.fixture(params=["silently", "by the server"])
def sever(request: pytest.FixtureRequest, server: Server) -> Sever:
    return silently if request.param == "silently" else by_the_server(server)


@pytest.fixture
def real(settings: Settings, town: Town, aylin: Somebody) -> Somebody:
    """Somebody whose session is a cookie's, looked up in the database at each request."""
    client = town.app.test_client(use_cookies=False)
    client.may_fail = True  # type: ignore[attr-defined]  # 503 is what is looked for
    return replace(aylin, client=client, headers=signed_in(settings), actor=None)


def test_saving_goes_well(real: Somebody, sever: Sever) -> None:
    real.begin()
    said: list[str] = []

    def save() -> TestResponse:
        said.append(f"word {len(said)}")
        return real.save("use", {"purpose": "other", "purpose_other": said[-1]})

    for answer in at_each_word(sever, save):
        assert answer.status_code == 200
        assert real.get(f"/drafts/{real.draft['draft_id']}").json["answers"]["purpose_other"] == said[-1]
    assert len(said) > 5


def test_looking_goes_well(real: Somebody, sever: Sever) -> None:
    real.applied()
    for path in (f"/applications/{real.sent['reference']}", "/applications"):
        assert {answer.status_code for answer in at_each_word(sever, lambda path=path: real.get(path))} == {200}


def test_sending_is_done_once(town: Town, real: Somebody, sever: Sever) -> None:
    before = town.sql("SELECT count(*) FROM application_event WHERE type = 'submitted'")[0][0]
    sent: list[str] = []

    def send() -> TestResponse:
        answer = real.send()
        sent.append(real.sent["reference"])
        return answer

    def prepared() -> None:
        real.begin()
        real.fill(SIMPLE)

    prepared()
    for answer in at_each_word(sever, send):
        assert answer.status_code == 201
        prepared()
    assert len(set(sent)) == len(sent) > 5
    assert town.sql("SELECT count(*) FROM application_event WHERE type = 'submitted'")[0][0] == before + len(sent)
