"""The office takes up again what was done, or another office goes on with it; the citizen is told what counts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.applications import life, queries
from backend.applications.models import Application
from backend.applications.receipt import values
from backend.applications.service import office, trace
from backend.applications.types import By, Happening
from backend.core.access import Actor
from backend.core.clock import BERLIN
from backend.core.i18n import translate

DECISIONS = ("granted", "partly", "refused")


def reopen(session: Session, actor: Actor, row: Application, reason: str) -> None:
    """Back to the review, with a message that says which decision counts meanwhile (VwVfG § 43: the last one).

    Raises NotNow: it is not decided, or the citizen withdrew it.
    """
    life.record(session, row, Happening.REOPENED, By.OFFICE)
    row.erase_after = None
    trace.write(session, actor, row, "application.reopened")
    session.flush()
    office.write(session, actor, row, _message(session, row, reason))


def change_office(session: Session, actor: Actor, row: Application, to: str) -> None:
    """Another office is responsible from now on; raises NotNow after the decision."""
    row.office = to
    life.record(session, row, Happening.OFFICE_CHANGED, By.OFFICE, {"office": to})
    trace.write(session, actor, row, "application.office_changed")
    session.flush()


def _message(session: Session, row: Application, reason: str) -> str:
    lang = row.language
    letters = [each for each in queries.letters_of(session, row.id) if each.kind in DECISIONS]
    if letters:
        day = letters[-1].provided_at.astimezone(BERLIN).date()
        counts = translate("office.reopened.counts", lang, date=values.day(day, lang))
    else:
        counts = translate("office.reopened.no_decision", lang)
    return translate("office.reopened.message", lang, reason=reason, counts=counts)
