"""States and facts of attachments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from uuid import UUID

MIB = 1024 * 1024
CHUNK_BYTES = 5 * MIB
MOST_FILE_BYTES = 20 * MIB  # the scanner's limit for one stream as well
MOST_APPLICATION_BYTES = 100 * MIB
MOST_ACCOUNT_BYTES_A_DAY = 300 * MIB
LEAST_FREE_SHARE = 0.10

Purpose = Literal["draft", "request", "message"]


class FileState(StrEnum):
    """Where a file is. Only `clean` is ever handed out, to anybody."""

    RECEIVING = "receiving"
    PENDING = "pending"  # complete, waits for its check
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"  # reason `scanner_unavailable` is tried again, every other reason is final


class Reason(StrEnum):
    """Why a file is not clean; the portal says what to do about each."""

    SCANNER_UNAVAILABLE = "scanner_unavailable"
    WRONG_TYPE = "wrong_type"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_COMPLEX = "too_complex"
    ACTIVE_CONTENT = "active_content"
    VIRUS = "virus"


MEDIA_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
ENDINGS = {
    "pdf": frozenset({"pdf"}),
    "jpeg": frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    "png": frozenset({"png"}),
    "heic": frozenset({"heic", "heif"}),
}


@dataclass(frozen=True, kw_only=True)
class AttachmentView:
    """A file as its owner and the office see it; sizes in bytes, `pages` and `has_text` once it is clean."""

    attachment_id: UUID
    slot: str
    purpose: Purpose
    name: str
    size: int
    offset: int
    state: FileState
    reason: Reason | None
    media_type: str | None
    pages: int | None
    has_text: bool

    @property
    def usable(self) -> bool:
        """True for a complete file that is clean or still waits for its check, also for a scanner that is down."""
        waits = self.state is FileState.FAILED and self.reason is Reason.SCANNER_UNAVAILABLE
        return waits or self.state in (FileState.PENDING, FileState.CLEAN)


@dataclass(frozen=True, kw_only=True)
class Content:
    """The bytes of a clean file for its owner, in pieces."""

    name: str
    media_type: str
    size: int
