"""Link secrets on their way to the mail: encrypted in the message's row, bound to it, erased after sending."""

from __future__ import annotations

import json
import os
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.core.security import derived_key, keyed_hash
from backend.notifications.rules import mailbox
from backend.notifications.types import Secrets

NONCE_BYTES = 12
CONTACT_KEY_BYTES = 16


def seal(message_id: UUID, secrets: Secrets) -> bytes:
    """Nonce and AES-256-GCM ciphertext; the row's id is authenticated, so that no ciphertext works in another row."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, json.dumps(dict(secrets)).encode(), _place(message_id))


def unseal(message_id: UUID, sealed: bytes | None) -> dict[str, str]:
    """The secrets of a row, empty when it has none; raises InvalidTag for a foreign or damaged one."""
    if sealed is None:
        return {}
    plain = _cipher().decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _place(message_id))
    return {str(key): str(value) for key, value in json.loads(plain).items()}


def contact_key(address: str) -> bytes:
    """A pseudonym of a mailbox for counting: useless without the deployment's root secret."""
    return keyed_hash(derived_key("message-contact"), mailbox(address).encode())[:CONTACT_KEY_BYTES]


def _cipher() -> AESGCM:
    return AESGCM(derived_key("message-secrets"))


def _place(message_id: UUID) -> bytes:
    return b"message.sealed:" + message_id.bytes
