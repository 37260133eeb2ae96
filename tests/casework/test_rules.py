"""Pure decisions of casework."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backend.casework import cursor, rules
from backend.casework.types import LAST_DAY
from backend.core.errors import Invalid

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("setting", "outcome", "fee", "draw", "why"),
    [
        ("never", "refused", None, 0, None),
        ("on_refusal", "granted", 0, 0, None),
        ("on_refusal", "refused", 0, 99, "on_refusal"),
        ("on_refusal", "partly", 0, 99, "on_refusal"),
        ("on_refusal", "closed", 0, 99, "on_refusal"),
        ("always", "granted", 0, 99, "always"),
        ({"above_fee_cents": 5000}, "granted", 5000, 0, None),
        ({"above_fee_cents": 5000}, "granted", 5001, 99, "above_fee"),
        ({"above_fee_cents": 5000}, "granted", None, 99, "above_fee"),
        ({"random_percent": 5}, "refused", 0, 4, "random"),
        ({"random_percent": 5}, "refused", 0, 5, None),
        ({"random_percent": 0}, "refused", 0, 0, None),
        ("whatever", "granted", 0, 0, "always"),
        ({}, "granted", 0, 99, "random"),
    ],
)
def test_why_a_second_person_is_needed(setting: Any, outcome: str, fee: int | None, draw: int, why: str | None) -> None:
    assert rules.second_because(setting, outcome=outcome, fee_cents=fee, draw=draw) == why


def test_the_earliest_date_counts() -> None:
    assert rules.due_rank(None, None) == LAST_DAY
    assert rules.due_rank(date(2026, 12, 1), None) == date(2026, 12, 1)
    assert rules.due_rank(date(2026, 12, 1), date(2026, 11, 30)) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("rank", "said"),
    [
        (date(2026, 11, 21), "overdue"),
        (date(2026, 11, 22), "soon"),
        (date(2026, 11, 29), "soon"),
        (date(2026, 11, 30), "later"),
        (LAST_DAY, "none"),
    ],
)
def test_urgency(rank: date, said: str) -> None:
    assert rules.urgency(rank, TODAY) == said


def test_a_name_is_found_in_every_spelling_of_a_passport() -> None:
    assert rules.search_words("Müller-Łukasiewicz") == ["MUELLER", "LUKASIEWICZ"]
    assert rules.search_words("  ž  ") == []
    key, born = b"k" * 32, date(1988, 2, 29)
    assert rules.birth_index(key, "Yıldız", born) == rules.birth_index(key, "YILDIZ", born)
    others = {
        rules.birth_index(key, "Yıldız", date(1988, 2, 28)),
        rules.birth_index(key, "Yılmaz", born),
        rules.birth_index(b"l" * 32, "Yıldız", born),
    }
    assert len(others | {rules.birth_index(key, "Yıldız", born)}) == 4
    assert len(rules.birth_index(key, "Yıldız", born)) == 16


FOREIGN = ["", "x", "eyJ9", "WyJkIiwgIjEiLCAiMiJd", "bnVsbA==", "WyJ0IiwiMjAyNi0xMS0yMiIsIjEiXQ==", "ä"]


@pytest.mark.parametrize("word", FOREIGN)
@pytest.mark.parametrize("moments", [True, False])
def test_a_foreign_place_is_refused(word: str, moments: bool) -> None:
    with pytest.raises(Invalid):
        cursor.read(word, moments=moments)
