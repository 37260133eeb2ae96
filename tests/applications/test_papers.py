"""Receipts and letters as PDF/UA: checked by an independent validator, in every language, with hostile content."""

from __future__ import annotations

import io
import re
from typing import Any

import page
import pikepdf
import pytest
import segno

from backend.applications.service import office
from backend.core.db import db
from backend.core.i18n import LANGUAGES
from tests.applications.people import BY_CLERK, Somebody, Town

EVIL = '#panic("x") *bold* $x$ <b> \u202e رقم Ǟ'


def flaws(content: bytes) -> list[Any]:
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    return [failure.message for failure in report.failures]


@pytest.fixture(scope="module")
def sent(town: Town) -> Somebody:
    made = town.citizen()
    made.applied()
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_receipt_is_accessible_in_every_language(sent: Somebody, lang: str) -> None:
    answer = sent.get(f"/applications/{sent.sent['reference']}/receipt?lang={lang}")
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="antrag-')
    assert flaws(answer.data) == []
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert str(pdf.Root.Lang) == ("de" if lang == "de-simple" else lang)
        assert len(pdf.pages) >= (1 if lang == "de" else 2)


def test_a_receipt_as_a_page_has_the_code_and_german_beside_another_language(sent: Somebody) -> None:
    told = sent.get(f"/applications/{sent.sent['reference']}/receipt?format=json&lang=ar").get_json()
    assert [(part["lang"], part["dir"]) for part in told["parts"]] == [("ar", "rtl"), ("de", "ltr")]
    assert all(part["sections"] for part in told["parts"])
    address = f"{told['verify_url']}#c={told['verify_code'].replace('-', '')}"
    wanted = [list(row) for row in segno.make(address, error="m").matrix_iter(border=4)]
    assert modules(told["qr"]["path"], told["qr"]["size"]) == [[int(dark) for dark in row] for row in wanted]


def modules(path: str, size: int) -> list[list[int]]:
    """What an SVG path of runs draws."""
    drawn = [[0] * size for _ in range(size)]
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
    assert "".join(f"M{x} {y}h{n}v1h-{n}z" for x, y, n in runs) == path
    for column, row, long in ((int(x), int(y), int(n)) for x, y, n in runs):
        drawn[row][column : column + long] = [1] * long
    return drawn


def test_a_letter_is_accessible_and_its_fetching_is_proved(town: Town, sent: Somebody) -> None:
    person = town.citizen()
    person.applied(BY_CLERK)
    person.act("send-now")
    with town.app.app_context():
        row = office.case(db.session(), town.clerk(), town.id_of(person.sent))
        office.decide(db.session(), town.clerk(), row, "refused", EVIL)
        db.session.commit()
    letter = person.look()["letters"][0]
    assert letter["first_retrieved_at"] is None
    answer = person.get(f"/applications/{person.sent['reference']}/letters/{letter['id']}?lang=ar")
    assert flaws(answer.data) == []
    first = person.look()["letters"][0]["first_retrieved_at"]
    assert first is not None
    person.get(f"/applications/{person.sent['reference']}/letters/{letter['id']}")
    assert person.look()["letters"][0]["first_retrieved_at"] == first
