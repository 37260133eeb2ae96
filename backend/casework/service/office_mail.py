"""Mails to an office's own address in the catalogue: numbers and services, no person; queued with what they tell."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session, scoped_session

from backend.casework.models import Case
from backend.casework.models_work import Opinion
from backend.catalogue import service as catalogue
from backend.core.errors import NotFound
from backend.core.i18n import DEFAULT
from backend.core.security import format_reference
from backend.forms import service as forms
from backend.notifications import service as notifications
from backend.notifications.types import MessageKind, OfficeMessage, Questioned, Secrets


def queue(session: Session, kind: MessageKind, office: str, about: UUID, *, key: str, secrets: Secrets) -> None:
    """Queue one mail, once for each key; an office without an address sees the same in its lists only."""
    try:
        to = catalogue.get_office(session, office, DEFAULT)["email"]
    except NotFound:
        return
    if not to:
        return
    notifications.queue(
        session,
        kind=kind,
        language=DEFAULT,
        to=str(to),
        object_id=about,
        sequence=None,
        business_key=f"{kind}:{key}",
        secrets=secrets,
    )


def tell_question(session: Session, opinion: Opinion, case: Case) -> None:
    """Tell the office that is asked of the question, or the one that has the case by now of the answer."""
    asked = opinion.state == "open"
    kind = MessageKind.OFFICE_OPINION_ASKED if asked else MessageKind.OFFICE_OPINION_ANSWERED
    office = opinion.office if asked else case.office
    secrets = {"opinion": str(opinion.id), "state": opinion.state}
    queue(session, kind, office, opinion.application_id, key=str(opinion.id), secrets=secrets)


def question(session: Session | scoped_session[Session], secrets: Secrets) -> OfficeMessage | None:
    """What the mail says when it leaves; None for what was answered, withdrawn or ended meanwhile."""
    opinion = session.get(Opinion, UUID(secrets["opinion"]), populate_existing=True)
    case = None if opinion is None else session.get(Case, opinion.application_id, populate_existing=True)
    if opinion is None or case is None or opinion.state != secrets["state"] or case.ended_at is not None:
        return None
    waiting = opinion.state == "open"
    other = opinion.asked_for if waiting else opinion.office
    name = catalogue.office_summaries(session, [other]).get(other, {}).get("name", other)
    told = Questioned(
        reference=format_reference(case.reference),
        title=forms.text(forms.get(case.service, case.version), "service.title", DEFAULT),
        office=str(name),
        due_on=opinion.due_on if waiting else None,
    )
    return OfficeMessage(question=told)
