"""Decisions that the rules of a package may take: to grant what leaves no choice, never to refuse (VwVfG § 35a)."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app
from sqlalchemy.orm import Session

from backend.applications import life, sealed
from backend.applications.models import Application, Letter
from backend.applications.receipt import document, letter
from backend.applications.service import letters
from backend.applications.types import By, Event, Happening, State
from backend.core import pdf
from backend.core.clock import db_now
from backend.core.i18n import LANGUAGES, translate
from backend.forms import service as forms

Hold = Callable[[Session, Application, letter.Content, bool], bool]
_HOLD = "amtsweg-automatic-hold"


def on_grant(app: Flask, hold: Hold) -> None:
    """Ask `hold(session, row, content, printable)` before the rules grant something; True = it is not done now."""
    app.extensions[_HOLD] = hold


def begin(session: Session, row: Application) -> None:
    """Begin the work on a received application, unless it still waits for its payment."""
    if row.waiting_for is not None or row.state != State.RECEIVED:
        return
    evaluation = sealed.document_of(session, row).evaluation or {}
    if evaluation.get("route", {}).get("way") == "other_office":
        life.record(session, row, Happening.HANDOVER, By.SYSTEM, {"state": "due"})
    if evaluation.get("decision") != "grant":
        return
    rule = str(evaluation.get("decision_rule"))
    content = {**letter.written(session, row, _decision(row, rule)), "rule": rule}
    hold: Hold | None = current_app.extensions.get(_HOLD)
    if hold is None or not hold(session, row, content, _printable(session, row, content)):
        grant(session, row, content)


def grant(session: Session, row: Application, content: letter.Content) -> Letter:
    """The rules grant it, with the letter; raises NotNow."""
    data = {"automatic": True, "rule": content["rule"], "version": row.version}
    life.record(session, row, Happening.GRANTED, By.SYSTEM, data)
    return letters.provide(session, row, content, By.SYSTEM)


def is_automatic(events: list[Event]) -> bool:
    """Whether the decision that counts now was taken by the rules alone."""
    ends = (Happening.GRANTED, Happening.PERSON_ASKED, Happening.REOPENED)
    last = next((event for event in reversed(events) if event.type in ends), None)
    return last is not None and last.type is Happening.GRANTED and bool(last.data.get("automatic"))


def _decision(row: Application, rule: str) -> letter.Decision:
    """The grant with its plain reason: the words of the rule, and that a person can be asked for."""
    form = forms.get(row.service, row.version)
    why = {lang: forms.text(form, f"rule.{rule}.text", lang).text for lang in LANGUAGES}
    by_rules = {lang: translate("paper.letter.automatic", lang) for lang in LANGUAGES}
    return letter.Decision(outcome="granted", blocks=(why, by_rules))


def _printable(session: Session, row: Application, content: letter.Content) -> bool:
    try:
        document.draft_pdf(row, content, row.language, db_now(session), None)
    except pdf.Unprintable:
        return False
    return True
