"""Secrets, references, codes and keys: random from `secrets`, stored as hashes, derived with labels."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.core.settings import get_settings

ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"  # 24 symbols without look-alikes
REFERENCE_LENGTH = 8
CODE_LENGTH = 6
# spaces, hyphens, and what comes along unseen with a copied code: word joiners of a page, isolates of an Arabic mail
SEPARATORS = dict.fromkeys(
    map(ord, " -\t\u00a0\u202f\u2010\u2011\u2012\u2013\u2014\u2060\u2212\u2066\u2067\u2068\u2069")
)


def new_secret() -> str:
    """A link secret: 32 random bytes as 43 base64url symbols."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    """What is stored of a link secret: SHA-256 (32 bytes; enough, because the secret has 256 bits)."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def new_reference() -> str:
    """A random reference as it is stored: 8 symbols and a check symbol, e.g. `K7M3DX9PC`; alone it opens nothing."""
    body = spell(secrets.randbelow(len(ALPHABET) ** REFERENCE_LENGTH), REFERENCE_LENGTH)
    return body + _check_symbol(body)


def spell(number: int, length: int) -> str:
    """The last digits of a number to the base 24, the lowest first, as symbols."""
    symbols = []
    for _ in range(length):
        number, index = divmod(number, len(ALPHABET))
        symbols.append(ALPHABET[index])
    return "".join(symbols)


def format_reference(reference: str) -> str:
    """A stored reference as people read it: `K7M-3DX-9PC`."""
    return "-".join(reference[start : start + 3] for start in range(0, len(reference), 3))


def parse_reference(text: str) -> str | None:
    """The stored form of what a person typed (case, spaces and hyphens do not matter); None if it cannot be one."""
    reference = _plain(text)
    if len(reference) != REFERENCE_LENGTH + 1 or not set(reference) <= set(ALPHABET):
        return None
    return reference if _check_symbol(reference[:-1]) == reference[-1] else None


def parse_code(text: str) -> str | None:
    """The plain form of a typed code; None if it cannot be one."""
    code = _plain(text)
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def derived_key(label: str) -> bytes:
    """The 32-byte key for one purpose, derived from the deployment's root secret (HKDF-SHA256)."""
    return derive(get_settings().secret_key, label)


def keyed_hash(key: bytes, data: bytes) -> bytes:
    """A 32-byte pseudonym that only the key's holder can make (keyed BLAKE2b, RFC 7693; cheaper than HMAC-SHA-256)."""
    return hashlib.blake2b(data, digest_size=32, key=key).digest()


@cache
def derive(root: bytes, label: str) -> bytes:
    """HKDF-SHA256 of a root secret with a label; the same pair gives the same 32 bytes."""
    return HKDF(SHA256(), 32, salt=None, info=b"amtsweg:" + label.encode()).derive(root)


def _plain(text: str) -> str:
    return text.translate(SEPARATORS).upper()


def _check_symbol(body: str) -> str:
    """The symbol that makes the weighted sum over the group GF(8) x Z3 vanish.

    Each position multiplies by one more power of (x, -1). That map and itself minus one are invertible, so every single
    wrong symbol and every swap of two different neighbours is noticed.
    """
    field, third = 0, 0
    for symbol in body:
        value = ALPHABET.index(symbol)
        field, third = _times_x(field ^ value // 3), -(third + value % 3) % 3
    return ALPHABET[field * 3 + -third % 3]


def _times_x(element: int) -> int:
    """Multiply in GF(8) with x^3 = x + 1."""
    doubled = element << 1
    return doubled ^ 0b1011 if doubled & 0b1000 else doubled
