"""Where new cases go: the ordered rules of the office in which they arrive; the first that fits wins, no rule follows.

What a rule gives to somebody who is away goes to the one who stands in, else it waits for whoever takes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.applications import sealed
from backend.applications.models import Application
from backend.audit import service as audit
from backend.casework import applicant, policy
from backend.casework.errors import CaseChanged, WorkerAbsent
from backend.casework.models import Case
from backend.casework.models_work import Routing
from backend.casework.rules import fitting
from backend.casework.service import absence, workers
from backend.catalogue import service as catalogue
from backend.core.access import Actor
from backend.core.clock import db_now
from backend.core.errors import FieldError, Forbidden, Invalid, NotFound
from backend.forms import service as forms

NONE_YET = 1  # the revision while an office has no rules


def rules_of(session: Session, actor: Actor, office: str | None) -> dict[str, Any]:
    """The rules of one of the actor's offices (the first one without a name); raises NotFound, Invalid."""
    place = _office(session, actor, office)
    return _shown(session, place, session.get(Routing, place))


def set_rules(
    session: Session, actor: Actor, office: str | None, items: Sequence[Mapping[str, Any]], revision: int
) -> dict[str, Any]:
    """Replace the rules of an office; raises NotFound, CaseChanged (somebody else set them), Invalid, Forbidden."""
    place = _office(session, actor, office)
    if actor.account_id is None:
        raise Forbidden
    first = insert(Routing).values(office=place, rules=[], revision=NONE_YET, changed_by=actor.account_id)
    session.execute(first.on_conflict_do_nothing(index_elements=[Routing.office]))
    row = session.get_one(Routing, place, with_for_update=True, populate_existing=True)
    if row.revision != revision:
        raise CaseChanged(extra={"revision": row.revision}, headers={"ETag": f'"{row.revision}"'})
    _refuse_impossible(session, place, items)
    written = [{**each, "assignee": None if each["assignee"] is None else str(each["assignee"])} for each in items]
    row.rules, row.revision, row.changed_by = written, revision + 1, actor.account_id
    row.changed_at = db_now(session)
    session.flush()
    audit.record(
        session, actor=actor, action="routing.set", object_type="office", object_id=place, payload={"rules": written}
    )
    return _shown(session, place, row)


def place(session: Session, case: Case, row: Application, postcode: str | None) -> dict[str, Any] | None:
    """Give a case that arrives in an office its place by the office's rules; what was decided, None without a rule.

    Changes office, team and assignee of the case, and the office of the application.
    """
    known = session.get(Routing, case.office)
    rule = fitting(known.rules if known else [], service=case.service, language=case.language, postcode=postcode)
    if rule is not None and rule["office"] is not None and rule["office"] != case.office:
        move(session, case, row, rule["office"])
    return _apply(session, case, rule)


def _apply(session: Session, case: Case, rule: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    case.team = rule["team"]
    asked = None if rule["assignee"] is None else UUID(rule["assignee"])
    case.assigned_to = None if asked is None else _present(session, asked, case.office)
    return {
        "office": case.office,
        "team": case.team,
        "to": None if case.assigned_to is None else str(case.assigned_to),
        "instead_of": str(asked) if asked not in (None, case.assigned_to) else None,
    }


def place_within(session: Session, case: Case) -> dict[str, Any] | None:
    """The same for a case that was handed over: only team and assignee, because people chose the office."""
    row = session.get_one(Application, case.application_id)
    form = forms.get(row.service, row.version)
    who = applicant.of_answers(form, sealed.document_of(session, row).answers)
    known = session.get(Routing, case.office)
    here = [each for each in (known.rules if known else []) if each["office"] in (None, case.office)]
    return _apply(session, case, fitting(here, service=case.service, language=case.language, postcode=who.postcode))


def move(session: Session, case: Case, row: Application, office: str) -> None:
    """The case lies in another office from now on."""
    summary = catalogue.office_summaries(session, [office]).get(office)
    case.office = row.office = office
    if summary is not None:
        case.authority = str(summary["authority"])


def _present(session: Session, account_id: UUID, office: str) -> UUID | None:
    try:
        return absence.standing_in(session, account_id, office)
    except WorkerAbsent:
        return None


def _office(session: Session, actor: Actor, office: str | None) -> str:
    """The office whose rules are meant; raises NotFound for a foreign one (with an entry), Invalid for none at all."""
    if office is None:
        if not actor.offices:
            raise Invalid(errors=[FieldError("/office", "required")])
        return min(actor.offices)
    if office not in catalogue.office_summaries(session, [office]):
        raise NotFound
    if not policy.manages(actor, office):
        raise audit.foreign(session, actor=actor, object_type="office", object_id=office)
    return office


def _refuse_impossible(session: Session, place: str, items: Sequence[Mapping[str, Any]]) -> None:
    """A rule may name services with a form, offices of the same authority, and people of the office it leads to."""
    services = {form.slug for form in forms.all_published()}
    offices = {each["office"] for each in items if each["office"] is not None} | {place}
    known = catalogue.office_summaries(session, offices)
    own = known.get(place, {}).get("authority")
    faults = []
    for number, rule in enumerate(items):
        target = rule["office"] or place
        if rule["service"] is not None and rule["service"] not in services:
            faults.append(FieldError(f"/items/{number}/service", "not_allowed"))
        if rule["office"] is not None and known.get(rule["office"], {}).get("authority") != own:
            faults.append(FieldError(f"/items/{number}/office", "not_allowed"))
        if rule["assignee"] is not None and not workers.of_office(session, rule["assignee"], target):
            faults.append(FieldError(f"/items/{number}/assignee", "not_allowed"))
    if faults:
        raise Invalid(errors=faults)


def _shown(session: Session, place: str, row: Routing | None) -> dict[str, Any]:
    rules = [] if row is None else row.rules
    people = [UUID(rule["assignee"]) for rule in rules if rule["assignee"]]
    names = workers.names(session, [*people, *([row.changed_by] if row else [])])
    return {
        "office": place,
        "revision": NONE_YET if row is None else row.revision,
        "items": [
            {**rule, "assignee_name": names.get(UUID(rule["assignee"])) if rule["assignee"] else None} for rule in rules
        ],
        "changed_by_name": names.get(row.changed_by) if row else None,
    }
