"""The whole life of an application from the command line, as a demonstrator walks it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from backend.applications.commands import demo_case, verify
from backend.core.settings import Settings
from tests.applications.people import BY_CLERK, Somebody, Town


@pytest.fixture(scope="module")
def settings(settings: Settings) -> Settings:
    """As a demo."""
    return replace(settings, demo=True)


def run(app: Flask, *words: str) -> Result:
    return CliRunner().invoke(demo_case, list(words), obj=lambda: app)


def test_from_the_undo_to_the_end(town: Town, aylin: Somebody) -> None:
    reference = str(aylin.applied(BY_CLERK)["reference"])
    early = run(town.app, "review", reference)
    assert (early.exit_code, early.output) == (1, "Error: not_found\n")
    for words in (
        ("receive", reference),
        ("review", reference),
        ("message", reference, "Guten Tag"),
        ("request", reference, "Bitte prüfen", "--field", "items"),
    ):
        done = run(town.app, *words)
        assert done.exit_code == 0, done.output
    assert reference in run(town.app, "list").output
    assert "waits for citizen" in run(town.app, "list").output
    request = aylin.look()["requests"][0]["id"]
    assert aylin.act(f"requests/{request}/answer", {"answers": {"items": ["religion"]}}).status_code == 200
    refused = run(town.app, "decide", reference, "refused")
    assert (refused.exit_code, "/reason required" in refused.output) == (1, True)
    for words in (("fee", reference, "1150"), ("decide", reference, "granted"), ("close", reference)):
        done = run(town.app, *words)
        assert done.exit_code == 0, done.output
    shown = run(town.app, "show", reference).output
    assert "request_answered" in shown
    assert "now: closed" in shown
    assert aylin.look()["state"] == "closed"


def test_only_a_demo_plays_the_office(town: Town, aylin: Somebody) -> None:
    reference = str(aylin.applied()["reference"])
    usual = town.app.extensions["amtsweg-settings"]
    town.app.extensions["amtsweg-settings"] = replace(usual, demo=False)
    try:
        refused = run(town.app, "receive", reference)
    finally:
        town.app.extensions["amtsweg-settings"] = usual
    assert (refused.exit_code, "AMTSWEG_DEMO" in refused.output) == (1, True)


def test_a_wrong_number_is_said_in_one_line(town: Town) -> None:
    assert run(town.app, "show", "K7M-3DX-9PC").output == "Error: There is no such application.\n"


def test_what_must_hold_is_checked_and_a_break_is_found(town: Town, aylin: Somebody) -> None:
    sent = aylin.applied(BY_CLERK)
    check = CliRunner().invoke(verify, [], obj=lambda: town.app)
    assert check.exit_code == 0, check.output
    town.sql("UPDATE application SET waiting_for = 'citizen' WHERE id = :id", id=town.id_of(sent))
    town.sql("UPDATE issued_document SET void_at = clock_timestamp() WHERE application_id = :id", id=town.id_of(sent))
    broken = CliRunner().invoke(verify, [], obj=lambda: town.app)
    assert broken.exit_code == 1
    assert "2 rules are broken" in broken.output
