"""What a batch does to each of its cases, and how that is kept, sealed, while the worker goes on with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications import form as reading
from backend.applications import sealed as answers_of
from backend.applications.models import Application
from backend.applications.types import Outcome
from backend.casework.errors import NoTranslation
from backend.casework.models import Case
from backend.casework.service import asking, deciding, work
from backend.casework.service.asking import Asked
from backend.casework.service.letters import Entered
from backend.core import envelope
from backend.core.access import Actor
from backend.core.errors import FieldError, Invalid
from backend.core.i18n import DEFAULT
from backend.core.security import derived_key
from backend.forms import service as forms

Act = Callable[[Case, Application], dict[str, Any]]
KEY = b"casebtch"  # the name of the key that seals what a batch wants


@dataclass(frozen=True, kw_only=True)
class Order:
    """One act for many cases with the fields of the single act; `translations` of `reason` by language."""

    action: str
    assignee: UUID | None = None
    add: Sequence[str] = ()
    remove: Sequence[str] = ()
    fields: Sequence[str] = ()
    files: Sequence[str] = ()
    due_on: date | None = None
    outcome: Outcome | None = None
    fee_cents: int | None = None
    reason: str | None = None
    blocks: Sequence[str] = ()
    translations: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)


def act(session: Session, actor: Actor, order: Order) -> Act:
    """What is done to each case; it answers what undoing needs and what a preview tells.

    A request is judged by each case: a field that its citizen does not see (another version, other answers) fails that
    case as `unknown_field`, because in a batch nobody looks at whether another answer would open it.
    """
    return {"assign": _assigning, "label": _labelling, "request": _asking, "decide": _deciding}[order.action](
        session, actor, order
    )


def kept(batch_id: UUID, actor: Actor, order: Order) -> bytes:
    """The order and in whose name it runs, sealed for its batch; with the rights of the moment when it was given."""
    who = {
        "account_id": actor.account_id,
        "session_id": actor.session_id,
        "level": actor.level,
        "roles": sorted(actor.roles),
        "offices": sorted(actor.offices),
        "training": actor.training,
    }
    text = json.dumps({"actor": who, "order": asdict(order)}, default=str, ensure_ascii=False)
    return envelope.seal(derived_key("case-batch"), KEY, text.encode(), _place(batch_id))


def opened(batch_id: UUID, sealed: bytes) -> tuple[Actor, Order]:
    """The same again."""
    found = json.loads(envelope.unseal(derived_key("case-batch"), sealed, _place(batch_id)))
    who, order = found["actor"], Order(**found["order"])
    actor = Actor(
        kind="staff",
        account_id=UUID(who["account_id"]),
        session_id=UUID(who["session_id"]) if who["session_id"] else None,
        level=who["level"],
        roles=frozenset(who["roles"]),
        offices=frozenset(who["offices"]),
        training=who["training"],
    )
    assignee = UUID(str(order.assignee)) if order.assignee else None
    due_on = date.fromisoformat(str(order.due_on)) if order.due_on else None
    return actor, replace(order, assignee=assignee, due_on=due_on)


def _place(batch_id: UUID) -> str:
    return f"staff_batch.wanted:{batch_id}"


def _assigning(session: Session, actor: Actor, order: Order) -> Act:
    """Give a case to one person, or back to nobody; it keeps its team."""

    def run(case: Case, _row: Application) -> dict[str, Any]:
        before = None if case.assigned_to is None else str(case.assigned_to)
        work.give(session, actor, case, to=order.assignee, team=case.team)
        return {"before": before, "after": None if case.assigned_to is None else str(case.assigned_to)}

    return run


def _labelling(session: Session, actor: Actor, order: Order) -> Act:
    """Put labels on a case and take others off."""

    def run(case: Case, _row: Application) -> dict[str, Any]:
        before = set(case.labels)
        work.label(session, actor, case, add=order.add, remove=order.remove)
        now = set(case.labels)
        return {"added": sorted(now - before), "removed": sorted(before - now)}

    return run


def _asking(session: Session, actor: Actor, order: Order) -> Act:
    """Ask the citizen of a case, in her language."""
    if order.due_on is None:
        raise Invalid(errors=[FieldError("/due_on", "required")])
    asked = Asked(fields=order.fields, files=order.files, due_on=order.due_on, reason=order.reason, blocks=order.blocks)

    def run(case: Case, row: Application) -> dict[str, Any]:
        translation = _translation(order, row)
        _refuse_hidden(session, row, order)
        request = asking.ask(session, actor, case, row, replace(asked, translation=translation))
        return {"request": str(request), "translated": _is_translated(order, row, translation)}

    return run


def _deciding(session: Session, actor: Actor, order: Order) -> Act:
    """Decide a case, with a letter in the citizen's language."""
    if order.outcome is None:
        raise Invalid(errors=[FieldError("/outcome", "required")])
    entered = Entered(outcome=order.outcome, reason=order.reason, blocks=order.blocks, fee_cents=order.fee_cents)

    def run(case: Case, row: Application) -> dict[str, Any]:
        translation = _translation(order, row)
        made = deciding.decide(session, actor, case, row, replace(entered, translation=translation))
        return {
            "proposal": str(made.id),
            "translated": _is_translated(order, row, translation),
            "fee_cents": made.fee_cents,
            "second": made.second,
            "delivery": "post" if row.electronic_delivery is False else "electronic",
        }

    return run


def _translation(order: Order, row: Application) -> str | None:
    """The translation into the citizen's language; raises NoTranslation when there are others only."""
    if not order.translations or row.language == DEFAULT:
        return None
    if row.language not in order.translations:
        raise NoTranslation
    return order.translations[row.language]


def _is_translated(order: Order, row: Application, translation: str | None) -> bool | None:
    """Whether the free text is in the citizen's language; None: there is none, or she reads German."""
    return None if not order.reason or row.language == DEFAULT else translation is not None


def _refuse_hidden(session: Session, row: Application, order: Order) -> None:
    form = forms.get(row.service, row.version)
    shown = {reading.field_of(each) for each in forms.visible(form, answers_of.document_of(session, row).answers)}
    wanted = [*order.fields, *order.files]
    if hidden := [name for name in wanted if name not in shown]:
        raise Invalid(errors=[FieldError(f"/fields/{name}", "unknown_field") for name in hidden])
