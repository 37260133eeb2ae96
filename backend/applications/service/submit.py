"""Send an application: visibility, drop what is hidden, validate, fee, freeze, in one transaction (OZG § 9a)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.applications import codes, life, policy, queries, sealed
from backend.applications import form as reading
from backend.applications.errors import FeeChanged, FormChanged, NotEligible
from backend.applications.files import service as files
from backend.applications.models import Application, IssuedDocument
from backend.applications.service import access, check, draft_view, filling, mail, paying, view
from backend.applications.types import By, Happening
from backend.core.access import Actor
from backend.core.clock import db_now
from backend.core.errors import Invalid
from backend.core.security import new_reference
from backend.notifications.types import MessageKind


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the person had before her eyes when she pressed send."""

    content_hash: str
    fee_cents: int | None
    electronic_delivery: bool
    language: str


def submit(session: Session, actor: Actor, draft_id: UUID, shown: Shown, revision: int) -> view.ApplicationView:
    """Turn a draft into an application; only the person herself, at the level of the service, on what she saw.

    Raises NotFound, ChangedElsewhere, FormChanged, LevelTooLow, NotNow (a helper), Invalid (answers), NotEligible,
    FeeChanged. The answer carries the code of the status page, once.
    """
    row = access.draft(session, actor, draft_id, lock=True)
    opened = filling.opened(session, row)
    now_true = draft_view.view(session, actor, opened)
    access.seen(row, revision, now_true)
    if shown.content_hash != opened.form.content_hash:
        raise FormChanged(now_true)
    access.to_send(actor, row)
    policy.require_level(actor, opened.form.facts["trust_level"])
    judged = filling.judged(session, actor, opened)
    _refuse(opened, judged, shown)
    _freeze(session, actor, opened, judged, shown)
    _record(session, actor, opened, judged)
    mail.tell(session, row, MessageKind.APPLICATION_SENT)
    session.flush()
    return view.of(session, actor, row, shown.language, code=codes.code_of(row.reference or ""))


def _refuse(opened: filling.Filling, judged: filling.Judged, shown: Shown) -> None:
    if judged.errors:
        raise Invalid(errors=judged.errors)
    if not judged.evaluation.eligible:
        raise NotEligible(extra={"eligibility": view.plain(check.eligibility(opened, judged, shown.language))})
    if judged.evaluation.fee.cents != shown.fee_cents:
        raise FeeChanged(extra={"fee": view.plain(check.fee(opened, judged, shown.language))})


def _freeze(session: Session, actor: Actor, opened: filling.Filling, judged: filling.Judged, shown: Shown) -> None:
    """From here on the answers, the version and what was judged stay as they were sent."""
    row, document, form = opened.row, opened.document, opened.form
    found = judged.evaluation
    row.version, row.content_hash, row.language = form.version, form.content_hash, shown.language
    row.reference = row.reference or _free_reference(session)
    row.fee_cents, row.office = found.fee.cents, found.route.office or form.facts["responsible_office"]
    row.filed_level, row.filed_method = actor.level, actor.method
    has_mailbox = actor.account_id is not None and bool(form.facts["electronic_delivery"])
    row.electronic_delivery = shown.electronic_delivery and has_mailbox
    row.warned_at = row.erase_after = None
    document.answers = judged.answers
    document.evaluation = evaluation_of(judged)
    sealed.write_document(session, row, document)
    files.drop_slots(session, row.id, reading.file_slots(form).keys() - judged.answers.keys())
    files.freeze(session, row.id, purpose="draft")
    issue_receipt(session, row, document.answers)


def evaluation_of(judged: filling.Judged) -> dict[str, Any]:
    """What the rules said, as it is kept with the application: result, fee lines, and the log with its inputs."""
    found = judged.evaluation
    return {
        "fee": {"cents": found.fee.cents, "unknown": found.fee.unknown, "lines": [asdict(x) for x in found.fee.lines]},
        "route": asdict(found.route),
        "decision": found.decision,
        "decision_rule": found.decision_rule,
        "log": found.log,
    }


def _record(session: Session, actor: Actor, opened: filling.Filling, judged: filling.Judged) -> None:
    row, found = opened.row, judged.evaluation
    pays_first = opened.form.facts["payment"]["when"] == "before_review" and row.fee_cents != 0
    due_now = pays_first and row.fee_cents is not None
    data = {
        "version": row.version,
        "level": actor.level,
        "method": actor.method,
        "pays_first": pays_first,
        "payment": "open" if due_now else None,
        "fee_cents": row.fee_cents,
        "appointment": "needed" if found.route.visit_needed else None,
    }
    until = db_now(session) + timedelta(minutes=opened.form.facts["undo_minutes"])
    life.record(session, row, Happening.SUBMITTED, By.PERSON, data, undo_until=until)
    if due_now:
        paying.ask(session, row, [asdict(line) for line in found.fee.lines])


def issue_receipt(session: Session, row: Application, answers: Mapping[str, Any]) -> IssuedDocument:
    """The receipt as a document that can be verified; its hash covers what was sent."""
    document_id = uuid4()
    sent = json.dumps([str(row.id), row.content_hash, answers], sort_keys=True, ensure_ascii=False)
    receipt = IssuedDocument(
        id=document_id,
        application_id=row.id,
        kind="receipt",
        service=row.service,
        version=row.version,
        code_hash=codes.document_hash(codes.document_code_of(document_id)),
        content_hash=hashlib.sha256(f"{document_id}\n{sent}".encode()).digest(),
        issued_at=db_now(session),
    )
    session.add(receipt)
    return receipt


def _free_reference(session: Session) -> str:
    reference = new_reference()
    while queries.by_reference_unchecked(session, reference) is not None:
        reference = new_reference()
    return reference
