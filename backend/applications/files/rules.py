"""What a file is and what it may be called, decided from its bytes and its name alone."""

from __future__ import annotations

import re
import unicodedata

import filetype  # type: ignore[import-untyped]  # has no stubs

from backend.applications.files.types import ENDINGS

LONGEST_NAME = 120
_KINDS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpeg",
    "image/png": "png",
    "image/heic": "heic",
    "image/heif": "heic",
}
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\/:*?\"<>|]")


def kind_of(content: bytes) -> str | None:
    """`pdf`, `jpeg`, `png`, `heic` by the first bytes, None for everything else; the declared type is not asked."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "heic"
    found = filetype.guess(content[:8192])
    return None if found is None else _KINDS.get(found.mime)


def ending_of(name: str) -> str:
    """The ending of a file name in lower case, without its point; empty when it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def takes(name: str) -> bool:
    """True when the name has the ending of a kind that is taken at all."""
    return any(ending_of(name) in endings for endings in ENDINGS.values())


def fits(name: str, kind: str) -> bool:
    """True when the ending says what the bytes are."""
    return ending_of(name) in ENDINGS[kind]


def clean_name(name: str) -> str:
    """A name that is safe to show and to save: no control, direction or path characters, at most 120 characters."""
    plain = _UNWANTED.sub("", unicodedata.normalize("NFC", name)).strip(" .")
    if len(plain) > LONGEST_NAME:
        stem, _, ending = plain.rpartition(".")
        plain = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if stem else plain[:LONGEST_NAME]
    return plain


def saved_name(name: str, kind: str) -> str:
    """The name of the rewritten file: a HEIC photo became a JPEG."""
    ending = {"jpeg": "jpg"}.get(kind, kind)
    stem = name.rpartition(".")[0] or name
    return name if kind in ENDINGS and fits(name, kind) else f"{stem}.{ending}"
