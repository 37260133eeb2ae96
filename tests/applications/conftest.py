"""The portal with the real forms and the real catalogue, and people whose sessions the test chooses."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.applications.people import Somebody, Town, install


@pytest.fixture(scope="session")
def template(catalogue_template: str) -> str:
    """The databases of these tests have the catalogue."""
    return catalogue_template


@pytest.fixture(scope="module")
def town(app: Flask, engine: Engine) -> Town:
    """The portal of the tests."""
    sessions = install(app)
    app.extensions["test-sessions"] = sessions
    return Town(app, engine, sessions)


@pytest.fixture
def aylin(town: Town) -> Somebody:
    """Somebody signed in with her online ID."""
    return town.citizen()
