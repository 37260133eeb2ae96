"""What applications mean for an account: drafts taken over at sign-in, My data, and what its end does to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from backend.accounts.types import Consequence, Item, Section
from backend.applications import life, rules
from backend.applications.files import service as files
from backend.applications.models import Application, ApplicationGuest, PowerOfAttorney
from backend.applications.service import erasure, view
from backend.applications.types import By, State
from backend.core.access import Actor
from backend.core.clock import NOW, AnySession
from backend.core.i18n import format_date, translate
from backend.core.security import format_reference
from backend.forms import service as forms


def take_over(session: AnySession, before: Actor | None, after: Actor) -> None:
    """What a guest began belongs to the account from the moment of signing in."""
    if before is None or before.kind != "guest" or after.account_id is None:
        return
    held = select(ApplicationGuest.application_id).where(ApplicationGuest.session_id == before.session_id)
    rows = session.scalars(
        select(Application)
        .where(Application.id.in_(held), Application.owner_account.is_(None), Application.erased_at.is_(None))
        .with_for_update()
    ).all()
    for row in rows:
        row.owner_account = after.account_id
        life.touch(_real(session), row)
    session.execute(delete(ApplicationGuest).where(ApplicationGuest.session_id == before.session_id))
    session.flush()


def section(session: AnySession, actor: Actor, language: str) -> Section | None:
    """Applications and drafts in My data, by number and service; their content is shown at the level it was filed."""
    if actor.account_id is None:
        return None
    rows = _of(session, actor.account_id)
    items = tuple(
        Item(
            key=str(row.id),
            label=_title(row, language),
            value={
                "reference": row.reference,
                "state": row.state,
                "service": row.service,
                "erase_on": None if (day := view.erase_on(row)) is None else day.isoformat(),
            },
            shown=_shown(row, language),
            source="you",
            at=row.created_at,
        )
        for row in rows
    )
    return Section(title=translate("my_data.applications", language), items=items) if items else None


def objects(session: AnySession, account_id: UUID, language: str) -> Mapping[tuple[str, str], str]:
    """The person's applications and their files as audit entries name them, each with its service and number."""
    names = {row.id: f"{_title(row, language)}, {_number(row, language)}" for row in _of(session, account_id)}
    whose = files.owners(_real(session), list(names))
    return {
        **{("application", str(key)): name for key, name in names.items()},
        **{("attachment", str(attachment)): names[key] for attachment, key in whose.items()},
    }


def consequences(session: AnySession, account_id: UUID) -> Sequence[Consequence]:
    """Drafts are erased; what was sent goes on without the account, so it can still be seen with number and code."""
    rows = _of(session, account_id)
    drafts = sum(row.state == State.DRAFT for row in rows)
    running = sum(row.state in rules.BEFORE_DECISION or row.state == State.SUBMITTED for row in rows)
    return [
        Consequence(code="drafts_erased", count=drafts, blocks=False),
        Consequence(code="applications_running", count=running, blocks=running > 0),
        Consequence(code="applications_unlinked", count=len(rows) - drafts - running, blocks=False),
    ]


def forget(session: AnySession, account_id: UUID) -> None:
    """Erase drafts, take the account's name from all that was sent, end powers of attorney."""
    for row in _of(session, account_id):
        if row.state == State.DRAFT:
            erasure.erase(_real(session), row, By.SYSTEM)
        else:
            row.owner_account = None
            row.revision += 1
    helped = Application.helper_account == account_id
    session.execute(update(Application).where(helped).values(helper_account=None))
    mine = or_(PowerOfAttorney.grantor == account_id, PowerOfAttorney.helper == account_id)
    session.execute(update(PowerOfAttorney).where(mine, PowerOfAttorney.revoked_at.is_(None)).values(revoked_at=NOW))
    session.flush()


def _title(row: Application, language: str) -> str:
    return forms.text(forms.get(row.service, row.version), "service.title", language).text


def _number(row: Application, language: str) -> str:
    return format_reference(row.reference) if row.reference else translate("my_data.draft", language)


def _shown(row: Application, language: str) -> str:
    number, day = _number(row, language), view.erase_on(row)
    if day is None:
        return number
    return translate("my_data.erased_on", language, number=number, date=format_date(day, language))


def _real(session: AnySession) -> Session:
    return session() if isinstance(session, scoped_session) else session


def _of(session: AnySession, account_id: UUID) -> Sequence[Application]:
    wanted = select(Application).where(Application.owner_account == account_id, Application.erased_at.is_(None))
    return session.scalars(wanted.order_by(Application.created_at, Application.id)).all()
