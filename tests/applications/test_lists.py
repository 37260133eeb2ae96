"""Lists of a person cost the same number of queries however long they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from backend.core.db import db
from tests.applications.people import Somebody


@contextmanager
def asked(app: Flask) -> Iterator[list[str]]:
    """Every statement that SQLAlchemy sends."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("path", ["/applications", "/drafts"])
def test_a_longer_list_needs_no_more_queries(app: Flask, aylin: Somebody, path: str) -> None:
    def more() -> None:
        if path == "/applications":
            aylin.applied()
        else:
            aylin.begin()

    def statements() -> tuple[int, int]:
        with asked(app) as seen:
            listed = aylin.get(path)
        assert listed.status_code == 200, listed.json
        return len((listed.json or {})["items"]), len(seen)

    more()
    aylin.get(path)  # what is read once per process
    shorter = statements()
    more()
    more()
    longer = statements()
    assert longer[0] == shorter[0] + 2
    assert 0 < longer[1] == shorter[1]
