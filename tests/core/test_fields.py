"""The short ways of fields say what the long ones say."""

from __future__ import annotations

import unicodedata

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from backend.core.fields import is_ordinary_email
from backend.core.names import _LETTERS, _ORDINARY, _check_unusual, check_name

ORDINARY = [
    "a@bremen.de",
    "thi-anh.nguyen+termin@t-online.de",
    "x" * 64 + "@" + "y" * 63 + ".example.org",
]
UNUSUAL = [
    "A@bremen.de", "a@localhost", "a@haus.local", "a@sub.test", "a@x.invalid", "a@1.arpa", "a..b@c.de", ".a@c.de",
    "a@-c.de", "a@c-.de", "a@xn--bremn-qsa.de", "a@ab--c.de", "a@c.d", "a@c.d1", "a@c", "a@c.de.", "a@b@c.de", "ü@c.de",
    "a@bürger.de", "x" * 65 + "@c.de", "a@" + "y" * 64 + ".de", "a@" + "y." * 130 + "de", "a@c.de\n", '"a"@c.de', "",
]  # fmt: skip


@pytest.mark.parametrize("address", ORDINARY)
def test_an_ordinary_address_takes_the_short_way(address: str) -> None:
    assert is_ordinary_email(address)


@pytest.mark.parametrize("address", UNUSUAL)
def test_an_unusual_address_goes_to_the_library(address: str) -> None:
    assert not is_ordinary_email(address)


@given(st.from_regex(r"[a-z0-9_.+-]{1,12}@[a-z0-9-]{1,8}(?:\.[a-z0-9-]{1,8}){0,3}\.(?:de|org|test|local|onion|x|1a)\Z"))
@example(ORDINARY[-1])
@example("x" * 60 + "@" + ("y" * 60 + ".") * 3 + "yyyyyyy.org")
def test_the_library_agrees_with_the_short_way(address: str) -> None:
    if not is_ordinary_email(address):
        return
    try:
        assert validate_email(address, check_deliverability=False).normalized == address
    except EmailNotValidError as error:
        raise AssertionError(address) from error


letters = st.characters(min_codepoint=65, max_codepoint=0x1EF9).filter(lambda sign: _ORDINARY.match(sign) is not None)


@given(st.text(st.one_of(letters, st.sampled_from(" '.-")), max_size=40))
def test_an_ordinary_name_is_what_the_long_way_makes_of_it(text: str) -> None:
    name = unicodedata.normalize("NFC", text)
    if _ORDINARY.match(name):
        assert check_name(text) == _check_unusual(name) == name


def test_every_letter_of_the_table_is_an_ordinary_name() -> None:
    plain = [sign for sign in map(chr, range(0x2000)) if _ORDINARY.match(sign)]
    assert len(plain) > len(_LETTERS)  # the table writes ranges
    assert [check_name(letter) for letter in plain] == [_check_unusual(letter) for letter in plain] == plain
