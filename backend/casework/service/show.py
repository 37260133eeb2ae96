"""A case at a glance: answers by page beside evidence, asserted beside typed, rules, timeline, dialogue, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.accounts.types import Profile
from backend.applications import form as reading
from backend.applications import queries as applications
from backend.applications import rules as states
from backend.applications import sealed as answers_of
from backend.applications.files import service as files
from backend.applications.files.types import AttachmentView
from backend.applications.models import Application
from backend.applications.service import trace
from backend.applications.types import By, Document
from backend.casework import queries, queries_open, rules, sealed
from backend.casework.models import Case
from backend.casework.service import (
    diff,
    finding,
    lists,
    opinions,
    possible,
    present,
    proposed,
    related,
    trouble,
    words,
    workers,
)
from backend.casework.types import CaseLine, Why
from backend.core import keyring
from backend.core.access import Actor
from backend.core.clock import today
from backend.core.errors import NotFound
from backend.forms import service as forms
from backend.forms.types import Form

STAFF_LANGUAGE = "de"


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """Everything about one case in one answer; `revision` is the ETag for the next act."""

    line: CaseLine
    revision: int
    version: int
    level: str | None
    method: str | None
    electronic_delivery: bool | None
    payment: str | None
    fee_cents: int | None
    four_eyes: Any
    pages: list[dict[str, Any]]
    attachments: list[AttachmentView]
    evaluation: dict[str, Any] | None
    rules: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
    requests: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    letters: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    opinions: list[dict[str, Any]]
    request_due: list[date]
    proposal: dict[str, Any] | None
    trouble: list[dict[str, Any]]
    versions: list[dict[str, Any]]
    related: dict[str, Any] | None
    present: list[dict[str, Any]]
    can: dict[str, bool]


def show(session: Session, actor: Actor, reference: str, why: Why) -> CaseView:
    """One case of the actor's offices; who looked and why is written down for the citizen. Raises NotFound."""
    case = finding.case(session, actor, reference)
    row = applications.by_id_unchecked(session, case.application_id)
    if row is None:
        raise NotFound
    trace.write(session, actor, row, "case.opened", reason=why)
    return of(session, actor, case, row)


def again(session: Session, actor: Actor, case: Case) -> CaseView:
    """The case after an act of the actor, who has it open anyway."""
    row = applications.by_id_unchecked(session, case.application_id)
    if row is None:
        raise NotFound
    session.flush()
    return of(session, actor, case, row)


def of(session: Session, actor: Actor, case: Case, row: Application) -> CaseView:
    """The view of a case that the actor may see; all that is sealed opens with one key, which is read once."""
    with keyring.at_hand(session, [row.key_id]):
        return _of(session, actor, case, row)


def _of(session: Session, actor: Actor, case: Case, row: Application) -> CaseView:
    form = forms.get(row.service, row.version)
    document = answers_of.document_of(session, row)
    attachments = files.of_draft(session, row.id)
    proposals = queries.proposals_of(session, case.application_id)
    day, requests = today(session), _requests(session, row)
    grace = [each["grace_until"] for each in requests if each["state"] == "open"]
    return CaseView(
        line=lists.lines(session, [case], day)[0],
        revision=case.revision,
        version=row.version,
        level=row.filed_level,
        method=row.filed_method,
        electronic_delivery=row.electronic_delivery,
        payment=row.payment,
        fee_cents=row.fee_cents,
        four_eyes=form.facts["four_eyes"],
        pages=shown_pages(form, document, attachments, _asserted(session, row, form)),
        attachments=attachments,
        evaluation=document.evaluation,
        rules=words.of_rules(form, document.evaluation),
        timeline=_timeline(session, case),
        requests=requests,
        messages=_messages(session, row),
        letters=[proposed.letter(each) for each in queries_open.letters_of(session, row.id)],
        notes=_notes(session, case, row),
        opinions=opinions.of_case(session, case, row),
        request_due=rules.answer_days(day),
        proposal=proposed.shown(session, row, proposals[0]) if proposals else None,
        trouble=trouble.of(session, row.id, proposals),
        versions=diff.versions(session, row, document, form),
        related=related.of(session, actor, case, row, day),
        present=present.others(session, actor, row.id),
        can=possible.acts(actor, case, proposals[0] if proposals else None, overdue=states.grace_over(grace, day)),
    )


def shown_pages(
    form: Form, document: Document, attachments: list[AttachmentView], asserted: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The pages that the person saw, each field with what was typed, what was asserted, and its files."""
    held: dict[str, list[AttachmentView]] = {}
    for each in attachments:
        held.setdefault(each.slot, []).append(each)
    return [
        {
            "page": shown.key,
            "title": forms.text(form, f"{shown.page.id}.title", STAFF_LANGUAGE),
            "fields": [_field(form, document, pointer, held, asserted) for pointer in shown.fields],
        }
        for shown in forms.pages(form, document.answers)
    ]


def _field(
    form: Form,
    document: Document,
    pointer: str,
    held: Mapping[str, list[AttachmentView]],
    asserted: Mapping[str, Any],
) -> dict[str, Any]:
    name = reading.field_of(pointer)
    source = document.prefilled.get(pointer)
    value = _at(document.answers, pointer)
    said = asserted.get(pointer)
    return {
        "pointer": pointer,
        "label": forms.label(form, pointer, STAFF_LANGUAGE),
        "type": words.kind(form, pointer),
        "value": value,
        "words": words.of(form, pointer, value),
        "source": None if source is None else source.source,
        "locked": source is not None and source.locked,
        "asserted": said,
        "asserted_words": words.of(form, pointer, said),
        "differs": said is not None and said != value,
        "files": [each.attachment_id for each in held.get(name, [])] if pointer == f"/{name}" else [],
    }


def _at(answers: Any, pointer: str) -> Any:
    """The answer at a pointer, through the entries of groups too."""
    value = answers
    for step in pointer.strip("/").split("/"):
        if isinstance(value, list):
            value = value[int(step)] if step.isdecimal() and int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _asserted(session: Session, row: Application, form: Form) -> dict[str, Any]:
    """What the service account says now for each field that it could fill; nothing for a guest or a helped person."""
    if row.owner_account is None:
        return {}
    try:
        profile = accounts.profile(session, row.owner_account)
    except NotFound:  # the account was deleted meanwhile
        return {}
    return {each.pointer: each.value for each in forms.prefilled(form, _claims(profile))}


def _claims(profile: Profile) -> dict[str, Any]:
    address = profile.address
    return {
        "given_name": profile.given_name,
        "family_name": profile.family_name,
        "birth_name": profile.birth_name,
        "birth_date": profile.birth_date.isoformat() if profile.birth_date else None,
        "address": {name: value for name, value in asdict(address).items() if value} if address else None,
        "email": profile.email,
    }


def _timeline(session: Session, case: Case) -> list[dict[str, Any]]:
    """What the citizen, the rules and the office did, oldest first, with names of staff."""
    events = queries_open.events_of(session, case.application_id)
    given = {each.revision: UUID(each.data["to"]) for each in events if each.data.get("to")}
    names = workers.names(session, [*(each.actor for each in events), *given.values()])
    return [
        {
            "revision": each.revision,
            "at": each.at,
            "type": each.type,
            "actor": each.actor,
            "actor_name": names.get(each.actor) if each.actor else None,
            "to_name": names.get(given[each.revision]) if each.revision in given else None,
            "data": each.data,
        }
        for each in events
    ]


def _requests(session: Session, row: Application) -> list[dict[str, Any]]:
    dates = ("due_on", "reminded_at", "grace_until", "opened_at", "ended_at")
    names = ("id", "fields", "files", "state", "extensions", *dates)
    return [
        {
            **{name: getattr(each, name) for name in names},
            "reason": answers_of.reason_of(session, row, each),
            "parts": answers_of.reason_parts(session, row, each),
        }
        for each in queries_open.requests_of(session, row.id)
    ]


def _messages(session: Session, row: Application) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "by": By(each.by),
            "at": each.written_at,
            "text": answers_of.text_of(session, row, each),
            "attachments": each.attachments,
        }
        for each in queries_open.messages_of(session, row.id)
    ]


def _notes(session: Session, case: Case, row: Application) -> list[dict[str, Any]]:
    notes = queries_open.notes_of(session, case.application_id)
    names = workers.names(session, [each.author for each in notes])
    return [
        {
            "id": each.id,
            "author": each.author,
            "author_name": names.get(each.author),
            "at": each.written_at,
            "text": sealed.open_(session, row, sealed.note_place(each.id), each.text),
        }
        for each in notes
    ]
