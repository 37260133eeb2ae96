"""The whole life of an application from the command line, as a demonstrator walks it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from backend.applications.commands import demo_case
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
