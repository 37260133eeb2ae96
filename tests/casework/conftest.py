"""An office with people of all roles, over the portal of the applications' tests."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.applications.people import Town, install
from tests.casework.office import Office


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
def office(town: Town, app: Flask) -> Office:
    """The office in which the cases of `hb-mitte` are worked on; free of older cases."""
    town.sql("UPDATE staff_case SET office = 'archive' WHERE office IN ('hb-mitte', 'hb-nord')")
    town.sql("UPDATE staff_case_proposal SET state = 'undone', leaves_at = NULL WHERE state IN ('waiting', 'leaving')")
    return Office(town)
