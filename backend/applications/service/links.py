"""Secrets of links that let somebody without an account in on another device: kept as hashes, used once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from backend.applications.models import Application, ResumeLink
from backend.core.clock import db_now
from backend.core.security import hash_secret, new_secret

LIFETIME = timedelta(minutes=60)


def fresh_secret(session: Session, row: Application) -> str:
    """A new link's secret; only its hash is kept."""
    secret = new_secret()
    link = ResumeLink(secret_hash=hash_secret(secret), application_id=row.id, expires_at=db_now(session) + LIFETIME)
    session.add(link)
    session.flush()
    return secret
