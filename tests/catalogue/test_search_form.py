"""The search form: one spelling for what people write in many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalogue.filler_words import meaningful
from backend.catalogue.search_form import search_form, search_words


@pytest.mark.parametrize(
    "spellings",
    [
        ["Führerschein", "Fuehrerschein", "Fuhrerschein", "FÜHRERSCHEIN", "Führer·schein", "Fu\u0308hrerschein"],
        ["Straße", "Strasse", "STRASSE"],
        ["ID-Karte", "id karte", "ID – Karte"],
        ["İkamet", "ikamet", "IKAMET"],
        ["kimliği", "kimligi", "KİMLİĞİ"],
        ["taşınma", "tasinma", "TAŞINMA"],
        ["إقامة", "اقامة", "اقامه", "الإقامة", "إِقَامَة", "إقـــامة"],
        ["للإقامة", "والإقامة", "بالإقامة"],
        ["مستشفى", "مستشفي"],
        ["об'єкт", "об’єкт", "обʼєкт"],
        ["Паспорт", "паспорт", "pasport"],
        ["نواة", "نواه"],
    ],
)
def test_spellings_of_one_word_are_one_form(spellings: list[str]) -> None:
    assert len({search_form(spelling) for spelling in spellings}) == 1


def test_different_words_stay_different() -> None:
    words = ["anmelden", "abmelden", "ummelden", "паспорт", "паспорти", "إقامة", "أجانب", "жити", "шити"]
    assert len({search_form(word) for word in words}) == len(words)


@given(st.text(max_size=200))
def test_any_text_gives_plain_words_and_the_form_is_stable(text: str) -> None:
    words = search_words(text)
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words)
    assert search_words(" ".join(words)) in (words, search_words(search_form(" ".join(words))))


def test_filler_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert meaningful(search_words("Ich brauche einen neuen Ausweis")) == ["ausweis"]
    assert meaningful(search_words("أريد تصريح إقامة")) == ["tsryh", "aqamh"]
    assert meaningful(["ich", "brauche"]) == ["ich", "brauche"]
