"""A small invented domain (toys) to prove what the wrapper promises to every domain."""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask, g, request
from marshmallow import fields, validate
from sqlalchemy import create_engine, text

from backend.core import access as access_room
from backend.core import cookies
from backend.core.access import access, citizen, guest, machine, public, staff
from backend.core.api import Blueprint, api, limited
from backend.core.body import FORM, reads, upload
from backend.core.db import db
from backend.core.errors import Conflict, Invalid
from backend.core.fields import Email, Mobile, PersonName
from backend.core.idempotency import idempotent
from backend.core.limits import MINUTE, Limit
from backend.core.schemas import LangQuerySchema, PageSchema, RequestSchema, ResponseSchema
from backend.core.security import new_secret
from backend.core.settings import Settings

TABLE = "CREATE TABLE toy (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL)"
toys = Blueprint("toys", __name__, url_prefix="/api/v1/toys", description="Invented for tests")
gate = threading.Event()


class PartSchema(RequestSchema):
    label = fields.String(required=True, validate=validate.Length(1, 5))
    note = fields.String(metadata={"multiline": True})


class NewToySchema(RequestSchema):
    name = fields.String(required=True, validate=validate.Length(1, 20))
    count = fields.Integer(validate=validate.Range(1, 9))
    colour = fields.String(validate=validate.OneOf(["red", "blue"]))
    parts = fields.List(fields.Nested(PartSchema), validate=validate.Length(max=2))
    words = fields.List(fields.String(validate=validate.Length(max=3)))
    owner = PersonName()
    email = Email()
    mobile = Mobile()
    size = fields.Float(allow_none=True)


class ToySchema(ResponseSchema):
    name = fields.String()
    secret = fields.String()


class OddToyRefused(Conflict):
    """Toys named odd are refused."""

    code = "odd_toy"


class NoisyToyRefused(Conflict):
    """Toys named noisy are refused, but their row stays."""

    code = "noisy_toy"
    commits = True


@toys.post("")
@access(public)
@idempotent(required=True)
@toys.raises(OddToyRefused, NoisyToyRefused)
@toys.arguments(NewToySchema)
@toys.response(201, ToySchema)
def create_toy(data: dict[str, Any]) -> dict[str, Any]:
    """Make a toy."""
    db.session.execute(text("INSERT INTO toy (name) VALUES (:name)"), {"name": data["name"]})
    if data["name"] == "odd":
        raise OddToyRefused
    if data["name"] == "noisy":
        raise NoisyToyRefused
    if data["name"] == "broken":
        raise RuntimeError("a marked value: Schmetterling")
    if data["name"] == "slow":
        gate.wait(5)
    if data["name"] in ("sweet", "sour"):
        cookies.give("__Host-toy", "1", same_site="Strict")
    if data["name"] == "sour":
        raise OddToyRefused
    return {"name": data["name"], "secret": new_secret()}


@toys.get("")
@access(public)
@toys.arguments(LangQuerySchema, location="query")
@toys.response(200, PageSchema(ToySchema))
def list_toys(query: dict[str, Any]) -> dict[str, Any]:
    """All toys."""
    names = db.session.scalars(text("SELECT name FROM toy ORDER BY id")).all()
    items = [{"name": name, "secret": query["lang"]} for name in names]
    return {"items": items, "page": 1, "page_size": 50, "total": len(items)}


@toys.post("/echo")
@access(public)
@toys.arguments(NewToySchema)
@toys.response(200)
def echo_toy(data: dict[str, Any]) -> dict[str, Any]:
    """The values as they were understood."""
    return data


@toys.post("/poke")
@access(guest("toy"))
@limited(Limit("poke_toy", soft=2, hard=4, per=MINUTE))
@toys.response(200)
def poke_toy() -> dict[str, Any]:
    """Touch it."""
    return {"verdict": g.verdict.name}


@toys.get("/mine")
@access(citizen("substantial"))
@toys.response(200)
def my_toys() -> dict[str, Any]:
    """Only for signed-in people of some trust."""
    return {"name": access_room.actor().name}


@toys.get("/ours")
@access(citizen("none"))
@toys.response(200)
def our_toys() -> dict[str, Any]:
    """For every session of the citizens' side."""
    return {"kind": access_room.actor().kind}


@toys.get("/theirs")
@access(staff("clerk", "office"))
@toys.response(200)
def their_toys() -> dict[str, Any]:
    """For clerks."""
    return {"kind": access_room.actor().kind}


@toys.get("/who")
@access(public)
@toys.response(200)
def who_plays() -> dict[str, Any]:
    """Whoever it is."""
    found = access_room.current()
    return {"kind": found.kind if found else None}


@toys.post("/notice")
@access(machine("toy factory"))
@reads(FORM, "word")
@toys.response(200)
def take_notice() -> dict[str, Any]:
    """A machine's form."""
    return {"who": access_room.current(), "word": request.form.get("word")}


@toys.patch("/photo")
@access(public)
@upload
@toys.response(200)
def add_to_photo() -> dict[str, Any]:
    """A chunk of a file."""
    return {"bytes": len(request.get_data())}


@toys.get("/wait")
@access(public)
@toys.response(200)
def wait_for_toy() -> dict[str, Any]:
    """Hold a connection longer than it is allowed."""
    db.session.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": 30})
    raise Invalid


def with_toys(made: Flask, settings: Settings) -> Flask:
    engine = create_engine(settings.database_owner_url)
    with engine.begin() as connection:
        connection.execute(text(TABLE))
    engine.dispose()
    api.register_blueprint(toys)
    return made
