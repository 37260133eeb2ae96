"""The mail about an unused account: as agreed, in every language, sent once and only while it is true."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest

from backend.accounts.types import Idle
from backend.core.clock import BERLIN
from backend.core.i18n import LANGUAGES
from backend.notifications.letters_account import compose
from tests.notifications.samples import SENDER

GOLDEN = Path(__file__).parent / "golden"
IDLE = Idle(account_id=uuid4(), email="rim@example.org", language="de", ends_at=datetime(2027, 1, 4, 10, tzinfo=BERLIN))
pytestmark = pytest.mark.usefixtures("formats")  # dates are written by flask-babel


@pytest.mark.parametrize("language", LANGUAGES)
def test_is_as_agreed(language: str) -> None:
    made = compose(IDLE, language, SENDER, demo=True)
    forms = {"txt": f"Subject: {made.subject}\n\n{made.text}", "html": made.html}
    if os.environ.get("UPDATE_GOLDEN"):
        for ending, text in forms.items():
            (GOLDEN / language / f"account_idle.{ending}").write_text(text, encoding="utf-8")
    found = (GOLDEN / language).glob("account_idle.*")
    assert forms == {file.suffix[1:]: file.read_text(encoding="utf-8") for file in found}


def test_says_nothing_about_the_person() -> None:
    made = compose(replace(IDLE, email="somebody@example.org"), "de", SENDER, demo=False)
    assert "somebody" not in made.text + made.html + made.subject
