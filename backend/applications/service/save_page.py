"""Save what was typed on one page: always kept when its type fits, its faults named, two windows never overwrite."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.applications import form as reading
from backend.applications import life, policy, sealed
from backend.applications.service import access, draft_view, filling
from backend.applications.types import Answers, DraftView, Happening
from backend.core.access import Actor
from backend.core.errors import FieldError, Invalid, NotFound
from backend.forms import service as forms

PAGE = re.compile(r"[a-z][a-z0-9_]*(\.[1-9][0-9]?)?")


def save(
    session: Session, actor: Actor, draft_id: UUID, page: str, given: Mapping[str, Any], revision: int
) -> DraftView:
    """Lay the answers of a page over the draft and say what is wrong with them.

    Answers to questions that are hidden by these very answers are not kept (`ignored`); what was typed before and is
    hidden now stays in the draft until it is sent. Locked answers stay as the account has them.
    Raises NotFound, ChangedElsewhere, Invalid (unknown field, wrong JSON type).
    """
    if PAGE.fullmatch(page) is None:
        raise NotFound
    row = access.draft(session, actor, draft_id, lock=True)
    opened = filling.opened(session, row)
    access.seen(row, revision, draft_view.view(session, actor, opened))
    change = opened.change
    _move(session, actor, opened)
    before = opened.document.answers
    now, ignored = _laid_over(opened, page, {name: reading.tidy(value) for name, value in given.items()})
    locked = list(reading.changed_locks(before, now, opened.document.prefilled))
    for pointer in locked:
        reading.put(now, pointer, reading.at(before, pointer))
    opened.document.answers = now
    opened.document.saved = sorted({*opened.document.saved, page})
    sealed.write_document(session, row, opened.document)
    life.touch(session, row)
    session.flush()
    faults = forms.validate(opened.form, filling.answers_with_files(session, opened), page=page)
    errors = [*(FieldError(pointer, "locked") for pointer in locked), *faults]
    shown = filling.Filling(row, opened.document, opened.form, change)
    return draft_view.view(session, actor, shown, errors=errors, ignored=ignored)


def _move(session: Session, actor: Actor, opened: filling.Filling) -> None:
    """Pin the draft to the version that was just filled in."""
    row, form = opened.row, opened.form
    if opened.change is None:
        return
    data = {"version": form.version, "from": row.version, "kind": opened.change.kind}
    row.version, row.content_hash = form.version, form.content_hash
    life.record(session, row, Happening.VERSION_MOVED, policy.role(actor, row), data)


def _laid_over(opened: filling.Filling, page: str, given: Answers) -> tuple[Answers, list[str]]:
    """All answers with those of the page, and the pointers of what was not kept because these answers hide it.

    Raises NotFound (no such page), Invalid: a field of another page or a value of another JSON type cannot come from
    the page that was shown, nor can the id of a file.
    """
    form = opened.form
    now, faults = forms.merge(form, opened.document.answers, page, given)
    slots = reading.file_slots(form)
    faults += [FieldError(f"/{name}", "unknown_field") for name in given if name in slots]
    if faults:
        raise Invalid(errors=[FieldError(f"/answers{each.pointer}", each.code, each.params) for each in faults])
    dropped = forms.kept(form, {name: value for name, value in now.items() if name in form.fields}).dropped
    base = _base(opened, page)
    hidden = [name for name in given if f"{base}/{name}" in dropped]
    if hidden:
        now, _ = forms.merge(form, opened.document.answers, page, {k: v for k, v in given.items() if k not in hidden})
    return now, [f"{base}/{name}" for name in hidden]


def _base(opened: filling.Filling, page: str) -> str:
    """Where the answers of a page lie: at the top, or in an entry of a group (`child.2` is the second)."""
    name, _, number = page.partition(".")
    found = next((one for one in opened.form.plan if one.id == name), None)
    return "" if found is None or found.repeat is None else f"/{found.repeat}/{int(number) - 1}"
