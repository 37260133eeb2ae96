"""The least a Flask service can do, as the measure: a JSON answer, and one insert with SQLAlchemy Core."""

from __future__ import annotations

import os
from typing import Any

from flask import Flask, request
from sqlalchemy import JSON, BigInteger, Column, Identity, MetaData, Table, Text, create_engine, insert

app = Flask(__name__)
engine = create_engine(os.environ["DATABASE_URL"], pool_size=9, max_overflow=0)
table = Table(
    "reference_row",
    MetaData(),
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("details", JSON, nullable=False),
)
INSERT = insert(table).returning(table.c.id)


@app.get("/health/live")
@app.get("/hello")
def hello() -> dict[str, str]:
    """A bare JSON answer."""
    return {"status": "ok"}


@app.post("/rows")
def add_row() -> tuple[dict[str, Any], int]:
    """Read a JSON body, insert one row, commit, answer with its id."""
    body = request.get_json()
    with engine.begin() as connection:
        made = connection.execute(INSERT, {"name": body["name"], "details": body["details"]}).scalar_one()
    return {"id": made}, 201
