"""Training with invented cases: an office of one's own that nobody else sees and that sends nothing to anybody."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.applications.service import invented
from backend.audit import service as audit
from backend.casework.models import Case
from backend.core.access import Actor, training_office
from backend.core.errors import Forbidden
from backend.core.i18n import LANGUAGES
from backend.forms import examples
from backend.forms import service as forms

EACH = 2  # examples of each form


def switch(session: Session, actor: Actor, *, on: bool) -> dict[str, Any]:
    """Begin or end training in this session; who begins finds open cases. Raises Forbidden without an account."""
    if actor.account_id is None:
        raise Forbidden
    accounts.train(session, actor, on=on)
    office = training_office(actor.account_id)
    audit.record(
        session, actor=actor, action=f"training.{'begun' if on else 'ended'}", object_type="case", object_id="-"
    )
    open_ones = select(exists().where(Case.office == office, Case.ended_at.is_(None)))
    if on and not session.scalar(open_ones):
        _make(session, office)
    return {"training": on}


def _make(session: Session, office: str) -> None:
    """Two cases of every form, each in another language."""
    number = 0
    for form in forms.all_published():
        for answers in examples.of(form)[:EACH]:
            invented.received(session, form, answers, office, LANGUAGES[number % len(LANGUAGES)])
            number += 1
