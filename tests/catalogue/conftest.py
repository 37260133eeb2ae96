"""A small catalogue of its own for tests of behaviour, and the shipped one for tests of content."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from backend.catalogue import files, importer
from backend.core.db import db

SMALL = Path(__file__).parent / "data"
TODAY = date(2026, 11, 22)


def import_now(app: Flask, folder: Path, today: date = TODAY) -> importer.Report:
    """Import a folder as the command does and return its report."""
    with app.app_context():
        report = importer.import_folder(db.session, files.load(folder), today)
        db.session.commit()
        return report


@pytest.fixture(scope="module")
def small(app: Flask) -> Flask:
    """The application with the small catalogue."""
    import_now(app, SMALL)
    return app


@pytest.fixture(scope="module")
def shipped(app: Flask) -> Flask:
    """The application with the catalogue that is shipped."""
    import_now(app, files.DATA)
    return app
