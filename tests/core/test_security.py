"""References catch typing mistakes, secrets are stored as hashes, keys differ by purpose."""

from __future__ import annotations

import base64
import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from backend.core.security import (
    ALPHABET,
    derive,
    derived_key,
    format_reference,
    hash_secret,
    new_reference,
    new_secret,
    parse_code,
    parse_reference,
)

bodies = st.text(ALPHABET, min_size=8, max_size=8)


def with_check(body: str) -> str:
    (reference,) = [body + symbol for symbol in ALPHABET if parse_reference(body + symbol)]
    return reference


def test_the_alphabet_has_no_look_alikes() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 24
    assert not set("0O1I2Z5S8BUL") & set(ALPHABET)


def test_a_new_reference_reads_well() -> None:
    reference = new_reference()
    assert re.fullmatch(f"[{ALPHABET}]{{9}}", reference)
    assert re.fullmatch(r"\w{3}-\w{3}-\w{3}", format_reference(reference))
    assert parse_reference(format_reference(reference)) == reference
    assert parse_reference(f"\u2066{format_reference(reference)}\u2069") == reference  # copied from an Arabic mail
    assert parse_reference(format_reference(reference).replace("-", "-\u2060")) == reference  # copied from a page


@given(bodies)
def test_exactly_one_check_symbol_fits(body: str) -> None:
    assert len([symbol for symbol in ALPHABET if parse_reference(body + symbol)]) == 1


@given(bodies, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_every_single_mistake_is_noticed(body: str, position: int, symbol: str) -> None:
    reference = with_check(body)
    typed = reference[:position] + symbol + reference[position + 1 :]
    assert (parse_reference(typed) is None) == (typed != reference)


@given(bodies, st.integers(0, 7))
def test_every_swap_of_neighbours_is_noticed(body: str, position: int) -> None:
    reference = with_check(body)
    typed = reference[:position] + reference[position + 1] + reference[position] + reference[position + 2 :]
    assert (parse_reference(typed) is None) == (typed != reference)


@pytest.mark.parametrize("style", [str.lower, "-".join, " ".join, lambda r: f"  {r[:4]}\u2013{r[4:]}\u00a0"])
def test_typing_is_forgiven(style: object) -> None:
    assert callable(style)
    reference = new_reference()
    assert parse_reference(style(reference)) == reference


@given(st.text())
def test_any_text_is_a_reference_or_none(text: str) -> None:
    found = parse_reference(text)
    assert found is None or re.fullmatch(f"[{ALPHABET}]{{9}}", found)
    code = parse_code(text)
    assert code is None or re.fullmatch(f"[{ALPHABET}]{{6}}", code)


def test_a_code() -> None:
    assert parse_code(" 4ht-qra ") == "4HTQRA"
    assert parse_code("4HTQR") is None
    assert parse_code("4HTQR0") is None


def test_a_secret() -> None:
    secret = new_secret()
    assert len(base64.urlsafe_b64decode(secret + "=")) == 32
    assert len({new_secret() for _ in range(100)}) == 100
    stored = hash_secret(secret)
    assert len(stored) == 32
    assert secret.encode() not in stored
    assert hash_secret(secret) == stored
    assert hash_secret("\ud800") != stored


def test_keys_differ_by_purpose_and_deployment(app: Flask) -> None:
    with app.app_context():
        assert len({derived_key(label) for label in ("a", "b")} | {derive(b"other", "a")}) == 3
        assert derived_key("a") == derived_key("a")
        assert len(derived_key("a")) == 32
