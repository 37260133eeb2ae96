"""Decodes hostile bytes in a process of its own that has no key, no network, no file and little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHILD = Path(__file__).parent / "child.py"
WALL_SECONDS = 30
VIEW_SECONDS = 10


class RefusedFileError(Exception):
    """The file cannot be taken; `reason` is a stable code (encrypted, damaged, too_many_pages, too_many_pixels …)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Rewritten:
    """What came out: only these bytes leave the sandbox. `kind` is `jpeg`, `png` or `pdf`; `text`: it has letters."""

    kind: str
    pages: int
    content: bytes
    text: bool = False


def rewrite(kind: str, content: bytes) -> Rewritten:
    """Decode a file of a known kind and write it anew; raises RefusedFileError. Takes at most 30 s."""
    told, body = _decode(content, WALL_SECONDS, "rewrite", kind)
    return Rewritten(str(told["kind"]), int(told["pages"]), body, bool(told["text"]))


def page(kind: str, content: bytes, number: int, width: int) -> bytes:
    """A page of a clean file (its kind: `jpeg`, `png`, `pdf`) as PNG, `width` pixels wide; raises RefusedFileError."""
    _, body = _decode(content, VIEW_SECONDS, "page", kind, str(number), str(width))
    return body


def texts(content: bytes) -> list[str]:
    """The text of each page of a clean PDF, empty where a page is only a picture; raises RefusedFileError."""
    _, body = _decode(content, VIEW_SECONDS, "text", "pdf")
    return [str(text) for text in json.loads(body)]


def _decode(content: bytes, seconds: int, *task: str) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-I", "-B", str(CHILD), *task]
    try:
        done = subprocess.run(  # noqa: S603 - our own script, the task is words and numbers of ours
            command, input=content, capture_output=True, env={}, cwd="/", timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedFileError("too_complex") from error
    head, _, body = done.stdout.partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError as error:  # the kernel ended it: too much memory or time, or a fault of the decoder
        raise RefusedFileError("too_complex") from error
    if reason := told.get("refused"):
        raise RefusedFileError(str(reason))
    return told, body
