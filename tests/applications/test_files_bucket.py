"""One contract for both stores; the bucket is spoken to in the real protocol."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.applications.files.stores.bucket import Bucket
from backend.applications.files.stores.folder import Folder
from backend.applications.files.stores.types import FileStore, MissingObjectError
from backend.local.check import system_node
from backend.local.ports import free_port, is_free

ROOT = Path(__file__).parents[2]
S3RVER = ROOT / "node_modules" / "s3rver" / "bin" / "s3rver.js"


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("s3"), free_port()
    node = "node" if system_node() else str(Path(sys.executable).parent / "node")
    command = [node, str(S3RVER), "-a", "127.0.0.1", "-p", str(port), "-d", str(folder), "--configure-bucket", "cases"]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=dict(os.environ))
    until = time.monotonic() + 30
    while is_free(port):
        assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
        assert time.monotonic() < until
        time.sleep(0.05)
    yield f"s3+http://S3RVER@127.0.0.1:{port}/cases"
    process.terminate()
    process.wait(10)


def secret(folder: Path, value: str = "S3RVER") -> Path:
    file = folder / "secret"
    file.write_text(value, encoding="ascii")
    return file


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    if request.param == "folder":
        return Folder(tmp_path / "files")
    return Bucket(request.getfixturevalue("s3"), secret(tmp_path))


def test_objects_are_replaced_listed_and_removed(store: FileStore) -> None:
    store.write("ab12/000", [b"old"])
    store.write("ab12/000", [b"ne", b"w"])
    store.write("ab12/001", [b"x" * 700_000])
    store.write("ab1/000", [b"other"])
    assert b"".join(store.read("ab12/000")) == b"new"
    assert len(b"".join(store.read("ab12/001"))) == 700_000
    assert store.list("ab12") == ["ab12/000", "ab12/001"]
    store.remove("ab12/000")
    assert store.list("ab12") == ["ab12/001"]
    store.remove("ab12")
    store.remove("ab12")
    assert store.list("ab12") == []
    assert store.list("ab1") == ["ab1/000"]
    with pytest.raises(MissingObjectError):
        store.read("ab12/000")
    assert 0 < store.free_share() <= 1


def test_a_stranger_is_refused(s3: str, tmp_path: Path) -> None:
    """The peer knows key ids; it checks signatures of headers no further than their form."""
    stranger = Bucket(s3.replace("S3RVER@", "STRANGER@"), secret(tmp_path))
    with pytest.raises(OSError, match="InvalidAccessKeyId"):
        stranger.write("ab/1", [b"x"])
    with pytest.raises(OSError, match="InvalidAccessKeyId"):
        stranger.read("ab/1")


def test_a_store_that_is_gone_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    gone = Bucket(f"s3+http://a@127.0.0.1:{free_port()}/cases", secret(tmp_path))
    with pytest.raises(OSError, match="MaxRetryError"):
        gone.write("ab/1", [b"x"])
