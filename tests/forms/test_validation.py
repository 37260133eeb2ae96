"""Each type refuses what it must, with the stable code at the right place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backend.forms import service
from backend.forms.types import Form
from tests.forms.toy import DOG

TODAY = date(2026, 11, 24)


def faults(form: Form, **answers: Any) -> dict[str, str]:
    base = {"family_name": "Ito", "pets": False, "true": True}
    return {one.pointer: one.code for one in service.validate(form, {**base, **answers}, today=TODAY)}


GOOD: list[tuple[str, Any]] = [
    ("family_name", "K͟hadīja Nguyễn-D’Angelo"),
    ("family_name", "Ő" * 120),
    ("family_name", "n̂" * 120),
    ("birth_date", "1896-11-24"),
    ("story", "Zeile\nнаступна"),
    ("code", "AB12"),
    ("age", 0),
    ("age", 3.0),
    ("rent", 1),
    ("start", "2026-11-24"),
    ("start", "2027-05-24"),
    ("days", ["tu", "mo"]),
    ("car", "HB-AB 1234"),
    ("car", "b x 1e"),
    ("car", "BÜS-A 1"),
    ("account", "DE02 1203 0000 0000 2020 51"),
    ("account", "gb82west12345698765432"),
    ("email", "o'neil+x@müller.de"),
    ("phone", "0421 361-88668"),
    ("phone", "+49 (0)421 361"),
    ("land", "XK"),
    ("proof", ["a", "b"]),
    ("home", {"street": "Weg", "house_number": "1", "postcode": "27568", "city": "Bremerhaven"}),
    ("landlord", {"family_name": "Bau-Verein"}),
    ("flatmates", [{"name": "A"}]),
    ("children", []),
]
BAD: list[tuple[str, Any, str, str]] = [
    ("family_name", "Ольга", "", "not_latin"),
    ("family_name", "علي", "", "not_latin"),
    ("family_name", "A<b>", "", "bad_characters"),
    ("family_name", "A\x00b", "", "bad_characters"),
    ("family_name", "- -", "", "bad_characters"),
    ("family_name", "a" * 121, "", "too_long"),
    ("family_name", 5, "", "wrong_type"),
    ("family_name", {"a": 1}, "", "wrong_type"),
    ("family_name", "\ud800", "", "bad_characters"),
    ("birth_date", "2026-11-25", "", "in_the_future"),
    ("birth_date", "1896-11-23", "", "in_the_past"),
    ("birth_date", "2023-02-29", "", "not_a_date"),
    ("birth_date", "24.11.2026", "", "not_a_date"),
    ("birth_date", "２０２３-01-01", "", "not_a_date"),
    ("birth_date", 20230101, "", "wrong_type"),
    ("story", "ab", "", "too_short"),
    ("story", "x" * 101, "", "too_long"),
    ("story", "a\tb\x07", "", "bad_characters"),
    ("code", "ab1", "", "pattern"),
    ("code", "AB", "", "pattern"),
    ("code", "AB1\n", "", "ok"),
    ("code", "AB\n1", "", "bad_characters"),
    ("age", -1, "", "too_small"),
    ("age", 121, "", "too_big"),
    ("age", 1.5, "", "wrong_type"),
    ("age", True, "", "wrong_type"),
    ("age", "3", "", "wrong_type"),
    ("age", 10**400, "", "wrong_type"),
    ("rent", 0, "", "too_small"),
    ("start", "2026-11-23", "", "in_the_past"),
    ("start", "2027-05-25", "", "in_the_future"),
    ("days", ["mo", "tu", "we"], "", "too_many"),
    ("days", ["mo", "mo"], "", "not_allowed"),
    ("days", ["su"], "", "not_allowed"),
    ("days", "mo", "", "wrong_type"),
    ("car", "HBAB1234", "", "not_a_plate"),
    ("car", "HB-AB 12345", "", "not_a_plate"),
    ("car", "BÜS-AB 1234", "", "not_a_plate"),
    ("car", "HB-AB 0123", "", "not_a_plate"),
    ("account", "DE02 1203 0000 0000 2020 52", "", "not_an_iban"),
    ("account", "DE0212030000000020205", "", "not_an_iban"),
    ("email", "a@b", "", "not_an_email"),
    ("email", "a b@c.de", "", "not_an_email"),
    ("email", "a@b.localhost", "", "not_an_email"),
    ("email", "a@@b.de", "", "not_an_email"),
    ("phone", "115", "", "not_a_phone"),
    ("phone", "0421 abc", "", "not_a_phone"),
    ("land", "XX", "", "not_allowed"),
    ("land", "de", "", "not_allowed"),
    ("proof", ["a", "b", "c"], "", "too_many"),
    ("proof", "a", "", "wrong_type"),
    ("proof", [1], "", "wrong_type"),
    ("true", False, "", "must_agree"),
    ("true", "yes", "", "wrong_type"),
    ("pets", "no", "", "wrong_type"),
    ("pets", None, "", "required"),
    ("home", {"street": "Weg"}, "/postcode", "required"),
    ("home", "Weg 1", "", "wrong_type"),
    ("home", {"floor": 2}, "/floor", "unknown_field"),
    ("home", {"street": "W", "house_number": "1", "postcode": "1234", "city": "X"}, "/postcode", "unknown_postcode"),
    (
        "home",
        {"street": "W", "house_number": "1", "postcode": "10115", "city": "Berlin"},
        "/postcode",
        "unknown_postcode",
    ),
    ("landlord", {"given_name": "Max"}, "/family_name", "required"),
    ("flatmates", [{}], "/0/name", "required"),
    ("flatmates", ["A"], "/0", "wrong_type"),
    ("flatmates", [{"name": "A", "x": 1}], "/0/x", "unknown_field"),
    ("flatmates", [{"name": "A"}] * 4, "", "too_many"),
    ("flatmates", 7, "", "wrong_type"),
    ("children", [{"name": "A"}], "/0/lives_here", "required"),
    ("children", [{"name": "A", "lives_here": True, "x": 1}], "/0/x", "unknown_field"),
    ("children", [None], "/0", "wrong_type"),
]


@pytest.mark.parametrize(("field", "value"), GOOD)
def test_takes_what_is_right(form: Form, field: str, value: Any) -> None:
    assert faults(form, **{field: value}) == {}


@pytest.mark.parametrize(("field", "value", "below", "code"), BAD)
def test_refuses_what_is_wrong_at_its_place(form: Form, field: str, value: Any, below: str, code: str) -> None:
    found = faults(form, **{field: value})
    assert found.get(f"/{field}{below}", "ok") == code
    assert all(pointer.startswith(f"/{field}") for pointer in found)


def test_an_end_before_the_start_is_refused(form: Form) -> None:
    assert faults(form, start="2026-12-02", end="2026-12-01") == {"/end": "in_the_past"}
    assert faults(form, start="nonsense", end="2026-12-01") == {"/start": "not_a_date"}


def test_required_follows_visibility(form: Form) -> None:
    assert faults(form, pets=True) == {"/animal": "required"}
    assert faults(form, pets=True, animal="dog") == {"/animal_name": "required", "/proof": "required"}
    assert faults(form, pets=False, animal="dog") == {}


def test_a_page_has_only_its_own_faults(form: Form) -> None:
    answers = {"children": [{"name": "A"}, {"name": "Б"}]}
    assert [one.pointer for one in service.validate(form, answers, "kid.2", today=TODAY)] == [
        "/children/1/name",
        "/children/1/lives_here",
    ]
    assert [one.pointer for one in service.validate(form, answers, "pet", today=TODAY)] == ["/pets"]


def test_foreign_keys_are_named(form: Form) -> None:
    assert faults(form, nonsense=1, __proto__=True) == {"/nonsense": "unknown_field", "/__proto__": "unknown_field"}


def test_faults_carry_their_numbers(form: Form) -> None:
    (fault,) = service.validate(form, {**DOG, "age": 200}, today=TODAY)
    assert (fault.pointer, fault.code, fault.params) == ("/age", "too_big", {"max": 120})
    assert service.error_text(form, fault, "de").text == "Geben Sie höchstens 120 ein."
