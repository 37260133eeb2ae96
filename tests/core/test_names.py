"""Every letter and sequence of DIN 91379, and helpful codes for all others."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from backend.core.names import _ANY_LETTER, _SEQUENCES, LONGEST_NAME, check_name, grapheme_length, search_form
from backend.core.schemas import field_errors

# SHA-256 over "letter;search form" lines of group bll in latin_list_search_form_1.3.txt (String-Latin, 5 August 2026),
# sorted by code points. The list itself is no part of the product.
PUBLISHED = "bb5de0857bfb990fd7113ba0746366bf62f75426efac0fe5b0d2305de5e54071"


def code_of(text: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(ValidationError) as caught:
        check_name(text)
    (fault,) = field_errors(caught.value.messages)
    return fault.code, dict(fault.params)


@pytest.mark.parametrize(
    "name",
    [
        "Özdemir-Łącki",
        "O'Neill",
        "D’Angelo",
        "Nguyễn Thị Ánh",
        "K͟haled",
        "Żółć",
        "J̌",
        "von der Heide",
        "Ðuro",
        "ẞ",
        "Li",
    ],
)
def test_names_that_registers_hold_are_kept(name: str) -> None:
    assert check_name(name) == unicodedata.normalize("NFC", name)


def test_a_decomposed_name_becomes_composed() -> None:
    assert check_name("Mu\u0308ller") == "Müller"


def test_signs_that_look_the_same_are_led_to_the_register_sign() -> None:
    assert check_name(" Anna\u00a0 Maria\u2011O\u2018Neill ") == "Anna Maria-O\u2019Neill"


@pytest.mark.parametrize(
    ("name", "script"),
    [("Олена", "cyrillic"), ("محمد", "arabic"), ("Γιώργος", "greek"), ("李", "cjk"), ("Anna Олена", "cyrillic")],
)
def test_another_script_is_named(name: str, script: str) -> None:
    assert code_of(name) == ("name_script", {"script": script})


@pytest.mark.parametrize(
    ("name", "character"),
    [("Anna1", "1"), ("A<b>", "<"), ("Anna😀", "😀"), ("q\u0301a", "q\u0301"), ("-\u0301", "-\u0301")],
)
def test_another_sign_is_shown(name: str, character: str) -> None:
    assert code_of(name) == ("name_character", {"character": character})


def test_length_counts_what_people_see() -> None:
    assert grapheme_length("K͟haled") == 6
    assert check_name("C̨̆" * LONGEST_NAME) == "C̨̆" * LONGEST_NAME
    assert code_of("a" * (LONGEST_NAME + 1)) == ("name_too_long", {"max": LONGEST_NAME})


@pytest.mark.parametrize("name", ["", "-", " ' "])
def test_a_name_has_a_letter(name: str) -> None:
    assert code_of(name)[0] == "required"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Müller-Lüdenscheidt", "MUELLER LUEDENSCHEIDT"),
        ("O’Neill", "ONEILL"),
        ("Åse Strauß", "AASE STRAUSS"),
        ("Þór Øster", "THOR OESTER"),
        ("K͟haled", "KHALED"),
        ("İlkay ışık", "ILKAY ISIK"),
        ("Ạ̈", "AE"),
    ],
)
def test_search_form(name: str, form: str) -> None:
    assert search_form(name) == form


@given(st.text(max_size=60))
def test_any_text_is_kept_or_refused_with_a_code(text: str) -> None:
    name, codes = text, set[str]()
    try:
        name = check_name(text)
    except ValidationError as error:
        codes = {fault.code for fault in field_errors(error.messages)}
    assert codes <= {"required", "name_script", "name_character", "name_too_long"}
    if not codes:
        assert check_name(name) == name
        assert unicodedata.is_normalized("NFC", name)
        assert set(search_form(name)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ ")


def accepted_letters() -> list[str]:
    """All letters and sequences that the table lets through, found by trying every code point and every pair."""
    bases = [chr(point) for point in range(0x250)] + [chr(point) for point in range(0x250, 0x2000)]
    single = [base for base in bases if _ANY_LETTER.fullmatch(base)]
    tails = [*_SEQUENCES, *(chr(point) for point in range(0x300, 0x370))]
    pairs = [base + tail for base in single for tail in tails if _ANY_LETTER.fullmatch(base + tail)]
    return sorted({unicodedata.normalize("NFC", text) for text in single + pairs})


def test_the_table_is_the_published_list() -> None:
    letters = accepted_letters()
    assert len(letters) == 649
    listed = "".join(f"{letter};{search_form(letter)}\n" for letter in letters)
    assert hashlib.sha256(listed.encode()).hexdigest() == PUBLISHED


def test_no_letter_outside_the_blocks_that_were_tried() -> None:
    assert not [point for point in range(0x2000, 0x30000) if _ANY_LETTER.fullmatch(chr(point))]
