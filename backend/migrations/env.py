"""Alembic's entry: connects as the owner, grants the application role its rights on what is created."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine, make_url, text

from backend.core.db import Base

OWNER_URL = context.config.attributes["owner_url"]
APP_ROLE = make_url(context.config.attributes["app_url"]).username
LIBRARY_TABLES = ("procrastinate_",)


def ours(_object: object, name: str | None, kind: str, _reflected: bool, _compare: object) -> bool:
    """Tables of the job library are its own business."""
    return not (kind == "table" and (name or "").startswith(LIBRARY_TABLES))


def grant(connection: Connection) -> None:
    """Let the application role use all that the owner creates from now on (a migration may take rights away again)."""
    owner = connection.scalar(text("SELECT current_user"))
    if APP_ROLE in (None, owner):
        return
    role = connection.dialect.identifier_preparer.quote(APP_ROLE)
    for right in (
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    ):
        connection.execute(text(right))


def run() -> None:
    """Migrate in one transaction, under a lock so that two starts do not meet."""
    engine = create_engine(OWNER_URL, hide_parameters=True)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('amtsweg migrations'))"))
        grant(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=ours,
            compare_type=True,
            transaction_per_migration=False,
        )
        context.run_migrations()
    engine.dispose()


run()
