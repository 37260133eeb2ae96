"""Decisions on plain values: levels, addresses, claims, devices."""

from __future__ import annotations

from typing import Any

import pytest

from backend.accounts.rules import (
    acr_values,
    device_of,
    level_of,
    outcome_address,
    person_claims,
    return_address,
    roles_of,
    street_and_number,
)
from backend.accounts.types import Outcome, ReturnPage, ReturnTo, Side
from backend.accounts.views_me import _address
from backend.core.issuers import ACR_LEVELS


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        ("high", "high"),
        ("http://eidas.europa.eu/LoA/substantial", "substantial"),
        ("STORK-QAA-Level-1", "basic"),
        ("STORK-QAA-Level-2", "none"),
        ("HIGH", "none"),
        (None, "none"),
        (4, "none"),
        (["high"], "none"),
    ],
)
def test_unknown_words_for_levels_mean_none(acr: object, level: str) -> None:
    assert level_of(acr, ACR_LEVELS) == level


@pytest.mark.parametrize(
    ("level", "words", "asked"),
    [
        ("basic", ACR_LEVELS, "basic substantial high"),
        ("high", ACR_LEVELS, "high"),
        ("substantial", {"a": "basic", "c": "high"}, "c"),
        ("high", {"a": "basic"}, None),
    ],
)
def test_the_issuer_is_asked_for_this_level_and_above(level: str, words: dict[str, str], asked: str | None) -> None:
    assert acr_values(level, words) == asked


@pytest.mark.parametrize(
    ("line", "street", "number"),
    [
        ("Vegesacker Straße 981", "Vegesacker Straße", "981"),
        ("Hafenstraße 972 b", "Hafenstraße", "972 b"),
        ("Am Markt 1-3", "Am Markt", "1-3"),
        ("Straße des 17. Juni 135a", "Straße des 17. Juni", "135a"),
        ("Straße des 17. Juni", "Straße des 17. Juni", None),
        ("Q 7, 24", "Q 7", "24"),
        ("12345", "12345", None),
        ("Haus Sonnenschein", "Haus Sonnenschein", None),
        (None, None, None),
    ],
)
def test_street_and_house_number(line: str | None, street: str | None, number: str | None) -> None:
    assert street_and_number(line) == (street, number)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"family_name": " Mu\u0308ller "}, {"family_name": "Müller"}),
        ({"given_name": "", "family_name": "\u202e"}, {}),
        ({"gender": "1", "sub": "s", "iss": "i"}, {}),
        ({"address": {"locality": "Bremen", "x": 1}}, {"address": {"locality": "Bremen"}}),
        ({"address": "Bremen", "nationalities": ["DE", 7, ""]}, {"nationalities": ["DE"]}),
        ({"email": "x" * 1_001}, {}),
    ],
)
def test_only_usable_claims_are_kept(said: dict[str, Any], kept: dict[str, Any]) -> None:
    assert person_claims(said) == kept


def test_roles_are_ours() -> None:
    assert roles_of(["lead", "clerk", "root", "CLERK"]) == ["clerk", "lead"]


def test_parameters_cannot_leave_their_place() -> None:
    to = ReturnTo(page=ReturnPage.FORM_START, params={"service": "../x?y#z"})
    assert return_address("/de", to) == "/de/antrag/..%2Fx%3Fy%23z"


def test_staff_return_to_their_own_pages() -> None:
    root = Side.STAFF.root("tr")
    case = ReturnTo(page=ReturnPage.CASE, params={"reference": "K7M-3DX-9PC"})
    assert return_address(root, ReturnTo()) == "/amt"
    assert return_address(root, case) == "/amt/vorgang/K7M-3DX-9PC"
    failed = outcome_address(root, Outcome.FAILED, case, "substantial")
    assert failed == "/amt/anmelden?grund=failed&stufe=substantial&ziel=case&reference=K7M-3DX-9PC"
    assert return_address(Side.CITIZEN.root("tr"), ReturnTo()) == "/tr"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/156.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8", None),
        ("", None),
    ],
)
def test_a_device_is_told_in_two_words(agent: str, device: str | None) -> None:
    assert device_of(agent) == device


def test_an_address_is_written_as_on_an_envelope() -> None:
    parts = {"street_address": "Am Markt 1", "postal_code": "28195", "locality": "Bremen", "ags": "04011000"}
    assert _address(parts) == "Am Markt 1, 28195 Bremen"
