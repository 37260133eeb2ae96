"""Decisions that the rules of a package may take: to grant what leaves no choice, never to refuse (VwVfG § 35a)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.applications import life, sealed
from backend.applications.models import Application
from backend.applications.service import letters
from backend.applications.types import By, Happening, State


def begin(session: Session, row: Application) -> None:
    """Begin the work on a received application, unless it still waits for its payment."""
    if row.waiting_for is not None or row.state != State.RECEIVED:
        return
    evaluation = sealed.document_of(session, row).evaluation or {}
    if evaluation.get("route", {}).get("way") == "other_office":
        life.record(session, row, Happening.HANDOVER, By.SYSTEM, {"state": "due"})
    if evaluation.get("decision") == "grant":
        data = {"automatic": True, "rule": evaluation.get("decision_rule")}
        life.record(session, row, Happening.GRANTED, By.SYSTEM, data)
        letters.provide(session, row, "granted", By.SYSTEM)
