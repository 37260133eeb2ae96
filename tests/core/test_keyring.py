"""Keys of cases: what they seal opens only at its place, and is gone with the key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session, scoped_session

from backend.core import envelope, keyring, master_keys
from backend.core.master_keys import MasterKeysError
from backend.core.settings import get_settings

KEY, NAME = bytes(range(32)), b"name\0\0\0\0"
Db = scoped_session[Session]


def test_sealed_bytes_open_only_at_their_place(db_session: Db) -> None:
    key = keyring.new_key(db_session())
    sealed = keyring.seal(db_session(), key, b"Ng\xc6\xb0\xe1\xbb\x9di", context="draft.answers:1:1")
    assert keyring.unseal(db_session(), key, sealed, context="draft.answers:1:1") == b"Ng\xc6\xb0\xe1\xbb\x9di"
    with pytest.raises(envelope.DamagedError):
        keyring.unseal(db_session(), key, sealed, context="draft.answers:2:1")
    with pytest.raises(envelope.DamagedError):
        keyring.unseal(db_session(), keyring.new_key(db_session()), sealed, context="draft.answers:1:1")


def test_a_destroyed_key_leaves_nothing_to_open(db_session: Db) -> None:
    key = keyring.new_key(db_session())
    sealed = keyring.seal(db_session(), key, b"secret", context="a")
    assert keyring.destroy(db_session(), key)
    assert not keyring.destroy(db_session(), key)
    with pytest.raises(keyring.KeyGoneError):
        keyring.unseal(db_session(), key, sealed, context="a")


def test_the_database_holds_no_plain_key(db_session: Db) -> None:
    key = keyring.new_key(db_session())
    stored = db_session.scalar(text("SELECT sealed FROM keyring.data_key WHERE id = :id"), {"id": key})
    assert stored[:1] == envelope.VERSION
    assert len(stored) == envelope.HEADER_BYTES + envelope.NONCE_BYTES + envelope.KEY_BYTES + envelope.TAG_BYTES


def test_a_new_master_key_takes_over_without_losing_anything(db_session: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    key = keyring.new_key(db_session())
    sealed = keyring.seal(db_session(), key, b"kept", context="a")
    old, new = dict(get_settings().master_keys), {b"k2".ljust(8, b"\0"): os.urandom(32)}
    monkeypatch.setattr(keyring, "master_keys", lambda: new | old)
    assert keyring.rewrap(db_session()) >= 1
    assert keyring.rewrap(db_session()) == 0
    monkeypatch.setattr(keyring, "master_keys", lambda: new)
    assert keyring.unseal(db_session(), key, sealed, context="a") == b"kept"
    monkeypatch.setattr(keyring, "master_keys", lambda: old)
    with pytest.raises(MasterKeysError):
        keyring.unseal(db_session(), key, sealed, context="a")


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]),
    st.sampled_from([1, 100, 65_536, 70_000, 300_000]),
    st.sampled_from([1, 23, 65_552, 99_999]),
)
def test_files_of_every_length_come_back_in_whatever_pieces(size: int, write: int, read: int) -> None:
    plain = os.urandom(size)
    sealed = b"".join(envelope.seal_stream(KEY, NAME, _pieces(plain, write), "file:1"))
    assert b"".join(envelope.unseal_stream(KEY, _pieces(sealed, read), "file:1")) == plain
    assert size < 100 or plain[:50] not in sealed


@pytest.mark.parametrize(
    "damage",
    [
        lambda sealed: sealed[:-1],
        lambda sealed: sealed[: 16 + 65_552],  # cut off after a whole segment
        lambda sealed: sealed[:16] + sealed[16 + 65_552 :],  # the first segment left out
        lambda sealed: sealed[:16] + sealed[16 + 65_552 : 16 + 131_104] + sealed[16 : 16 + 65_552] + sealed[147_120:],
        lambda sealed: sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:],
        lambda _sealed: b"",
        lambda sealed: b"\x00" + sealed[1:],
    ],
)
def test_a_changed_file_is_never_given_out_whole(damage: object) -> None:
    plain = os.urandom(150_000)
    sealed = b"".join(envelope.seal_stream(KEY, NAME, [plain], "file:1"))
    with pytest.raises(envelope.DamagedError):
        b"".join(envelope.unseal_stream(KEY, [damage(sealed)], "file:1"))  # type: ignore[operator]  # a lambda


def test_the_file_of_master_keys_is_made_once_for_this_user_only(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "master.keys"
    made = master_keys.read_master_keys(file, make=True)
    assert master_keys.read_master_keys(file, make=True) == made
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "k1 notbase64!", "k1 AAAA", "waytoolongname AAAA", "k1", "k1 x y"])
def test_an_unusable_file_of_master_keys_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "master.keys"
    file.write_text(content, encoding="ascii")
    with pytest.raises(MasterKeysError):
        master_keys.read_master_keys(file, make=False)


def test_an_unknown_key_id_is_gone(db_session: Db) -> None:
    with pytest.raises(keyring.KeyGoneError):
        keyring.seal(db_session(), uuid4(), b"x", context="a")


def _pieces(whole: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(whole), size):
        yield whole[start : start + size]
