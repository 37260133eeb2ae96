"""Formats per language, fallback to German, and a check that finds incomplete catalogues."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from backend.core import i18n
from backend.core.clock import BERLIN, local_midnight
from backend.core.i18n import LANGUAGES, direction, format_date, format_time, translate
from backend.core.locale_check import check, shape

pytestmark = pytest.mark.usefixtures("formats")  # dates are written by flask-babel

DAY = date(2026, 11, 24)
DATES = {
    "de": "Dienstag, 24. November 2026",
    "de-simple": "Dienstag, 24. November 2026",
    "en": "Tuesday, 24 November 2026",
    "tr": "24 Kasım 2026 Salı",
    "ar": "الثلاثاء، 24 نوفمبر 2026",
    "uk": "вівторок, 24 листопада 2026\u202fр.",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_dates(lang: str) -> None:
    assert format_date(DAY, lang) == DATES[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_times_are_local_and_latin(lang: str) -> None:
    moment = datetime(2026, 11, 24, 8, 40, tzinfo=UTC)
    assert format_time(moment, lang) == ("9:40" if lang == "de-simple" else "09:40")


def test_midnight_knows_the_clock_changes() -> None:
    spring, autumn = date(2027, 3, 28), date(2027, 10, 31)
    assert local_midnight(spring).isoformat() == "2027-03-28T00:00:00+01:00"
    assert local_midnight(autumn).isoformat() == "2027-10-31T00:00:00+02:00"
    lengths = {
        day: local_midnight(date.fromordinal(day.toordinal() + 1)).astimezone(UTC) - local_midnight(day).astimezone(UTC)
        for day in (spring, autumn)
    }
    assert [length.total_seconds() / 3600 for length in lengths.values()] == [23, 25]
    assert local_midnight(spring).tzinfo is BERLIN


def test_arabic_runs_from_the_right() -> None:
    assert [lang for lang in LANGUAGES if direction(lang) == "rtl"] == ["ar"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for lang in LANGUAGES:
        write(tmp_path, lang, "backend", {"hello": "Hallo {name}"})
        write(tmp_path, lang, "frontend", {"count": "{n, plural, one {# Termin} other {# Termine}}"})
    forms = {
        "ar": "{n, plural, zero {a} one {b} two {c} few {d} many {e} other {f}}",
        "uk": "{n, plural, one {a} few {b} many {c} other {d}}",
    }
    for lang, text in forms.items():
        write(tmp_path, lang, "frontend", {"count": text})
    write(tmp_path, "de", "staff", {"staff.count": "{n, plural, one {a} other {b}}"})
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    i18n.messages.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def _fresh() -> None:
    i18n.messages.cache_clear()


def write(folder: Path, lang: str, domain: str, texts: dict[str, str]) -> None:
    file = folder / lang / "LC_MESSAGES" / f"{domain}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    file.write_text(head + "\n".join(f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in texts.items()))


def test_a_missing_message_is_german(folder: Path) -> None:
    write(folder, "tr", "backend", {"hello": ""})
    assert translate("hello", "tr", name="Ayşe") == "Hallo Ayşe"
    with pytest.raises(KeyError):
        translate("nothing", "de")


def test_values_are_not_read_as_templates(folder: Path) -> None:
    assert translate("hello", "de", name="{0.__class__}") == "Hallo {0.__class__}"


def test_complete_catalogues_have_no_fault(folder: Path) -> None:
    assert list(check(folder)) == []


@pytest.mark.parametrize(
    ("lang", "domain", "texts", "fault"),
    [
        ("tr", "backend", {}, "tr/backend: hello is missing"),
        ("tr", "backend", {"hello": ""}, "tr/backend: hello is missing"),
        ("tr", "backend", {"hello": "Merhaba"}, "tr/backend: hello has other placeholders: ['name']"),
        (
            "de-simple",
            "backend",
            {"hello": "Hallo {other}"},
            "de-simple/backend: hello has other placeholders: ['name', 'other']",
        ),
        ("tr", "backend", {"hello": "a {name}", "more": "x"}, "tr/backend: more is not in de"),
        (
            "uk",
            "frontend",
            {"count": "{n, plural, one {a} other {b}}"},
            "uk/frontend: count lacks the forms ['few', 'many']",
        ),
        (
            "en",
            "frontend",
            {"count": "{m, plural, one {a} other {b}}"},
            "en/frontend: count has other placeholders: ['m', 'n']",
        ),
        ("en", "frontend", {"count": "{n, plural, one {a} other {b}"}, "en/frontend: cannot be read (ValueError)"),
        ("de", "staff", {"common.x": "a"}, "de/staff: common.x is of another part"),
        ("de", "staff", {"staff.x": ""}, "de/staff: staff.x is missing"),
        ("de", "staff", {"staff.x": "{n, plural, one {a}}"}, "de/staff: staff.x lacks the forms ['other']"),
        ("de", "staff", {"staff.x": "{n"}, "de/staff: cannot be read (ValueError)"),
    ],
)
def test_faults_are_named(folder: Path, lang: str, domain: str, texts: dict[str, str], fault: str) -> None:
    write(folder, lang, domain, texts)
    assert list(check(folder)) == [fault]


def test_leichte_sprache_may_leave_values_out(folder: Path) -> None:
    write(folder, "de-simple", "backend", {"hello": "Hallo"})
    assert list(check(folder)) == []


def test_the_shape_of_a_message() -> None:
    found = shape(
        "{a} <b>{n, plural, =0 {none} one {one {c}} other {'{'# {d, date, short}}}</b> {s, select, x {X} other {Y}}"
    )
    assert found.values == {"a", "n", "c", "d", "s"}
    assert found.tags == {"b"}
    assert ("plural", {"=0", "one", "other"}) in found.choices
