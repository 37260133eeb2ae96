"""Applications that nobody sent, for people who learn: made of the examples that every form package brings along."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy.orm import Session

from backend.applications import form as reading
from backend.applications import life, queries, sealed
from backend.applications.models import Application
from backend.applications.service.filling import Judged
from backend.applications.service.submit import evaluation_of
from backend.applications.types import By, Document, Happening, State
from backend.core import keyring
from backend.core.access import is_training
from backend.core.clock import db_now
from backend.core.security import new_reference
from backend.forms import service as forms
from backend.forms.types import Answers, Form

_LIFE = ((Happening.CREATED, By.PERSON), (Happening.SUBMITTED, By.PERSON), (Happening.RECEIVED, By.SYSTEM))


def received(session: Session, form: Form, answers: Answers, office: str, language: str) -> Application:
    """An application as it lies before an office of exercises: without owner, address or files, so it reaches nobody.

    `answers` must be complete; `office` must be one of exercises.
    """
    if not is_training(office):
        raise ValueError("invented applications belong into an office of exercises")
    row = Application(
        id=uuid4(),
        reference=_free_reference(session),
        service=form.slug,
        version=form.version,
        content_hash=form.content_hash,
        language=language,
        office=office,
        state=State.DRAFT,
        revision=1,
        document_revision=1,
        electronic_delivery=False,
        key_id=keyring.new_key(session),
    )
    session.add(row)
    kept, dropped = forms.drop_hidden(
        form, {name: answers[name] for name in answers if name not in reading.file_slots(form)}
    )
    evaluation = forms.evaluate(form, kept, {"level": "none", "profile_matches": False, "represented": False})
    row.fee_cents = evaluation.fee.cents
    judged = Judged(kept, tuple(dropped), (), evaluation)
    sealed.write_document(session, row, Document(answers=kept, evaluation=evaluation_of(judged)))
    session.flush()
    now = db_now(session)
    for happening, by in _LIFE:
        data = {"version": form.version, "pays_first": False, "payment": None}
        life.record(session, row, happening, by, data, undo_until=now if happening is Happening.SUBMITTED else None)
        session.flush()
    return row


def _free_reference(session: Session) -> str:
    reference = new_reference()
    while queries.by_reference_unchecked(session, reference) is not None:
        reference = new_reference()
    return reference
