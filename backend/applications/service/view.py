"""An application as its person sees it: what happened, what is next, whose turn it is, what she can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications import policy, promise, queries, rules, sealed
from backend.applications.files import service as files
from backend.applications.models import Application
from backend.applications.service import access, automatic, letters, mail, visit, visits
from backend.applications.types import By, Document, Event, Happening, Promise, Standing, State
from backend.audit import service as audit
from backend.catalogue import service as catalogue
from backend.core.access import Actor
from backend.core.clock import BERLIN, db_now
from backend.core.i18n import LocalizedText
from backend.core.security import format_reference
from backend.forms import service as forms
from backend.forms.types import Form

SILENT = frozenset(
    {
        Happening.DRAFT_WARNED,
        Happening.VERSION_MOVED,
        Happening.PURGED,
        Happening.ERASED,
        Happening.REVIEW_STARTED,
    }
)
TOLD = ("state", "outcome", "automatic", "request", "letter", "cents", "due_on")


@dataclass(frozen=True, kw_only=True)
class StatusView:
    """What number and code open: no answers, no names, nothing that was written."""

    reference: str
    service: str
    title: LocalizedText
    state: str
    submitted_at: datetime | None
    undo_until: datetime | None
    payment: str | None
    waiting_for: str | None
    responsible: Mapping[str, Any] | None
    promise: Promise
    timeline: list[dict[str, Any]]
    next: dict[str, Any]
    erase_on: date | None


@dataclass(frozen=True, kw_only=True)
class OpenStatusView(StatusView):
    """The status by number and code, and how its person opens the rest: account, link (by mail) or none."""

    way_in: str


@dataclass(frozen=True, kw_only=True)
class ApplicationView(StatusView):
    """Everything that the person may see; `code` only in the answer to sending."""

    revision: int
    draft_id: UUID | None
    code: str | None
    language: str
    level: str | None
    method: str | None
    version: int
    electronic_delivery: bool | None
    handover: str | None
    fee: dict[str, Any]
    requests: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    letters: list[dict[str, Any]]
    appointment: dict[str, Any] | None
    attachments: list[Any]
    answers: dict[str, Any]
    refund_on_withdrawal: bool
    actor: str
    can: dict[str, bool]


def show(session: Session, actor: Actor, reference: str, lang: str | None) -> ApplicationView:
    """One application of the caller; a helper's look is noted for the person. Raises NotFound, LevelTooLow."""
    row = access.application(session, actor, reference)
    if policy.role(actor, row) is By.HELPER:
        audit.record(session, actor=actor, action="application.read", object_type="application", object_id=str(row.id))
    return of(session, actor, row, lang or row.language)


def listed(session: Session, actor: Actor, lang: str) -> list[StatusView]:
    """What the caller sent, newest change first; each only as the status page shows it."""
    rows = queries.list_of(session, actor, drafts=False)
    events = queries.events_of_many(session, [row.id for row in rows])
    offices = catalogue.office_summaries(session, {row.office for row in rows if row.office})
    return [
        StatusView(**_common(row, forms.get(row.service, row.version), lang, events[row.id], offices)) for row in rows
    ]


def status(session: Session, row: Application, lang: str) -> OpenStatusView:
    """The part of an application without anything personal."""
    way_in = "account" if row.owner_account is not None else "link" if mail.reachable(session, row) else "none"
    return OpenStatusView(**_alone(session, row, forms.get(row.service, row.version), lang), way_in=way_in)


def of(session: Session, actor: Actor, row: Application, lang: str, *, code: str | None = None) -> ApplicationView:
    """The whole view of a row that the caller may see."""
    form = forms.get(row.service, row.version)
    document = sealed.document_of(session, row)
    return ApplicationView(
        **_alone(session, row, form, lang),
        revision=row.revision,
        draft_id=row.id if row.state == State.DRAFT else None,
        code=code,
        language=row.language,
        level=row.filed_level,
        method=row.filed_method,
        version=row.version,
        electronic_delivery=row.electronic_delivery,
        handover=row.handover,
        fee=_fee(document, row, form, lang),
        requests=_requests(session, row),
        messages=_messages(session, row),
        letters=[letters.shown(session, row, letter) for letter in queries.letters_of(session, row.id)],
        appointment=_appointment(session, row, document, lang),
        attachments=files.of_draft(session, row.id),
        answers=document.answers,
        refund_on_withdrawal=policy.refunds(row),
        actor=policy.role(actor, row),
        can=_can(session, actor, row),
    )


def plain(value: Any) -> Any:
    """A view as plain JSON values, for members of problem documents."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def _alone(session: Session, row: Application, form: Form, lang: str) -> dict[str, Any]:
    offices = catalogue.office_summaries(session, [row.office]) if row.office else {}
    return _common(row, form, lang, queries.events_of(session, row.id), offices)


def _common(
    row: Application, form: Form, lang: str, events: list[Event], offices: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    standing = rules.fold(events)
    facts = form.facts
    return {
        "reference": format_reference(row.reference or ""),
        "service": row.service,
        "title": forms.text(form, "service.title", lang),
        "state": row.state,
        "submitted_at": row.submitted_at,
        "undo_until": row.undo_until,
        "payment": row.payment,
        "waiting_for": row.waiting_for,
        "responsible": offices.get(row.office) if row.office else None,
        "promise": promise.promised(standing, facts["promise_days"], facts.get("promise_source")),
        "timeline": timeline(events),
        "next": following(standing),
        "erase_on": erase_on(row),
    }


def erase_on(row: Application) -> date | None:
    """The day from which what has ended is erased, once it is known; what runs has none."""
    ends = row.erase_after if row.state in rules.ENDED else None
    return None if ends is None else ends.astimezone(BERLIN).date()


def timeline(events: list[Event]) -> list[dict[str, Any]]:
    """What happened, oldest first, with the id of its text and values for it."""
    return [
        {
            "at": event.at,
            "type": event.type,
            "by": event.by,
            "key": f"timeline.{event.type}",
            "params": {name: event.data[name] for name in TOLD if event.data.get(name) is not None},
        }
        for event in events
        if event.type not in SILENT
    ]


def following(standing: Standing) -> dict[str, Any]:
    """What happens next and who does it, as the id of a text."""
    if standing.state is State.SUBMITTED:
        key = "next.pay" if standing.waiting_for == "payment" else "next.undo"
    elif standing.waiting_for == "citizen":
        key = "next.answer_request"
    elif standing.waiting_for == "payment":
        key = "next.pay"
    elif standing.appointment == "needed" and standing.state in rules.BEFORE_DECISION:
        key = "next.book_visit"
    elif standing.state in rules.BEFORE_DECISION:
        key = "next.office"
    elif standing.state is State.WITHDRAWN and standing.refund and standing.payment == "booked":
        key = "next.withdrawn_refund"
    else:
        key = {State.DRAFT: "next.go_on"}.get(standing.state, f"next.{standing.state}")
    return {"key": key, "params": {}}


def _fee(document: Document, row: Application, form: Form, lang: str) -> dict[str, Any]:
    """The fee as the rules saw it; once the office told what they did not know, only its amount counts."""
    kept = (document.evaluation or {}).get("fee", {})
    unknown = bool(kept.get("unknown")) and row.fee_cents is None
    told_later = bool(kept.get("unknown")) and not unknown
    lines = [
        {**line, "text": forms.text(form, f"rule.{line['rule']}.text", lang)}
        for line in kept.get("lines", [])
        if line.get("rule") and not told_later
    ]
    text = forms.text(form, "service.fee_unknown", lang) if unknown else None
    return {"cents": row.fee_cents, "unknown": unknown, "lines": lines, "unknown_text": text}


def _requests(session: Session, row: Application) -> list[dict[str, Any]]:
    return [
        {
            "id": request.id,
            **_reason(sealed.reason_parts(session, row, request)),
            "asked": request.fields,
            "files": request.files,
            "due_on": request.due_on,
            "grace_until": request.grace_until,
            "state": request.state,
            "opened_at": request.opened_at,
            "extensions_left": max(rules.EXTENSIONS - request.extensions, 0),
        }
        for request in queries.requests_of(session, row.id)
    ]


def _reason(parts: list[LocalizedText]) -> dict[str, Any]:
    return {"reason": "\n".join(each.text for each in parts), "parts": parts}


def _messages(session: Session, row: Application) -> list[dict[str, Any]]:
    return [
        {
            "id": note.id,
            "by": note.by,
            "at": note.written_at,
            "text": sealed.text_of(session, row, note),
            "attachments": note.attachments,
        }
        for note in queries.notes_of(session, row.id)
    ]


def _appointment(session: Session, row: Application, document: Document, lang: str) -> dict[str, Any] | None:
    """The visit that the rules asked for and how far its booking is."""
    route = (document.evaluation or {}).get("route", {})
    service = route.get("appointment_service") or forms.get(row.service, row.version).facts["appointment_service"]
    if row.appointment is None or service is None:
        return None
    needed = visit.of_service(session, service, route.get("office"), lang, row.id)
    return {"state": row.appointment, "visit": needed, **visits.booked(session, row.id)}


def _can(session: Session, actor: Actor, row: Application) -> dict[str, bool]:
    events = queries.events_of(session, row.id)
    standing = rules.fold(events)
    sends = policy.may_send(actor, row)
    running = row.undo_until is not None and row.undo_until > db_now(session)
    return {
        "undo": sends and row.state == State.SUBMITTED and running,
        "send_now": sends and row.state == State.SUBMITTED,
        "withdraw": sends and rules.allowed(standing, Happening.WITHDRAWN, By.PERSON),
        "message": rules.allowed(standing, Happening.PERSON_WROTE, By.PERSON),
        "pay": policy.may_pay(row),
        "answer_request": sends and bool(standing.open_requests),
        "ask_person": sends and automatic.is_automatic(events),
        "book": row.appointment in ("needed", "cancelled") and row.state not in rules.ENDED,
    }
