"""Printed documents are PDF/UA-1 in every language, show every letter of a name, and cannot be told to do anything."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import page
import pytest
import typst

from backend.core import pdf
from backend.core.i18n import LANGUAGES
from backend.core.names import _SEQUENCES, check_name

TEMPLATE = """
= #data.title
#data.intro
== #data.title
#facts(data.rows)
#table(columns: 2, table.header([A], [B]), ..data.rows.map(row => ([#row.label], [#row.value])).flatten())
#spoken("de", "ltr")[Deutscher Wortlaut]
"""
NOW = datetime(2026, 11, 22, 8, 0, 0, 123, tzinfo=UTC)
TITLES = {"ar": "بياناتك الشخصية", "uk": "Ваші дані, ґ є ї", "tr": "Işık verileriniz"}
ROWS = [{"label": "مرحبا", "value": "Thị Ánh Nguyễn ʿAbd ar-Raḥmān"}]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "letter.typ"
    file.write_text(TEMPLATE, encoding="utf-8")
    return file


def made(template: Path, language: str = "de", **data: Any) -> bytes:
    known = {"title": TITLES.get(language, "Größe"), "intro": "", "rows": ROWS, **data}
    return pdf.render(template, known, language=language, made_at=NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_accessible_in_every_language(template: Path, language: str) -> None:
    report = page.validate_pdf_bytes(made(template, language), profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_the_checker_finds_faults() -> None:
    untagged = typst.compile(b"= A\n#rect()", format="pdf", pdf_tags=False)
    assert not page.is_pdf_compliant_bytes(untagged, profile=page.ValidationProfile.PDF_UA_1)


def test_every_letter_that_a_name_may_have_is_shown() -> None:
    sequences = [letter + follows for follows, letters in _SEQUENCES.items() for letter in letters]
    points = (*range(0x20, 0x250), *range(0x2B0, 0x300), *range(0x1E00, 0x1F00), 0x2019, 0x2021)
    allowed = [sign for sign in map(chr, points) if sign.isprintable() and is_name(f"A{sign}")]
    assert len(allowed) > 400
    assert not [sign for text in (*sequences, *allowed) for sign in text if not pdf.can_show(sign)]


def is_name(text: str) -> bool:
    try:
        check_name(text)
    except Exception:  # noqa: BLE001 - whatever refuses it
        return False
    return True


def test_a_sign_without_a_letter_form_is_replaced(template: Path) -> None:
    assert not pdf.can_show("漢")
    assert made(template, intro="😀 漢\x00\ud800").startswith(b"%PDF")


@pytest.mark.parametrize(
    "evil",
    ['#read("/etc/passwd")', "#panic()", '"; #import "@preview/x:1.0.0"', "$ x $ = == [", '\\"}', "#sys.inputs"],
)
def test_what_people_type_is_never_markup(template: Path, evil: str) -> None:
    plain = made(template, intro="x" * len(evil))
    told = made(template, intro=evil)
    assert abs(len(told) - len(plain)) < 2_000


def test_a_value_may_be_laid_out_already(tmp_path: Path) -> None:
    file = tmp_path / "laid.typ"
    file.write_text(
        '= A\n#facts(((label: "x", value: strong("y")), (label: "x", value: "مرحبا 1"),))\n', encoding="utf-8"
    )
    assert page.is_pdf_compliant_bytes(made(file, "ar"), profile=page.ValidationProfile.PDF_UA_1)


@pytest.mark.parametrize("reach", ['#read("/etc/hostname")', '#read("../pdf.py")', '#import "@preview/cetz:0.3.0": *'])
def test_a_template_reaches_nothing(tmp_path: Path, reach: str) -> None:
    file = tmp_path / "reach.typ"
    file.write_text(f"= A\n{reach}\n", encoding="utf-8")
    with pytest.raises(pdf.Unprintable):
        made(file)
