"""Where sealed bytes lie: a folder or an S3-compatible store, behind one interface."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from backend.applications.files.stores.bucket import Bucket
from backend.applications.files.stores.folder import Folder
from backend.applications.files.stores.types import FileStore
from backend.core.settings import Settings


def store_of(settings: Settings) -> FileStore:
    """The deployment's store."""
    if settings.files_url is None or settings.files_secret_file is None:
        return Folder(settings.data_dir / "files")
    return _bucket(settings.files_url, settings.files_secret_file)


@cache
def _bucket(url: str, secret_file: Path) -> Bucket:
    return Bucket(url, secret_file)
