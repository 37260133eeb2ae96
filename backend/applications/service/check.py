"""The check page: everything that sending would mean, said before it is done (OZG § 9a: review before sending)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.applications import policy
from backend.applications.service import access, filling, visit
from backend.applications.types import FeeView
from backend.core.access import Actor, reaches
from backend.core.errors import FieldError
from backend.core.i18n import LocalizedText
from backend.forms import service as forms


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """What `checkDraft` answers; `acts` lists what this person can do now: send, book, step_up, hand_to_person."""

    content_hash: str
    revision: int
    errors: tuple[FieldError, ...]
    dropped: tuple[str, ...]
    eligibility: dict[str, Any]
    fee: FeeView
    route: dict[str, Any]
    visit: visit.Visit | None
    payment: dict[str, Any]
    level: dict[str, str]
    electronic_delivery: bool
    acts: list[str]


def check(session: Session, actor: Actor, draft_id: UUID, lang: str | None) -> CheckView:
    """Judge a draft as sending it now would; changes nothing. Raises NotFound."""
    row = access.draft(session, actor, draft_id)
    opened = filling.opened(session, row)
    judged = filling.judged(session, actor, opened)
    lang = lang or row.language
    needed = opened.form.facts["trust_level"]
    return CheckView(
        content_hash=opened.form.content_hash,
        revision=row.revision,
        errors=judged.errors,
        dropped=judged.dropped,
        eligibility=eligibility(opened, judged, lang),
        fee=fee(opened, judged, lang),
        route=route(opened, judged, lang),
        visit=_visit(session, opened, judged, lang),
        payment=dict(opened.form.facts["payment"]),
        level={"required": needed, "level": actor.level},
        electronic_delivery=_electronic(session, actor, opened),
        acts=_acts(actor, opened, judged, needed),
    )


def _electronic(session: Session, actor: Actor, opened: filling.Filling) -> bool:
    """Whether decisions are announced in the portal unless the person says otherwise now: her account's choice.

    Without an account there is no mailbox in which a decision could be announced (OZG § 9).
    """
    if actor.account_id is None or not opened.form.facts["electronic_delivery"]:
        return False
    return accounts.profile(session, actor.account_id).electronic_delivery


def _visit(session: Session, opened: filling.Filling, judged: filling.Judged, lang: str) -> visit.Visit | None:
    """The visit that the rules ask for, else the one with which the same is done in person."""
    asked = visit.needed(session, judged.evaluation.route, lang, opened.row.id)
    service = opened.form.facts["appointment_service"]
    if asked is not None or service is None:
        return asked
    return visit.of_service(session, service, judged.evaluation.route.office, lang, opened.row.id)


def eligibility(opened: filling.Filling, judged: filling.Judged, lang: str) -> dict[str, Any]:
    """Whether this can be applied for, the reason in words and the other way."""
    found = judged.evaluation
    return {
        "eligible": found.eligible,
        "rule": found.eligibility,
        "text": rule_text(opened, found.eligibility, lang),
        "way": found.eligibility_way,
    }


def fee(opened: filling.Filling, judged: filling.Judged, lang: str) -> FeeView:
    """The fee by its lines; an unknown one says so in the words of the service."""
    found = judged.evaluation.fee
    lines = [
        {"rule": line.rule, "text": rule_text(opened, line.rule, lang), "cents": line.cents, "quantity": line.quantity}
        for line in found.lines
    ]
    unknown = forms.text(opened.form, "service.fee_unknown", lang) if found.unknown else None
    return FeeView(cents=found.cents, unknown=found.unknown, lines=lines, unknown_text=unknown)


def route(opened: filling.Filling, judged: filling.Judged, lang: str) -> dict[str, Any]:
    """Where it goes and why."""
    found = judged.evaluation.route
    return {"office": found.office, "way": found.way, "rule": found.rule, "text": rule_text(opened, found.rule, lang)}


def rule_text(opened: filling.Filling, rule: str | None, lang: str) -> LocalizedText | None:
    """A rule's reason in words."""
    return None if rule is None else forms.text(opened.form, f"rule.{rule}.text", lang)


def _acts(actor: Actor, opened: filling.Filling, judged: filling.Judged, needed: str) -> list[str]:
    if judged.errors:
        return []
    if not judged.evaluation.eligible:
        way, service = judged.evaluation.eligibility_way, opened.form.facts["appointment_service"]
        return ["book"] if way == "appointment" and service else []
    if not policy.may_send(actor, opened.row):
        return ["hand_to_person"]
    if reaches(actor.level, needed):
        return ["send"]
    return ["step_up", "book"] if opened.form.facts["appointment_service"] else ["step_up"]
