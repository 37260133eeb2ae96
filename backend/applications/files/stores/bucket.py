"""A bucket of an S3-compatible store; it holds sealed bytes only."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import urllib3
from minio import Minio
from minio.error import S3Error

from backend.applications.files.stores.types import MissingObjectError

PIECE_BYTES = 256 * 1024
TIMEOUT = urllib3.Timeout(connect=2, read=20)


class Bucket:
    """A FileStore at `s3://key-id@host[:port]/bucket` (`s3+http://` without TLS, on this machine only)."""

    def __init__(self, url: str, secret_file: Path) -> None:
        parts = urlsplit(url)
        self._bucket = parts.path.strip("/")
        self._client = Minio(
            f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname),
            access_key=parts.username,
            secret_key=secret_file.read_text(encoding="ascii").strip(),
            secure=parts.scheme == "s3",
            region="us-east-1",  # asked for nothing: it saves a call, and stores without regions take it
            http_client=urllib3.PoolManager(timeout=TIMEOUT, retries=urllib3.Retry(2, backoff_factor=0.2)),
        )

    def write(self, key: str, parts: Iterable[bytes]) -> None:
        """Put an object; a store answers when it is safe, and shows the old one until then."""
        whole = b"".join(parts)
        with _as_os_error():
            self._client.put_object(self._bucket, key, io.BytesIO(whole), len(whole))

    def read(self, key: str) -> Iterator[bytes]:
        """Its pieces."""
        try:
            with _as_os_error():
                answer = self._client.get_object(self._bucket, key)
        except FileNotFoundError as error:
            raise MissingObjectError(key) from error
        return _pieces(answer)

    def list(self, prefix: str) -> list[str]:
        """The keys below `<prefix>/`, sorted."""
        with _as_os_error():
            found = self._client.list_objects(self._bucket, prefix=f"{prefix}/", recursive=True)
            return sorted(str(item.object_name) for item in found)

    def remove(self, prefix: str) -> None:
        """Delete every object below `<prefix>/`, or the object of that very key."""
        with _as_os_error():
            for key in (*self.list(prefix), prefix):
                self._client.remove_object(self._bucket, key)

    def free_share(self) -> float:
        """A bucket has no end that it would tell."""
        return 1.0


class _as_os_error:  # noqa: N801 - used like a function
    """Faults of the store leave as OSError, like those of a disk; a missing object as FileNotFoundError."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, S3Error):
            missing = error.code in {"NoSuchKey", "NoSuchBucket"}
            raise (FileNotFoundError if missing else OSError)(error.code) from error
        if isinstance(error, urllib3.exceptions.HTTPError):
            raise OSError(type(error).__name__) from error


def _pieces(answer: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    try:
        yield from answer.stream(PIECE_BYTES)
    finally:
        answer.close()
        answer.release_conn()
