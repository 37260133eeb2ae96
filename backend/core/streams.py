"""Rows for an answer that is sent while it is read: a page at a time, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from flask import Flask, current_app
from sqlalchemy.orm import Session

from backend.core.db import db

Row = TypeVar("Row")
Place = TypeVar("Place")


def pages(read: Callable[[Session, Place | None], tuple[Sequence[Row], Place | None]]) -> Iterator[Row]:
    """All rows that `read(session, place)` gives page by page until it names no place to go on from.

    Between two pages no connection and no context is held, however slowly the reader takes them.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the application behind the proxy
    return _walk(app, read)


def _walk(app: Flask, read: Callable[[Session, Place | None], tuple[Sequence[Row], Place | None]]) -> Iterator[Row]:
    place: Place | None = None
    while True:
        with app.app_context():
            rows, place = read(db.session(), place)
        yield from rows
        if place is None:
            return
