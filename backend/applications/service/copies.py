"""A person's own copy of all in her applications: answers, files by name, messages, letters (Art. 15, 20 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from backend.accounts.types import Item, Section
from backend.applications import queries, sealed
from backend.applications.files import service as files
from backend.applications.models import Application
from backend.applications.receipt import letter as letter_text
from backend.applications.receipt import values
from backend.applications.types import By
from backend.core.access import Actor, reaches
from backend.core.clock import AnySession
from backend.core.i18n import translate
from backend.core.security import format_reference
from backend.forms import service as forms


def copies(session: AnySession, actor: Actor, language: str) -> Iterator[tuple[str, Section]]:
    """One section for each application and draft of the caller: `(name, section)`.

    What was filed at a higher level than this session's is named, and its content held back.
    """
    if actor.account_id is None:
        return
    real = session() if isinstance(session, scoped_session) else session
    for row in _of(real, actor.account_id):
        form = forms.get(row.service, row.version)
        title = forms.text(form, "service.title", language).text
        number = format_reference(row.reference) if row.reference else translate("my_data.draft", language)
        readable = row.filed_level is None or reaches(actor.level, row.filed_level)
        items = _content(real, row, language) if readable else (_held_back(row, language),)
        yield f"application:{row.id}", Section(title=f"{title}: {number}", items=items)


def _content(session: Session, row: Application, language: str) -> tuple[Item, ...]:
    return (*_answers(session, row, language), *_messages(session, row, language), *_letters(session, row, language))


def _answers(session: Session, row: Application, language: str) -> Iterator[Item]:
    """The answers as they are stored, then each in words."""
    form, document = forms.get(row.service, row.version), sealed.document_of(session, row)
    names: dict[str, list[str]] = {}
    for file in files.of_draft(session, row.id):
        names.setdefault(file.slot, []).append(file.name)
    yield _item("answers", row, translate("my_data.copy.service", language), document.answers, form.slug)
    for part in values.sections(form, document.answers, names, language):
        for answer in part.rows:
            yield _item(part.heading, row, answer.label, answer.value, answer.value)


def _messages(session: Session, row: Application, language: str) -> Iterator[Item]:
    for note in queries.notes_of(session, row.id):
        office = note.by == By.OFFICE
        label = translate("my_data.copy.from_office" if office else "my_data.copy.from_you", language)
        text = sealed.text_of(session, row, note)
        source = "office" if office else "you"
        yield Item(key=f"message:{note.id}", label=label, value=text, shown=text, source=source, at=note.written_at)
    for asked in queries.requests_of(session, row.id):
        reason = "\n".join(each.text for each in sealed.reason_parts(session, row, asked))
        label = translate("my_data.copy.request", language)
        told = {"fields": asked.fields, "files": asked.files, "due_on": asked.due_on.isoformat(), "reason": reason}
        yield Item(
            key=f"request:{asked.id}", label=label, value=told, shown=reason, source="office", at=asked.opened_at
        )


def _letters(session: Session, row: Application, language: str) -> Iterator[Item]:
    for letter in queries.letters_of(session, row.id):
        part = sealed.content_of(session, row, letter)["parts"][language] if letter.content is not None else None
        said = [translate(f"paper.letter.{letter.kind}", language)] if part is None else letter_text.paragraphs(part)
        label = translate("my_data.copy.letter", language)
        told, at = {"kind": letter.kind, "letter": part}, letter.provided_at
        yield Item(key=f"letter:{letter.id}", label=label, value=told, shown="\n".join(said), source="office", at=at)


def _held_back(row: Application, language: str) -> Item:
    label = translate("my_data.copy.service", language)
    return _item("held_back", row, label, {"level": row.filed_level}, translate("my_data.held_back", language))


def _item(key: str, row: Application, label: str, value: Any, shown: str) -> Item:
    return Item(key=key, label=label, value=value, shown=shown, source="you", at=row.submitted_at or row.created_at)


def _of(session: Session, account_id: UUID) -> list[Application]:
    wanted = select(Application).where(Application.owner_account == account_id, Application.erased_at.is_(None))
    return list(session.scalars(wanted.order_by(Application.created_at, Application.id)))
