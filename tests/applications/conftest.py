"""The portal with the real forms and the real catalogue, and people whose sessions the test chooses."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Engine

from backend.cli import main
from tests.applications.people import Somebody, Town, install


@pytest.fixture(scope="module")
def town(app: Flask, engine: Engine) -> Town:
    """The portal of the tests."""
    command: Any = main
    result = CliRunner().invoke(command.get_command(None, "catalogue"), ["import"], obj=lambda: app)
    assert result.exit_code == 0, result.output
    sessions = install(app)
    app.extensions["test-sessions"] = sessions
    return Town(app, engine, sessions)


@pytest.fixture
def aylin(town: Town) -> Somebody:
    """Somebody signed in with her online ID."""
    return town.citizen()
