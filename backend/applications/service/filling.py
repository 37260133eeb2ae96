"""A draft and the form it belongs to: the version that counts now, answers with files, what the rules say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.applications import form as reading
from backend.applications import sealed
from backend.applications.files import service as files
from backend.applications.models import Application
from backend.applications.types import Answers, Document, State
from backend.core.access import Actor
from backend.core.clock import today
from backend.core.errors import FieldError
from backend.forms import service as forms
from backend.forms.types import Evaluation, Form, FormChange


@dataclass(frozen=True)
class Filling:
    """A row, its open document, the form as it counts for it, and how that differs from what the person last saw."""

    row: Application
    document: Document
    form: Form
    change: FormChange | None


@dataclass(frozen=True)
class Judged:
    """What sending now would mean: answers without hidden ones, faults, and what the rules say."""

    answers: Answers
    dropped: tuple[str, ...]
    errors: tuple[FieldError, ...]
    evaluation: Evaluation


def opened(session: Session, row: Application) -> Filling:
    """The document of a row; a draft counts in the newest version of its form, what was sent stays as it was."""
    form, change = forms.get(row.service, row.version), None
    if row.state == State.DRAFT:
        newest = forms.published(row.service)
        if newest.version != form.version:
            change, form = forms.changes(form, newest), newest
    return Filling(row, sealed.document_of(session, row), form, change)


def answers_with_files(session: Session, filling: Filling) -> Answers:
    """The answers to fields of this version, with the ids of what was uploaded for each slot."""
    slots = reading.file_slots(filling.form)
    held = {slot: ids for slot, ids in files.slots_of(session, filling.row.id).items() if slot in slots}
    own = {name: value for name, value in filling.document.answers.items() if name in filling.form.fields}
    return {**{name: value for name, value in own.items() if name not in slots}, **held}


def judged(session: Session, actor: Actor, filling: Filling) -> Judged:
    """Visibility, drop what is hidden, validate, then the rules: in this order, on check and on sending alike."""
    answers, dropped = forms.drop_hidden(filling.form, answers_with_files(session, filling))
    errors = forms.validate(filling.form, answers)
    evaluation = forms.evaluate(filling.form, answers, facts(session, actor, filling, answers))
    return Judged(answers, tuple(dropped), tuple(errors), evaluation)


def facts(session: Session, actor: Actor, filling: Filling, answers: Answers) -> dict[str, Any]:
    """What the rules may know beside the answers."""
    owner = filling.row.owner_account
    matches = owner is not None and forms.matches(filling.form, answers, claims_of(session, owner, actor.level))
    return {
        "level": actor.level,
        "profile_matches": matches,
        "represented": filling.row.power_id is not None,
        "today": today(session),
    }


def claims_of(session: Session, account_id: UUID, level: str) -> Mapping[str, Any]:
    """What an account says about the person to a session of this level, in the words of form packages."""
    known = accounts.profile(session, account_id, level=level)
    address = {} if known.address is None else {name: part for name, part in asdict(known.address).items() if part}
    return {
        "given_name": known.given_name,
        "family_name": known.family_name,
        "birth_name": known.birth_name,
        "birth_date": None if known.birth_date is None else known.birth_date.isoformat(),
        "address": address or None,
        "email": known.email,
    }
