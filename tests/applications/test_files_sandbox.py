"""The decoding process: what it lets through, what it takes away, what it cannot reach."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from backend.applications.files import rules, sandbox
from backend.applications.files.sandbox import CHILD, RefusedFileError, rewrite

SAMPLES = Path(__file__).parent / "samples"
MARK = "marked-position-53.07-8.80"


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    image = Image.new(mode, size, "navy")
    ImageDraw.Draw(image).rectangle((0, 0, 10, 10), fill="yellow")
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, MARK
    written = io.BytesIO()
    image.save(written, kind, exif=exif, comment=MARK) if kind == "JPEG" else image.save(written, kind, exif=exif)
    return written.getvalue()


def document(pages: int = 1, **options: object) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    return saved(pdf, **options)


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    written = io.BytesIO()
    pdf.save(written, **options)  # type: ignore[arg-type]  # keywords of pikepdf
    return written.getvalue()


def test_a_photo_keeps_its_pixels_and_loses_everything_else() -> None:
    original = photo()
    assert MARK.encode() in original
    made = rewrite("jpeg", original)
    assert (made.kind, made.pages) == ("jpeg", 1)
    assert MARK.encode() not in made.content
    with Image.open(io.BytesIO(made.content)) as image:
        assert image.size == (40, 60)  # turned as the camera said
        assert not image.getexif()
        red, green, blue = image.convert("RGB").getpixel((38, 2))  # type: ignore[misc]  # RGB
        assert min(red, green) > 200
        assert blue < 90


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1"])
def test_png_images_of_every_mode_survive(mode: str) -> None:
    made = rewrite("png", photo("PNG", mode=mode) if mode != "P" else _palette())
    assert made.kind == "png"
    assert MARK.encode() not in made.content


def _palette() -> bytes:
    written = io.BytesIO()
    Image.new("RGBA", (8, 8), (9, 9, 9, 0)).quantize(4).save(written, "PNG")
    return written.getvalue()


def test_a_photo_of_a_phone_becomes_a_jpeg() -> None:
    original = (SAMPLES / "photo.heic").read_bytes()
    assert MARK.encode() in original
    assert rules.kind_of(original) == "heic"
    made = rewrite("heic", original)
    assert made.kind == "jpeg"
    assert MARK.encode() not in made.content
    with Image.open(io.BytesIO(made.content)) as image:
        assert image.size == (64, 48)


def armed() -> bytes:
    """A document with everything that could act."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    name, script = pikepdf.Name, pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = script
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA="<xdp/>", Fields=pikepdf.Array())
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script])))
    page.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=name.Launch, F="cmd.exe"))
    link = pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 1, 1])
    link.A = pikepdf.Dictionary(S=name.URI, URI="https://elsewhere.example", Next=pdf.make_indirect(script))
    film = pikepdf.Dictionary(Type=name.Annot, Subtype=name.RichMedia, Rect=[0, 0, 1, 1])
    page.Annots = pikepdf.Array([link, film])
    pdf.attachments["tool.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ-embedded-program")  # type: ignore[call-arg]  # its stubs demand all
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = [MARK]
    pdf.docinfo["/Author"] = MARK
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def test_a_document_keeps_its_pages_and_loses_what_could_act() -> None:
    original = armed()
    for sign in (b"/JavaScript", b"/Launch", b"/RichMedia", b"elsewhere.example", b"/XFA"):
        assert sign in original
    made = rewrite("pdf", original)
    with pikepdf.open(io.BytesIO(made.content)) as clean:
        flat = saved(clean, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
        assert len(clean.pages) == made.pages == 1
        assert not clean.attachments
    for sign in (b"alert", b"/JavaScript", b"/Launch", b"cmd.exe", b"elsewhere", b"/XFA", b"MZ-emb", MARK.encode()):
        assert sign not in flat, sign


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("pdf", document(encryption=pikepdf.Encryption(user="a", owner="b")), "encrypted"),
        ("pdf", document(encryption=pikepdf.Encryption(user="", owner="b")), "encrypted"),
        ("pdf", document(pages=201), "too_many_pages"),
        ("pdf", b"%PDF-1.7 and nothing else", "damaged"),
        ("pdf", document()[:200], "damaged"),
        ("jpeg", photo()[:300], "damaged"),
        ("jpeg", photo("PNG"), "damaged"),
        ("png", photo("PNG")[:60], "damaged"),
        ("heic", b"\0\0\0\x18ftypheic" + bytes(200), "damaged"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(kind: str, content: bytes, reason: str) -> None:
    with pytest.raises(RefusedFileError) as refusal:
        rewrite(kind, content)
    assert refusal.value.reason == reason


def test_a_flood_of_pixels_is_refused_before_it_is_decoded() -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = (30_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(90_000))) + chunk(b"IEND", b"")
    )
    assert len(bomb) < 1_000
    with pytest.raises(RefusedFileError) as refusal:
        rewrite("png", bomb)
    assert refusal.value.reason == "too_many_pixels"


def test_a_stream_that_unpacks_without_end_does_no_harm() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    page.Contents = pikepdf.Stream(pdf, zlib.compress(b"\0" * 300_000_000, 9), Filter=pikepdf.Name.FlateDecode)
    bomb = saved(pdf)
    assert len(bomb) < 1_000_000
    try:
        size = len(rewrite("pdf", bomb).content)
    except RefusedFileError:
        size = 0
    assert size < 1_000_000


def test_the_process_can_reach_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_CANARY", MARK)
    tries = """
import json, os, runpy, socket, sys
space = runpy.run_path(sys.argv[1], run_name="child")
space["warm_up"](); space["lock_up"]()
found = {"environment": sorted(os.environ)}
for name, act in (("file", lambda: open("/etc/passwd")),
                  ("socket", lambda: socket.create_connection(("127.0.0.1", 22))),
                  ("memory", lambda: bytearray(2 << 30))):
    try: act(); found[name] = "reached"
    except BaseException as error: found[name] = type(error).__name__
sys.stdout.write(json.dumps(found))
"""
    done = subprocess.run(
        [sys.executable, "-I", "-c", tries, str(CHILD)], capture_output=True, env={}, timeout=30, check=True
    )
    found = json.loads(done.stdout)
    assert set(found["environment"]) <= {"LC_CTYPE"}
    assert found["file"] == "OSError"
    assert found["socket"] in {"OSError", "gaierror"}
    assert found["memory"] == "MemoryError"


def test_a_process_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dying = tmp_path / "child.py"
    dying.write_text("import os; os.abort()")
    monkeypatch.setattr(sandbox, "CHILD", dying)
    with pytest.raises(RefusedFileError):
        rewrite("pdf", b"%PDF")
    dying.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.3)
    with pytest.raises(RefusedFileError):
        rewrite("pdf", b"%PDF")
