"""Accessible PDF (PDF/UA-1) with typst: a template, data as JSON, our own fonts, nothing else within reach.

A template is typst markup that goes on after `paper.typ`, so it can use `data`, `facts` and `spoken`. What people typed
only ever arrives as data; no file and no package can be read from a template.
"""

from __future__ import annotations

import json
import tempfile
from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from backend.core.errors import DomainError
from backend.core.i18n import BABEL, direction

FONTS = Path(__file__).parent / "fonts"
PAPER = Path(__file__).with_name("paper.typ")
REPLACEMENT = "\ufffd"


class Unprintable(DomainError):  # noqa: N818 - an error is named for what happened, like its code
    """No PDF could be made now; what was to be printed is not lost and can be asked for again."""

    code = "document_unavailable"
    status = 503


def render(template: Path, data: Mapping[str, Any], *, language: str, made_at: datetime) -> bytes:
    """The document as PDF/UA-1.

    `data` needs `title` and may hold whatever the template reads, `footer` (a line on each page) among it; `lang` and
    `dir` come from `language`. Signs that our fonts cannot show become U+FFFD, which says that something is there.
    Raises Unprintable.
    """
    known = {"footer": "", **data, "lang": _tag(language), "dir": direction(language)}
    compiler: Any = typst.compile  # its types want one kind of path for all arguments
    try:
        made = _compiled(compiler, template, known, made_at)
    except (typst.TypstError, OSError) as error:
        raise Unprintable from error
    if not isinstance(made, bytes):
        raise Unprintable
    return made


def _compiled(compiler: Any, template: Path, known: Mapping[str, Any], made_at: datetime) -> Any:
    return compiler(
        PAPER.read_bytes() + b"\n" + template.read_bytes(),
        root=_nothing(),
        package_path=_nothing(),
        package_cache_path=_nothing(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(_shown(known), ensure_ascii=False)},
        timestamp=made_at.replace(microsecond=0),
    )


def can_show(sign: str) -> bool:
    """True when our fonts have this sign."""
    starts, ends = _coverage()
    place = bisect_right(starts, ord(sign)) - 1
    return place >= 0 and ord(sign) <= ends[place]


def _shown(part: Any) -> Any:
    """The data with signs that we can show."""
    if isinstance(part, str):
        return "".join(sign if can_show(sign) else REPLACEMENT for sign in part)
    if isinstance(part, Mapping):
        return {key: _shown(value) for key, value in part.items()}
    return [_shown(each) for each in part] if isinstance(part, list | tuple) else part


def _tag(language: str) -> str:
    """The two letters that a PDF reader picks its voice by; Leichte Sprache is German."""
    return BABEL.get(language, language)[:2]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _nothing() -> Path:
    """An empty folder: the whole world that a template sees."""
    return Path(tempfile.mkdtemp(prefix="amtsweg-typst-"))


@cache
def _coverage() -> tuple[list[int], list[int]]:
    found = json.loads((FONTS / "coverage.json").read_text(encoding="ascii"))
    return [start for start, _ in found], [end for _, end in found]
