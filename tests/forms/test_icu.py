"""Simple ICU: placeholders, plural, select; everything else is refused when a package is checked."""

from __future__ import annotations

import pytest

from backend.forms import icu


@pytest.mark.parametrize(
    ("message", "lang", "values", "expected"),
    [
        ("Kind {n}", "de", {"n": 2}, "Kind 2"),
        ("{n, plural, one {# Kind} other {# Kinder}}", "de-simple", {"n": 1}, "1 Kind"),
        ("{n, plural, =0 {keine} one {# Kind} other {# Kinder}}", "de", {"n": 0}, "keine"),
        ("{n, plural, one {# рік} few {# роки} many {# років} other {# року}}", "uk", {"n": 22}, "22 роки"),
        ("{n, plural, two {سنتان} few {# سنوات} other {# سنة}}", "ar", {"n": 5}, "5 سنوات"),
        ("{k, select, cat {Katze} other {Tier}}", "de", {"k": "dog"}, "Tier"),
        ("{k, select, a {{n, plural, other {# x {k}}}} other {}}", "de", {"k": "a", "n": 3}, "3 x a"),
        ("{missing}", "de", {}, "{missing}"),
        ("# bleibt", "de", {}, "# bleibt"),
    ],
)
def test_writes(message: str, lang: str, values: dict[str, object], expected: str) -> None:
    assert icu.write(message, lang, values) == expected


@pytest.mark.parametrize(
    "message",
    [
        "{",
        "}",
        "{n",
        "{n, number}",
        "{n, plural, one {x}}",
        "{n, plural, other {x}",
        "{ä-b}",
        "{n, plural, other {x} y}",
        "{" * 50,
    ],
)
def test_refuses_what_is_not_simple(message: str) -> None:
    with pytest.raises(icu.MessageError):
        icu.read(message)


def test_names_all_values() -> None:
    assert icu.names(icu.read("{a} {n, plural, other {{b}}}")) == {"a", "n", "b"}
