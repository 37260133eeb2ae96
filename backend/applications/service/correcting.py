"""The office corrects a small mistake: one answer, by the form's own rules, told to the citizen, the old one kept."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final
from uuid import uuid4

from sqlalchemy.orm import Session

from backend.applications import form as reading
from backend.applications import life, sealed
from backend.applications.errors import CorrectionTooFar
from backend.applications.models import Application
from backend.applications.receipt import values
from backend.applications.service import office, trace
from backend.applications.types import Answers, By, Document, Happening, Prefilled
from backend.core.access import Actor
from backend.core.clock import today
from backend.core.errors import FieldError, Invalid
from backend.core.i18n import direction, translate
from backend.forms import service as forms
from backend.forms.types import Form

OWN_WORD = ("file", "declaration", "group")  # evidence, what somebody declared herself, whole lists of entries
OFFICE: Final = "office"


def correct(session: Session, actor: Actor, row: Application, pointer: str, value: Any, reason: str) -> None:
    """Set one answer (None takes it away) of an application that is not decided yet.

    Raises NotNow, Invalid (no visible field, `locked` by an account or register, a sensitive one, a value that the form
    refuses, nothing changed), CorrectionTooFar (it would change the fee, the rules' result or what is asked).
    """
    form, document = forms.get(row.service, row.version), sealed.document_of(session, row)
    _refuse_field(form, document, pointer)
    before = values.at(document.answers, pointer)
    now = _with(document.answers, pointer, reading.tidy(value))
    if values.at(now, pointer) == before:
        raise Invalid(errors=[FieldError("/value", "unchanged")])
    if not forms.fits(form, reading.field_of(pointer), now.get(reading.field_of(pointer), before)):
        raise Invalid(errors=[FieldError("/value", "wrong_type")])
    _refuse_faults(form, document.answers, now, pointer)
    _refuse_far(session, row, form, document.answers, now)
    session.add(sealed.keep_history(session, row, uuid4(), OFFICE))
    document.answers = forms.drop_hidden(form, now)[0]
    document.prefilled[pointer] = Prefilled(source=OFFICE, locked=False)
    sealed.write_document(session, row, document)
    life.record(session, row, Happening.CORRECTED, By.OFFICE, {"pointer": pointer})
    trace.write(session, actor, row, "application.corrected", {"pointer": pointer})
    session.flush()
    office.write(session, actor, row, _message(form, row.language, pointer, before, values.at(now, pointer), reason))


def _refuse_field(form: Form, document: Document, pointer: str) -> None:
    if pointer not in forms.visible(form, document.answers):
        raise Invalid(errors=[FieldError("/pointer", "unknown_field")])
    node = values.node(form, pointer)
    parts = node.get("properties", {}).values()
    if any(place.locked and _touches(pointer, other) for other, place in document.prefilled.items()):
        raise Invalid(errors=[FieldError("/pointer", "locked")])
    if node["x-type"] in OWN_WORD or node.get("x-sensitive") or any(part.get("x-sensitive") for part in parts):
        raise Invalid(errors=[FieldError("/pointer", "not_allowed")])


def _touches(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _with(answers: Answers, pointer: str, value: Any) -> Answers:
    """A copy of the answers with one of them changed, also inside the entry of a group; the pointer is visible."""
    now = deepcopy(answers)
    *way, last = pointer.split("/")[1:]
    target: Any = now
    for step in way:
        target = target[int(step)] if isinstance(target, list) else target[step]
    if value is None:
        target.pop(last, None)
    else:
        target[last] = value
    return now


def _refuse_faults(form: Form, before: Answers, now: Answers, pointer: str) -> None:
    """Faults that the correction makes; those that were there before (a date that passed) are not its business."""
    old = {(fault.pointer, fault.code) for fault in forms.validate(form, before)}
    faults = [fault for fault in forms.validate(form, now) if (fault.pointer, fault.code) not in old]
    if faults:
        raise Invalid(
            errors=[
                FieldError(
                    f"/value{each.pointer.removeprefix(pointer)}"
                    if _touches(each.pointer, pointer)
                    else f"/answers{each.pointer}",
                    each.code,
                    each.params,
                )
                for each in faults
            ]
        )


def _refuse_far(session: Session, row: Application, form: Form, before: Answers, now: Answers) -> None:
    """A correction changes one answer and nothing that follows from it: else the citizen has to be asked."""
    facts = {
        "level": row.filed_level or "none",
        "profile_matches": False,
        "represented": row.power_id is not None,
        "today": today(session),
    }
    was, is_ = forms.evaluate(form, before, facts), forms.evaluate(form, now, facts)
    changes = []
    if forms.visible(form, before) != forms.visible(form, now):
        changes.append("questions")
    if was.fee.cents != is_.fee.cents:
        changes.append("fee")
    if (was.eligible, was.route.office, was.route.way) != (is_.eligible, is_.route.office, is_.route.way):
        changes.append("rules")
    if changes:
        raise CorrectionTooFar(extra={"changes": changes})


def _message(form: Form, lang: str, pointer: str, before: Any, now: Any, reason: str) -> str:
    """What the citizen reads; values and the German reason keep their own direction in a text from right to left."""

    def apart(text: str) -> str:
        return f"\u2068{text}\u2069" if direction(lang) == "rtl" else text

    nothing = translate("office.correction.nothing", lang)
    shown = [values.words(form, pointer, each, lang).replace("\n", ", ") or nothing for each in (before, now)]
    return translate(
        "office.correction.message",
        lang,
        field=forms.label(form, pointer, lang),
        before=apart(shown[0]),
        after=apart(shown[1]),
        reason=apart(reason),
    )
