"""A decision before it is sent, exactly as it would be: in words for the screen and as PDF."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications import queries as applications
from backend.applications.models import Application
from backend.applications.receipt import document as paper
from backend.applications.receipt import letter
from backend.applications.service import letters as delivery
from backend.applications.service.papers import PDF, Paper
from backend.audit import service as audit
from backend.casework import queries, rules
from backend.casework.models import Proposal
from backend.casework.service import finding
from backend.casework.service import letters as entry
from backend.casework.service.letters import Entered
from backend.core.access import Actor
from backend.core.clock import db_now
from backend.core.errors import NotFound
from backend.core.i18n import DEFAULT
from backend.core.security import derived_key
from backend.forms import service as forms

MINUTES = int(rules.UNDO.total_seconds()) // 60


def of_entered(session: Session, actor: Actor, reference: str, entered: Entered) -> dict[str, Any]:
    """What would be sent for this; nothing is kept. Raises NotFound, Invalid."""
    row = _row(session, actor, reference)
    content = entry.written(session, row, entered)
    return shown(session, row, content, second_of_new(row, entered.outcome, content))


def pdf_of_entered(session: Session, actor: Actor, reference: str, entered: Entered) -> Paper:
    """The same as a letter marked as a draft. Raises NotFound, Invalid."""
    row = _row(session, actor, reference)
    return _draft(session, row, entry.written(session, row, entered))


def pdf_of_proposal(session: Session, actor: Actor, reference: str) -> Paper:
    """The letter of the newest proposal, as its approver sees it; the look is written down. Raises NotFound."""
    row = _row(session, actor, reference)
    proposals = queries.proposals_of(session, row.id)
    kept = entry.open_(session, row, proposals[0]) if proposals else None
    if kept is None:
        raise NotFound
    audit.record(
        session,
        actor=actor,
        action="case.letter_opened",
        object_type="application",
        object_id=row.id,
        payload={"proposal": str(proposals[0].id)},
    )
    return _draft(session, row, kept[1])


def of_proposal(session: Session, row: Application, proposal: Proposal, content: letter.Content) -> dict[str, Any]:
    """What a proposal will send."""
    return shown(session, row, content, {"needed": proposal.needs_second, "why": proposal.second_why})


def shown(session: Session, row: Application, content: letter.Content, second: dict[str, Any]) -> dict[str, Any]:
    """The letter in words: in the citizen's language and in the German that is binding."""
    language, parts = content["language"], content["parts"]
    own, german = parts[language], parts[DEFAULT]
    announced = _announced(session, row)
    until = letter.last_day(content, announced)
    electronic = row.electronic_delivery is not False
    return {
        "language": language,
        "subject": own["title"],
        "summary": [*own["summary"], *paper.remedy_lines(content, language, announced)],
        "body": {
            "de": letter.paragraphs(german),
            "own": None if language == DEFAULT else letter.paragraphs(own),
            "translated": all(each["lang"] == language for each in own["reasons"]),
        },
        "fee_cents": content["fee_cents"] if content["outcome"] in ("granted", "partly") else None,
        "remedy": _remedy(content, own, german, until),
        "delivery": "electronic" if electronic else "post",
        "second": second,
        "leaves_after_minutes": MINUTES,
    }


def second_of_new(row: Application, outcome: str, content: letter.Content) -> dict[str, Any]:
    """Whether a second person is needed; a random check is only said to be possible, so that nobody plans with it."""
    setting = forms.get(row.service, row.version).facts["four_eyes"]
    if isinstance(setting, dict) and "random_percent" in setting:
        return {"needed": False, "why": "random"}
    why = rules.second_because(setting, outcome=outcome, fee_cents=_fee(content), draw=0)
    return {"needed": why is not None, "why": why}


def second_because(row: Application, content: letter.Content) -> str | None:
    """Why this decision needs a second person, by the package's rule and the lot of the case."""
    setting = forms.get(row.service, row.version).facts["four_eyes"]
    return rules.second_because(setting, outcome=content["outcome"], fee_cents=_fee(content), draw=_lot(row.id))


def _fee(content: letter.Content) -> int | None:
    """The fee that a limit is compared with: none is 0, an unknown one stays unknown."""
    if content["fee_cents"] is None and content["fee_unknown"]:
        return None
    return int(content["fee_cents"] or 0)


def _lot(application_id: UUID) -> int:
    return rules.lot(derived_key("four-eyes-lot"), application_id)


def _remedy(
    content: letter.Content, own: dict[str, Any], german: dict[str, Any], until: date | None
) -> dict[str, Any] | None:
    rule = content["remedy"]
    if rule is None:
        return None
    return {
        "text_de": " ".join(german["legal"]),
        "text": " ".join(own["remedy"]),
        "court_or_office": rule["place"],
        "last_day": until,
        "note": None if rule["checked"] else "unchecked",
    }


def _row(session: Session, actor: Actor, reference: str) -> Application:
    """The application of a case that the actor may see, to read."""
    row = applications.by_id_unchecked(session, finding.case(session, actor, reference).application_id)
    if row is None:
        raise NotFound
    return row


def _announced(session: Session, row: Application) -> date | None:
    """When it would count as announced if it left now; nobody knows that of a letter by post."""
    return None if row.electronic_delivery is False else delivery.announced_on(db_now(session))


def _draft(session: Session, row: Application, content: letter.Content) -> Paper:
    made = paper.draft_pdf(row, content, row.language, db_now(session), _announced(session, row))
    return Paper(content=made, media_type=PDF, filename=f"entwurf-{row.reference}.pdf")
