"""Codes that are calculated and not stored: of an application's status, of an issued document (docs/adr/0004, 0011)."""

from __future__ import annotations

import hmac
from uuid import UUID

from backend.core.security import ALPHABET, CODE_LENGTH, SEPARATORS, derived_key

DOCUMENT_CODE_LENGTH = 12  # 24^12 = 3.6e16: nobody guesses one, so a match proves that the paper came from here


def code_of(reference: str) -> str:
    """The code that opens the status of a stored reference: six symbols that only this deployment can calculate."""
    return _symbols("application-code", reference.encode(), CODE_LENGTH)


def right_code(reference: str, code: str | None) -> bool:
    """Compare a typed code in constant time; the work is the same for references nobody has."""
    return hmac.compare_digest(code_of(reference), code or "")


def document_code_of(document_id: UUID) -> str:
    """The code printed on a document: `K7M-3DX-9PC-4HT` without its hyphens."""
    return _symbols("document-code", document_id.bytes, DOCUMENT_CODE_LENGTH)


def document_hash(code: str) -> bytes:
    """What is kept to look a code up: a keyed hash, worthless without the deployment's root secret."""
    return hmac.digest(derived_key("document-lookup"), code.encode(), "sha256")


def parse_document_code(text: str) -> str | None:
    """The plain form of a typed document code; None if it cannot be one."""
    code = text.translate(SEPARATORS).upper()
    return code if len(code) == DOCUMENT_CODE_LENGTH and set(code) <= set(ALPHABET) else None


def visit_word(application_id: UUID) -> str:
    """The word by which booking tells of an application's visit; only the application's person is shown it."""
    return f"{application_id.hex}.{_mac(application_id)}"


def application_of(word: str) -> UUID | None:
    """The application that a word speaks of; None for a word that was not made here."""
    name, _, mac = word.partition(".")
    try:
        application_id = UUID(hex=name)
    except ValueError:
        return None
    return application_id if hmac.compare_digest(_mac(application_id), mac) else None


def _mac(application_id: UUID) -> str:
    return hmac.digest(derived_key("application-visit"), application_id.bytes, "sha256")[:16].hex()


def grouped(code: str) -> str:
    """A code in groups of three, as people read it."""
    return "-".join(code[start : start + 3] for start in range(0, len(code), 3))


def _symbols(label: str, name: bytes, length: int) -> str:
    """128 bits of a keyed function, cut to symbols; the unevenness is far below anything measurable."""
    value = int.from_bytes(hmac.digest(derived_key(label), name, "sha256")[:16], "big")
    symbols = []
    for _ in range(length):
        value, index = divmod(value, len(ALPHABET))
        symbols.append(ALPHABET[index])
    return "".join(symbols)
