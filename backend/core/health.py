"""Is the process alive, and can it serve: database reachable and migrated."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory
from marshmallow import fields
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from backend.core.access import access, public
from backend.core.api import Blueprint
from backend.core.db import db
from backend.core.errors import DomainError
from backend.core.schemas import ResponseSchema

MIGRATIONS = Path(__file__).parents[1] / "migrations"
blueprint = Blueprint("health", __name__, url_prefix="/health", description="For the operator's probes")
_VERSIONS = text("SELECT version_num FROM alembic_version")


class HealthSchema(ResponseSchema):
    """The one word of a probe's answer."""

    status = fields.String(metadata={"description": "`ok`"})


class NotMigrated(DomainError):  # noqa: N818 - named like its code
    """The database's tables are not those of this version: run `amtsweg migrate`."""

    code = "not_migrated"
    status = 503


@blueprint.get("/live")
@access(public)
@blueprint.response(200, HealthSchema)
def live() -> dict[str, Any]:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/ready")
@access(public)
@blueprint.raises(NotMigrated)
@blueprint.response(200, HealthSchema)
def ready() -> dict[str, Any]:
    """Database reachable and migrated to this version."""
    try:
        found = set(db.session.scalars(_VERSIONS))
    except ProgrammingError as error:  # an empty database has no such table
        raise NotMigrated from error
    if found != expected_versions():
        raise NotMigrated
    return {"status": "ok"}


@cache
def expected_versions() -> frozenset[str]:
    """The newest migration(s) of this program."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return frozenset(ScriptDirectory.from_config(config).get_heads())
