"""Where sealed bytes lie: a folder or an S3-compatible store, behind one interface."""

from __future__ import annotations

from backend.applications.files.stores.folder import Folder
from backend.applications.files.stores.types import FileStore
from backend.core.settings import Settings


def store_of(settings: Settings) -> FileStore:
    """The deployment's store."""
    return Folder(settings.data_dir / "files")
