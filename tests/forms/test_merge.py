"""What is typed on a page is laid over the answers; nothing that has the right JSON type is ever thrown away."""

from __future__ import annotations

from typing import Any

import pytest

from backend.core.errors import NotFound
from backend.forms import service
from backend.forms.types import Form


def codes(errors: Any) -> dict[str, str]:
    return {one.pointer: one.code for one in errors}


def test_keeps_wrong_values_of_the_right_type(form: Form) -> None:
    merged, errors = service.merge(form, {"pets": True}, "things", {"start": "2026-13-", "age": 999, "code": ""})
    assert merged == {"pets": True, "start": "2026-13-", "age": 999, "code": ""}
    assert errors == []


def test_names_what_cannot_be_stored(form: Form) -> None:
    merged, errors = service.merge(
        form, {"age": 3}, "things", {"age": "many", "rent": True, "days": [1], "pets": True, "x": 1}
    )
    assert merged == {"age": 3}
    assert codes(errors) == {
        "/age": "wrong_type",
        "/rent": "wrong_type",
        "/days": "wrong_type",
        "/pets": "unknown_field",
        "/x": "unknown_field",
    }


def test_null_takes_an_answer_away(form: Form) -> None:
    assert service.merge(form, {"age": 3, "rent": 5}, "things", {"age": None})[0] == {"rent": 5}


def test_an_entry_has_a_page_of_its_own(form: Form) -> None:
    before = {"children": [{"name": "A"}, {"name": "B", "lives_here": True}]}
    merged, errors = service.merge(form, before, "kid.2", {"lives_here": False, "elsewhere": {}})
    assert merged == {"children": [{"name": "A"}, {"name": "B", "lives_here": False}]}
    assert codes(errors) == {"/children/1/elsewhere": "unknown_field"}
    assert before["children"][1]["lives_here"] is True


@pytest.mark.parametrize(
    "page", ["nothing", "kid", "kid.0", "kid.3", "kid.x", "kid.1.1", "pet.1", "", "kid.²", "kid." + "1" * 5000]
)
def test_there_is_no_other_page(form: Form, page: str) -> None:
    with pytest.raises(NotFound):
        service.merge(form, {"children": [{}, {}]}, page, {})


def test_the_account_fills_what_it_knows(form: Form) -> None:
    claims = {"family_name": "Ito", "birth_date": None, "address": {"street": "Weg", "city": "Bremen", "country": "DE"}}
    found = {one.pointer: (one.value, one.locked) for one in service.prefilled(form, claims)}
    assert found == {"/family_name": ("Ito", True), "/home": ({"street": "Weg", "city": "Bremen"}, False)}


def test_only_a_full_match_is_a_match(form: Form) -> None:
    claims = {"family_name": "Mu\u0308ller", "birth_date": "2000-01-01", "address": None}
    answers = {"family_name": " Müller", "birth_date": "2000-01-01"}
    assert service.matches(form, answers, claims)
    assert not service.matches(form, {**answers, "birth_date": "2000-01-02"}, claims)
    assert not service.matches(form, {**answers, "home": {"street": "Weg"}}, claims)
    assert not service.matches(form, {}, {})


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("age", 999, True),
        ("age", "3", False),
        ("home", {"street": None}, True),
        ("home", {"moon": 1}, False),
        ("moon", 1, False),
    ],
)
def test_tells_what_can_be_stored(form: Form, field: str, value: Any, right: bool) -> None:
    assert service.fits(form, field, value) is right
