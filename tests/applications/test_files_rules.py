"""Names and kinds of files, and the folder they lie in."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from backend.applications.files import rules
from backend.applications.files.stores.folder import Folder
from backend.applications.files.stores.types import MissingObjectError
from backend.core.downloads import headers_for


def image(kind: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (4, 4)).save(written, kind)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (image("JPEG"), "jpeg"),
        (image("PNG"), "png"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", None),
        (image("GIF"), None),
        (image("TIFF"), None),
        (b"PK\x03\x04", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<html>", None),
        (b"MZ\x90", None),
        (b"", None),
    ],
)
def test_the_bytes_say_what_a_file_is(content: bytes, kind: str | None) -> None:
    assert rules.kind_of(content) == kind


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Meldebescheinigung Müller.pdf", "Meldebescheinigung Müller.pdf"),
        ("../../etc/passwd", "etcpasswd"),
        ("C:\\Users\\x\\scan.jpg", "CUsersxscan.jpg"),
        ("rechnung\u202efdp.exe", "rechnungfdp.exe"),
        ("довідка.pdf", "довідка.pdf"),
        ("عقد الإيجار.pdf", "عقد الإيجار.pdf"),
        ("a\x00\nb.png", "ab.png"),
        ("Ru\u0308ckseite.png", "Rückseite.png"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
        (" ..", ""),
    ],
)
def test_names_are_safe_to_show_and_to_save(name: str, clean: str) -> None:
    assert rules.clean_name(name) == clean


@given(st.text(max_size=300))
def test_no_name_breaks_a_header(name: str) -> None:
    for header in headers_for(rules.clean_name(name)).values():
        assert header.isascii()
        assert header.isprintable()
    assert len(rules.clean_name(name)) <= rules.LONGEST_NAME


def test_a_heic_photo_is_saved_as_what_it_became() -> None:
    assert rules.saved_name("IMG_0815.HEIC", "jpeg") == "IMG_0815.jpg"
    assert rules.saved_name("scan.JPG", "jpeg") == "scan.JPG"
    assert rules.saved_name("scan.pdf", "pdf") == "scan.pdf"


@pytest.mark.parametrize("name", ["a.exe", "a", "pdf", "a.pdf.js", "a.svg"])
def test_other_endings_are_refused_before_anything_is_sent(name: str) -> None:
    assert not rules.takes(name)


def test_the_folder_replaces_lists_and_removes(tmp_path: Path) -> None:
    store = Folder(tmp_path / "files")
    key = "ab12/000"
    store.write(key, [b"old"])
    store.write(key, [b"ne", b"w"])
    store.write("ab12/001", [b"x" * 300_000])
    assert b"".join(store.read(key)) == b"new"
    assert store.list("ab12") == ["ab12/000", "ab12/001"]
    assert (tmp_path / "files/ab/ab12/000").stat().st_mode & 0o077 == 0
    store.remove("ab12/000")
    store.remove("ab12")
    store.remove("ab12")
    assert store.list("ab12") == []
    with pytest.raises(MissingObjectError):
        store.read(key)
    assert 0 < store.free_share() <= 1


def test_a_write_that_fails_leaves_the_old_object(tmp_path: Path) -> None:
    store = Folder(tmp_path)

    def broken() -> object:
        yield b"half"
        raise OSError("line lost")

    store.write("ab/1", [b"old"])
    with pytest.raises(OSError, match="line lost"):
        store.write("ab/1", broken())  # type: ignore[arg-type]  # a generator of bytes
    assert b"".join(store.read("ab/1")) == b"old"
    assert store.list("ab") == ["ab/1"]
