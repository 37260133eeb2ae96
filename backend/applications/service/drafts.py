"""Begin, show, list and delete drafts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.applications import form as reading
from backend.applications import life, policy, queries, sealed
from backend.applications.errors import TooManyDrafts
from backend.applications.models import Application, ApplicationGuest
from backend.applications.service import access, draft_view, erasure, filling, powers
from backend.applications.types import By, Document, DraftLine, DraftView, Happening, Prefilled, State
from backend.core import keyring
from backend.core.access import Actor
from backend.core.errors import Unauthenticated
from backend.core.limits import HOUR, Limit
from backend.forms import service as forms
from backend.forms.types import Form

MOST_OPEN = 5
NEW_GUEST = Limit("createDraft", soft=20, hard=60, per=HOUR)


def create(session: Session, actor: Actor | None, service: str, language: str, power_id: UUID | None) -> DraftView:
    """Begin a draft, prefilled from the account of the person it is for; level none needs no account.

    Raises NotFound (no such form), Unauthenticated, PowerInvalid, TooManyDrafts, TooManyRequests.
    """
    form = forms.published(service)
    if actor is None or (actor.kind == "guest" and form.facts["trust_level"] != "none"):
        if form.facts["trust_level"] != "none" or power_id is not None:
            raise Unauthenticated
        NEW_GUEST.enforce()
        actor = accounts.start_guest_session(session)
    if queries.open_drafts(session, actor, service) >= MOST_OPEN:
        raise TooManyDrafts
    power = None if power_id is None else powers.usable(session, actor, power_id, form)
    row = _new_row(form, language, actor)
    row.key_id = keyring.new_key(session)
    if power is not None:
        row.owner_account, row.helper_account, row.power_id = power.grantor, actor.account_id, power.id
    session.add(row)
    document = _first_document(session, actor, form, row)
    row.filed_level = actor.level if document.prefilled else None
    sealed.write_document(session, row, document)
    session.flush()
    if actor.kind == "guest":
        session.add(ApplicationGuest(application_id=row.id, session_id=actor.session_id))
    by = By.PERSON if power is None else By.HELPER
    life.record(session, row, Happening.CREATED, by, {"version": form.version})
    session.flush()
    return draft_view.view(session, actor, filling.Filling(row, document, form, None))


def show(session: Session, actor: Actor, draft_id: UUID) -> DraftView:
    """A draft of the caller; raises NotFound."""
    row = access.draft(session, actor, draft_id)
    return draft_view.view(session, actor, filling.opened(session, row))


def listed(session: Session, actor: Actor, lang: str | None) -> Sequence[DraftLine]:
    """The caller's drafts, newest change first, named in this language or in their own."""
    return [draft_view.line(actor, row, lang or row.language) for row in queries.list_of(session, actor, drafts=True)]


def delete(session: Session, actor: Actor, draft_id: UUID, revision: int) -> None:
    """Erase a draft with all its files; raises NotFound, ChangedElsewhere."""
    row = access.draft(session, actor, draft_id, lock=True)
    opened = filling.opened(session, row)
    access.seen(row, revision, draft_view.view(session, actor, opened))
    erasure.erase(session, row, policy.role(actor, row))


def _new_row(form: Form, language: str, actor: Actor) -> Application:
    return Application(
        id=uuid4(),
        service=form.slug,
        version=form.version,
        content_hash=form.content_hash,
        language=language,
        owner_account=actor.account_id,
        state=State.DRAFT,
        revision=1,
        document_revision=1,
    )


def _first_document(session: Session, actor: Actor, form: Form, row: Application) -> Document:
    """Prefilled for the person herself; a helper does not see what the other person's account knows."""
    if row.power_id is not None:
        return Document()
    if actor.account_id is None:
        return Document()
    document = Document()
    for place in forms.prefilled(form, filling.claims_of(session, actor.account_id, actor.level)):
        reading.put(document.answers, place.pointer, place.value)
        document.prefilled[place.pointer] = Prefilled(source="account", locked=place.locked)
    return document
