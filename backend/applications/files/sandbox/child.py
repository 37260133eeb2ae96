"""The process that decodes: run as a script, imports nothing of Amtsweg, reads stdin, writes stdout, knows no secret.

Told by its arguments: `rewrite <kind>`, `page <kind> <number> <width>` or `text pdf`. Answer: one line of JSON,
`{"kind", "pages", "text"}` or `{"refused": reason}`, then the bytes: of the rewritten file, of a page as PNG, or a JSON
list with the text of each page. Before the first byte
is read it gives up memory above 1 GiB, processor time above 20 s, the network (where the kernel allows) and every new
file descriptor: it can open neither file nor socket.
"""

from __future__ import annotations

import codecs
import contextlib
import ctypes
import io
import json
import resource
import sys
from collections.abc import Iterator

import pi_heif  # type: ignore[import-untyped]  # has no stubs
import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image, ImageFile, ImageOps

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
MOST_PIXELS = 50_000_000
MOST_PAGES = 200
MOST_OBJECTS = 50_000
DEEPEST = 60
ORIENTATION = 0x0112
JPEG_QUALITY = 88
MOST_PAGE_PIXELS = 16_000_000
MOST_LETTERS = 1_000_000
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000

ACTIVE_KEYS = ("/AA", "/OpenAction", "/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/AF", "/RichMediaContent")
ACTIONS = {"/Launch", "/JavaScript", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}
ACTIONS |= {"/RichMediaExecute", "/SetOCGState", "/ResetForm", "/URI", "/Hide", "/Trans", "/GoTo3DView"}
ANNOTATIONS = {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/FileAttachment"}


class Refused(Exception):  # noqa: N818 - an error is named for what happened
    """This file is not taken, for this reason."""


def main() -> None:
    """Lock up, read, decode, answer."""
    task, kind, *numbers = sys.argv[1:]
    if task == "rewrite":
        warm_up()
    warm_up_view()
    lock_up()
    content = sys.stdin.buffer.read()
    has_text = False
    try:
        if task == "rewrite":
            made, pages, clean = rewrite_pdf(content) if kind == "pdf" else rewrite_image(kind, content)
            has_text = kind == "pdf" and any(text.strip() for text in texts(clean))
        elif task == "page":
            made, pages, clean = view(kind, content, *(int(number) for number in numbers))
        else:
            made, pages, clean = "json", 1, json.dumps(list(texts(content))).encode()
    except Refused as refusal:
        answer({"refused": str(refusal)})
    except MemoryError:
        answer({"refused": "too_complex"})
    except Exception:  # noqa: BLE001 - a decoder may raise anything; what it says would quote the file
        answer({"refused": "encrypted" if kind == "pdf" and b"/Encrypt" in content else "damaged"})
    else:
        answer({"kind": made, "pages": pages, "text": has_text}, clean)


def answer(told: dict[str, object], body: bytes = b"") -> None:
    """One line of JSON, then the bytes."""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


def warm_up() -> None:
    """Rewrite a sample of each kind, so that every part is loaded: nothing can be opened afterwards."""
    pi_heif.register_heif_opener()
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    for kind, name, mode in (("jpeg", "JPEG", "RGB"), ("png", "PNG", "RGBA")):
        sample = io.BytesIO()
        Image.new(mode, (2, 1)).save(sample, name, exif=exif)
        rewrite_image(kind, sample.getvalue())
    with contextlib.suppress(OSError):
        rewrite_image("heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    pdf, sample = Pdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(sample)
    rewrite_pdf(sample.getvalue())


def warm_up_view() -> None:
    """The same for the parts that show pages."""
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    document, sample = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(20, 20)
    document.save(sample)
    view("pdf", sample.getvalue(), 1, 20)
    list(texts(sample.getvalue()))
    codecs.lookup("utf-16-le")  # how pypdfium2 reads letters: an empty page has none that would load it


def lock_up() -> None:
    """Give up what decoding does not need."""
    with contextlib.suppress(OSError, AttributeError):  # not every kernel allows it; the next lines hold everywhere
        ctypes.CDLL(None, use_errno=True).unshare(NEW_USER | NEW_NETWORK)
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(limit, (value, value))


def rewrite_image(kind: str, content: bytes) -> tuple[str, int, bytes]:
    """Pixels only: orientation applied, everything else (position, camera, previews, comments) gone."""
    formats = {"jpeg": ["JPEG"], "png": ["PNG"], "heic": ["HEIF"]}[kind]
    try:
        image = Image.open(io.BytesIO(content), formats=formats)
    except Image.DecompressionBombError as error:
        raise Refused("too_many_pixels") from error
    if image.width * image.height > MOST_PIXELS:
        raise Refused("too_many_pixels")
    image.load()
    turned = ImageOps.exif_transpose(image)
    made = "png" if kind == "png" else "jpeg"
    has_alpha = made == "png" and (turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info)
    clean = Image.new("RGBA" if has_alpha else "RGB", turned.size)
    clean.paste(turned.convert(clean.mode))
    written = io.BytesIO()
    if made == "png":
        clean.save(written, "PNG")
    else:
        clean.save(written, "JPEG", quality=JPEG_QUALITY)
    return made, 1, written.getvalue()


def rewrite_pdf(content: bytes) -> tuple[str, int, bytes]:
    """Pages only: no script, action, form logic, embedded file, moving picture or address outside; no metadata."""
    try:
        pdf = Pdf.open(io.BytesIO(content), attempt_recovery=True)
    except pikepdf.PasswordError as error:
        raise Refused("encrypted") from error
    with pdf:
        if pdf.is_encrypted:
            raise Refused("encrypted")
        if len(pdf.pages) > MOST_PAGES:
            raise Refused("too_many_pages")
        if len(pdf.objects) > MOST_OBJECTS:
            raise Refused("too_complex")
        if not len(pdf.pages):
            raise Refused("damaged")
        strip(pdf)
        written = io.BytesIO()
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False)
    with Pdf.open(io.BytesIO(written.getvalue())) as again:
        if strip(again):
            raise Refused("active_content")
        return "pdf", len(again.pages), written.getvalue()


def view(kind: str, content: bytes, number: int, width: int) -> tuple[str, int, bytes]:
    """One page of a clean file as PNG of about this width in pixels, never larger than what a screen can use."""
    written = io.BytesIO()
    if kind == "pdf":
        with pypdfium2.PdfDocument(content) as document:
            if not 1 <= number <= len(document):
                raise Refused("no_such_page")
            page = document[number - 1]
            wide, high = page.get_size()
            scale = min(width / wide, (MOST_PAGE_PIXELS / (wide * high)) ** 0.5)
            page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB").save(written, "PNG")
            return "png", len(document), written.getvalue()
    if number != 1:
        raise Refused("no_such_page")
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
        image.draft("RGB", (width, width))
        image.thumbnail((width, MOST_PAGE_PIXELS // width))
        image.convert("RGBA" if image.mode in {"RGBA", "LA", "PA"} else "RGB").save(written, "PNG")
    return "png", 1, written.getvalue()


def texts(content: bytes) -> Iterator[str]:
    """The letters of each page of a PDF, as far as they are letters and not a picture of some."""
    left = MOST_LETTERS
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            said = page.get_textpage().get_text_bounded()[:left]
            left -= len(said)
            yield "".join(sign for sign in said.replace("\r\n", "\n") if sign.isprintable() or sign == "\n")


def strip(pdf: Pdf) -> int:
    """Take away what could act; how much there was."""
    removed = 0
    for key in ("/Metadata", "/AcroForm", "/Collection", "/Extensions", "/URI"):
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for item in pdf.objects:
        removed += clean_object(item, 0, top=True)
    return removed


def clean_object(item: Object, depth: int, *, top: bool = False) -> int:
    """Clean one object and the direct ones inside it; indirect ones come by themselves."""
    if depth > DEEPEST:
        raise Refused("too_complex")
    if not top and item.is_indirect:
        return 0
    if isinstance(item, Array):
        return clean_array(item, depth)
    if isinstance(item, Dictionary | Stream):
        return clean_dictionary(item, depth)
    return 0


def clean_array(item: Array, depth: int) -> int:
    """Take moving pictures, sounds and files out of a list of annotations."""
    removed = 0
    for place in range(len(item) - 1, -1, -1):
        inner = item[place]
        if isinstance(inner, Dictionary) and str(inner.get("/Subtype")) in ANNOTATIONS:
            del item[place]
            removed += 1
        elif isinstance(inner, Object):
            removed += clean_object(inner, depth + 1)
    return removed


def clean_dictionary(item: Dictionary | Stream, depth: int) -> int:
    """Take actions, scripts and files out of a dictionary."""
    removed = 0
    for key in list(item.keys()):
        if key in ACTIVE_KEYS or (key == "/F" and isinstance(item, Stream)):
            del item[key]
            removed += 1
        elif key == "/S" and isinstance(item[key], Name) and str(item[key]) in ACTIONS:
            item[key] = Name("/Removed")
            removed += 1
        elif key in {"/URI", "/Next"} and str(item.get("/S", "")) in {"/Removed", "/URI"}:
            del item[key]
            removed += 1
    for key in list(item.keys()):
        inner = item[key]
        if isinstance(inner, Object):
            removed += clean_object(inner, depth + 1)
    return removed


if __name__ == "__main__":
    main()
