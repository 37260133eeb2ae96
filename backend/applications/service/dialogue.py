"""What the person does after sending: write to the office, answer a request, ask for more time, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.applications import form as reading
from backend.applications import life, policy, queries, rules, sealed
from backend.applications.errors import NotNow
from backend.applications.files import service as files
from backend.applications.models import Application, Note, Request
from backend.applications.service import access, filling, paying, view
from backend.applications.types import By, Happening, State
from backend.core.access import Actor
from backend.core.clock import db_now, today
from backend.core.errors import FieldError, Invalid, NotFound
from backend.forms import service as forms
from backend.forms.types import Form

EXTENSION = timedelta(days=14)


def write(session: Session, actor: Actor, reference: str, text: str, attachments: list[UUID]) -> view.ApplicationView:
    """A message to the office, also from a helper.

    Raises NotFound, LevelTooLow, NotNow, Invalid (a foreign file, or one that failed its check).
    """
    row = access.application(session, actor, reference, lock=True)
    _refuse_unfit_files(session, row, attachments)
    note = add_note(session, row, policy.role(actor, row), text, attachments)
    files.freeze(session, row.id, purpose="message", subject_id=note.id)
    return view.of(session, actor, row, row.language)


def add_note(session: Session, row: Application, by: By, text: str, attachments: list[UUID]) -> Note:
    """Write a message down, sealed, with its event."""
    happening = Happening.OFFICE_WROTE if by is By.OFFICE else Happening.PERSON_WROTE
    note_id = uuid4()
    life.record(session, row, happening, by, {"message": str(note_id)})
    note = Note(
        id=note_id,
        application_id=row.id,
        by=by,
        text=sealed.seal_text(session, row, sealed.note_place(note_id), text),
        attachments=attachments,
        written_at=db_now(session),
    )
    session.add(note)
    session.flush()
    return note


def answer(
    session: Session, actor: Actor, reference: str, request_id: UUID, given: Mapping[str, Any], revision: int
) -> view.ApplicationView:
    """Correct exactly what was asked for; everything else stays as it was sent, and the old answers are kept.

    Raises NotFound, LevelTooLow, ChangedElsewhere, NotNow, Invalid.
    """
    row, request = _request(session, actor, reference, request_id, revision)
    opened = filling.opened(session, row)
    _refuse_other_fields(opened.form, request, given)
    session.add(sealed.keep_history(session, row, uuid4()))
    opened.document.answers = _corrected(session, opened, request, given)
    sealed.write_document(session, row, opened.document)
    request.state, request.ended_at = "answered", db_now(session)
    life.record(session, row, Happening.REQUEST_ANSWERED, By.PERSON, {"request": str(request.id)})
    session.flush()
    return view.of(session, actor, row, row.language)


def extend(session: Session, actor: Actor, reference: str, request_id: UUID, revision: int) -> view.ApplicationView:
    """Two more weeks for the answer, by one action, at most ten times. Raises as `answer`."""
    row, request = _request(session, actor, reference, request_id, revision)
    if request.extensions >= rules.EXTENSIONS:
        raise NotNow(extra={"state": row.state, "reason": "no_extensions_left"})
    request.extensions += 1
    request.due_on = max(request.due_on, today(session)) + EXTENSION
    request.reminded_at = request.grace_until = None
    data = {"request": str(request.id), "due_on": request.due_on.isoformat()}
    life.record(session, row, Happening.REQUEST_EXTENDED, By.PERSON, data)
    session.flush()
    return view.of(session, actor, row, row.language)


def withdraw(session: Session, actor: Actor, reference: str, revision: int) -> view.ApplicationView:
    """Take an application back before it is decided; a second time gives the same answer.

    A fee that was paid in advance goes back as long as the office has not begun (an assumption of the demo, said so in
    `withdrawal`). Raises NotFound, LevelTooLow, ChangedElsewhere, NotNow.
    """
    row = access.application(session, actor, reference, lock=True)
    access.to_send(actor, row)
    access.seen(row, revision, view.of(session, actor, row, row.language))
    goes_back = policy.refunds(row)
    if row.state != State.WITHDRAWN:
        paying.end(session, row, "withdrawn", refund=goes_back)
    life.record(session, row, Happening.WITHDRAWN, By.PERSON, {"refund": goes_back})
    for request in queries.requests_of(session, row.id):
        if request.state == "open":
            request.state, request.ended_at = "cancelled", db_now(session)
    session.flush()
    return view.of(session, actor, row, row.language)


def _request(
    session: Session, actor: Actor, reference: str, request_id: UUID, revision: int
) -> tuple[Application, Request]:
    row = access.application(session, actor, reference, lock=True)
    access.to_send(actor, row)
    request = next((each for each in queries.requests_of(session, row.id) if each.id == request_id), None)
    if request is None:
        raise NotFound
    access.seen(row, revision, view.of(session, actor, row, row.language))
    if request.state != "open":
        raise NotNow(extra={"state": row.state, "request": request.state})
    return row, request


def _corrected(session: Session, opened: filling.Filling, request: Request, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers after a correction; faults count only where something was asked for. Raises Invalid.

    New files stand beside those that were sent before; in a slot that is full the oldest make room in the answers, and
    stay among the files of the case all the same.
    """
    answers = {**opened.document.answers, **{name: reading.tidy(value) for name, value in given.items()}}
    most = reading.file_slots(opened.form)
    sent = set(files.freeze(session, opened.row.id, purpose="request", subject_id=request.id))
    came: set[str] = set()
    for file in files.of_draft(session, opened.row.id):
        if file.attachment_id in sent and file.usable:
            came.add(file.slot)
            answers[file.slot] = [*answers.get(file.slot, ()), str(file.attachment_id)][-most[file.slot] :]
    _refuse_empty_handed(request, given, came)
    answers, _dropped = forms.drop_hidden(opened.form, answers)
    asked = {*request.fields, *request.files}
    faults = [fault for fault in forms.validate(opened.form, answers) if reading.field_of(fault.pointer) in asked]
    if faults:
        raise Invalid(errors=[FieldError(f"/answers{each.pointer}", each.code, each.params) for each in faults])
    return answers


def _refuse_empty_handed(request: Request, given: Mapping[str, Any], came: set[str]) -> None:
    """Whoever has nothing to send writes a message instead: an empty answer would only bring the same request again."""
    missing = [slot for slot in request.files if slot not in came]
    if request.fields and not given:
        missing += request.fields
    if missing:
        raise Invalid(errors=[FieldError(f"/answers/{name}", "required") for name in missing])


def _refuse_other_fields(form: Form, request: Request, given: Mapping[str, Any]) -> None:
    faults = [
        FieldError(f"/answers/{name}", "unknown_field" if name not in request.fields else "wrong_type")
        for name, value in given.items()
        if name not in request.fields or not forms.fits(form, name, value)
    ]
    if faults:
        raise Invalid(errors=faults)


def _refuse_unfit_files(session: Session, row: Application, attachments: list[UUID]) -> None:
    """Only files of this application that can still be read: what failed its check is never handed to the office."""
    fit = {file.attachment_id: file.usable for file in files.of_draft(session, row.id)}
    faults = [
        FieldError(f"/attachments/{place}", "not_usable" if each in fit else "unknown")
        for place, each in enumerate(attachments)
        if not fit.get(each, False)
    ]
    if faults:
        raise Invalid(errors=faults)
