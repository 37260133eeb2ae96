"""What the law grants by itself when the office does not decide in time, where the package says so (VwVfG § 42a)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from backend.applications import life
from backend.applications.models import Application, Letter
from backend.applications.receipt import letter, values
from backend.applications.service import letters, paying, trace
from backend.applications.types import By, Happening
from backend.core.access import SYSTEM
from backend.core.i18n import LANGUAGES, translate


def deem(session: Session, row: Application, last_day: date, source: str) -> Letter:
    """Count an application as granted, with a letter that says why; raises NotNow."""
    why = {
        lang: translate("paper.letter.deemed", lang, date=values.day(last_day, lang), source=source)
        for lang in LANGUAGES
    }
    content = letter.written(session, row, letter.Decision(outcome="granted", blocks=(why,)))
    data = {"automatic": False, "deemed": True, "last_day": last_day.isoformat()}
    life.record(session, row, Happening.GRANTED, By.SYSTEM, data)
    trace.write(session, SYSTEM, row, "application.deemed", data)
    sent = letters.provide(session, row, content, By.SYSTEM)
    paying.ask_with_decision(session, row)
    session.flush()
    return sent
