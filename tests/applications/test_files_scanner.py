"""The scanner is asked by its real protocol; whatever is no verdict counts as none."""

from __future__ import annotations

import io
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from backend.applications.files import scanner
from backend.applications.files.scanner import Clamd, ScannerUnavailableError, scanner_of
from backend.local.ports import free_port
from backend.local.scanner import EICAR
from tests.scanner import clamd


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with clamd(tmp_path_factory.mktemp("scanner")) as address:
        yield address


def zipped(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("letter.txt", content)
    return written.getvalue()


def locked() -> bytes:
    pdf, written = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(written, encryption=pikepdf.Encryption(user="a", owner="b"))
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"Guten Tag", False),
        (b"", False),
        (b"x" * 300_000, False),
        (EICAR.encode(), True),
        (zipped(EICAR.encode()), True),
        (b"%PDF-1.7\n" + EICAR.encode(), True),
    ],
)
def test_clamd_judges(url: str, content: bytes, found: bool) -> None:
    verdict = scanner_of(url).scan(content)
    assert (verdict.signature is not None) == found


def test_a_flood_of_pixels_does_not_occupy_the_scanner(url: str) -> None:
    flood = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(flood, "PNG")
    began = time.monotonic()
    assert scanner_of(url).scan(flood.getvalue()).signature is None
    assert time.monotonic() - began < 10


def test_a_locked_document_is_named_as_such(url: str) -> None:
    assert "Encrypted" in (scanner_of(url).scan(locked()).signature or "")


def test_without_a_scanner_nothing_is_clean() -> None:
    with pytest.raises(ScannerUnavailableError):
        scanner_of(None).scan(b"x")
    with pytest.raises(ScannerUnavailableError):
        Clamd(f"tcp://127.0.0.1:{free_port()}").scan(b"x")
    with pytest.raises(ScannerUnavailableError):
        Clamd("unix:///nowhere/clamd.sock").scan(b"x")


def test_a_file_above_the_limit_is_no_verdict(url: str) -> None:
    with pytest.raises(ScannerUnavailableError):
        scanner_of(url).scan(b"x" * (21 * 1024 * 1024))


@pytest.mark.parametrize("said", [b"", b"stream: OKAY\0", b"INSTREAM size limit exceeded. ERROR\0", b"\xff\xfe\0"])
def test_another_answer_is_no_verdict(said: bytes, tmp_path: Path) -> None:
    path = tmp_path / "clamd.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen(1)

        def answer() -> None:
            caller, _ = listening.accept()
            with caller:
                caller.recv(65_536)
                caller.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(ScannerUnavailableError):
            Clamd(f"unix://{path}").scan(b"x")
        thread.join(5)


def test_a_scanner_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scanner, "SCAN_SECONDS", 0.2)
    path = tmp_path / "clamd.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen(1)
        with pytest.raises(ScannerUnavailableError):
            Clamd(f"unix://{path}").scan(b"x")
