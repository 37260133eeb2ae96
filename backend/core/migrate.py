"""Runs the migrations as the owner of the tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from backend.core.settings import Settings

FOLDER = Path(__file__).parents[1] / "migrations"


def config(settings: Settings) -> Config:
    """Alembic's configuration for a deployment."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s")
    made.attributes["owner_url"] = settings.database_owner_url
    made.attributes["app_url"] = settings.database_url
    return made


def upgrade(settings: Settings) -> None:
    """Bring the tables to this version; does nothing when they are."""
    command.upgrade(config(settings), "heads")
