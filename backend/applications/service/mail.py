"""Messages about an application, queued in the transaction of what they tell; they name neither person nor service."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session, scoped_session

from backend.accounts import service as accounts
from backend.applications import codes, queries, rules, sealed
from backend.applications.models import Application
from backend.applications.service import links
from backend.applications.types import State
from backend.core.security import format_reference
from backend.core.settings import get_settings
from backend.notifications import service as notifications
from backend.notifications.types import ApplicationMessage, MessageKind


def tell(
    session: Session,
    row: Application,
    kind: MessageKind,
    *,
    about: UUID | str | None = None,
) -> bool:
    """Queue one message to the person, once per kind and thing it is about; False when nobody can be reached."""
    email = reachable(session, row)
    if email is None:
        return False
    notifications.queue(
        session,
        kind=kind,
        language=row.language,
        to=email,
        object_id=row.id,
        sequence=None,
        business_key=key(row, kind, about or row.revision),
        secrets=_secrets(session, row, kind),
    )
    return True


def key(row: Application, kind: MessageKind, about: UUID | str | int) -> str:
    """By what a message is queued once only."""
    return f"{kind}:{row.id}:{about}"


def _secrets(session: Session, row: Application, kind: MessageKind) -> dict[str, str]:
    """Without an account number, code and a link that works once are the ways back, so they travel in the mails."""
    if row.owner_account is not None:
        return {}
    if kind is MessageKind.APPLICATION_SENT and row.reference:
        return {"code": codes.code_of(row.reference)}
    return {"resume": links.fresh_secret(session, row)}


def reachable(session: Session, row: Application) -> str | None:
    """Where the person is written to: the account's address, else the one she gave for the draft."""
    if row.owner_account is not None:
        return accounts.profile(session, row.owner_account).email
    return sealed.document_of(session, row).email


class Applications:
    """Tells notifications what an application is now (MessageSource)."""

    def load(
        self,
        session: Session | scoped_session[Session],
        object_id: UUID,
        language: str,  # noqa: ARG002 - the protocol's
    ) -> ApplicationMessage | None:
        """The application, or None when it is erased."""
        real = session() if isinstance(session, scoped_session) else session
        row = queries.by_id_unchecked(real, object_id)
        return None if row is None else message_of(real, row)


def message_of(session: Session, row: Application) -> ApplicationMessage:
    """The facts of an application's row that its mails tell."""
    requests = [request for request in queries.requests_of(session, row.id) if request.state == "open"]
    return ApplicationMessage(
        reference=None if row.reference is None else format_reference(row.reference),
        state=row.state,
        email=reachable(session, row),
        payment=row.payment,
        with_account=row.owner_account is not None,
        undo_until=row.undo_until,
        due_on=min((request.grace_until or request.due_on for request in requests), default=None),
        erase_after=row.erase_after if row.state == State.DRAFT or row.state in rules.ENDED else None,
        demo=get_settings().demo,
    )
