"""Receipts and letters as PDF/UA: checked by an independent validator, in every language, with hostile content."""

from __future__ import annotations

import io
from typing import Any

import page
import pikepdf
import pytest

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
