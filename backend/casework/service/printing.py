"""A case as PDF/UA: overview, answers, files, events, dialogue, notes, in the words of the staff's pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from backend.applications import sealed
from backend.applications.models import Application
from backend.applications.receipt import values
from backend.applications.types import By
from backend.casework.service import show
from backend.core import pdf
from backend.core.access import is_training
from backend.core.clock import BERLIN
from backend.core.i18n import DEFAULT, format_time, staff, translate
from backend.forms import service as forms

TEMPLATE = Path(__file__).parents[1] / "case.typ"
NOTHING = "–"
Rows = list[dict[str, str]]


def of(session: Session, row: Application, seen: show.CaseView, now: datetime) -> bytes:
    """The printed case as it was seen at this moment."""
    reference = seen.line.reference
    parts = [
        ("facts", list(_facts(seen))),
        *_answers(session, row, seen),
        ("files", [_row(each.slot, each.name) for each in seen.attachments]),
        ("requests", [_row(moment(each["opened_at"]), each["reason"]) for each in seen.requests]),
        ("messages", [_row(f"{moment(each['at'])}, {_by(each['by'])}", each["text"]) for each in seen.messages]),
        ("letters", [_row(moment(each["provided_at"]), _outcome(each["kind"])) for each in seen.letters]),
        ("timeline", [_row(moment(each["at"]), event(each)) for each in seen.timeline]),
        ("notes", [_row(f"{moment(each['at'])}, {each['author_name'] or ''}", each["text"]) for each in seen.notes]),
    ]
    data = {
        "title": staff("staff.export.title").format(reference=reference),
        "lead": staff("staff.export.lead").format(moment=moment(now)),
        "training": staff("staff.export.training") if is_training(seen.line.office) else "",
        "sections": [{"title": _heading(title), "rows": rows} for title, rows in parts if rows],
        "footer": reference,
    }
    return pdf.render(TEMPLATE, data, language=DEFAULT, made_at=now.astimezone(UTC))


def moment(at: datetime) -> str:
    """A moment as German pages write it."""
    local = at.astimezone(BERLIN)
    return translate("paper.moment", DEFAULT, date=values.day(local.date(), DEFAULT), time=format_time(local, DEFAULT))


def event(each: Mapping[str, Any]) -> str:
    """One event in the words of the timeline; what has none keeps its code."""
    data = {name: str(value) for name, value in each["data"].items()}
    known = _Known(data)
    known["who"] = each["actor_name"] or staff("staff.event.somebody")
    known["date"] = data.get("due_on", NOTHING)
    if data.get("outcome"):
        known["outcome"] = _outcome(data["outcome"])
    try:
        return staff(f"staff.event.{each['type']}").format_map(known)
    except (KeyError, ValueError):
        return str(each["type"])


class _Known(dict[str, str]):
    """Values of a sentence; one that is not known is a dash."""

    def __missing__(self, _name: str) -> str:
        return NOTHING


def _facts(seen: show.CaseView) -> Iterator[dict[str, str]]:
    line = seen.line
    told = {
        "service": line.title.text,
        "office": line.office,
        "name": line.name,
        "language": line.language,
        "state": staff(f"staff.case.state.{line.state}"),
        "received_at": moment(line.received_at),
        "promise_on": None if line.promise_on is None else values.day(line.promise_on, DEFAULT),
        "assigned": line.assigned_name,
        "labels": ", ".join(line.labels),
    }
    yield from (_row(staff(f"staff.export.{name}"), value) for name, value in told.items() if value)


def _answers(session: Session, row: Application, seen: show.CaseView) -> Iterator[tuple[str, Rows]]:
    names: dict[str, list[str]] = {}
    for file in seen.attachments:
        names.setdefault(file.slot, []).append(file.name)
    form, answers = forms.get(row.service, row.version), sealed.document_of(session, row).answers
    for section in values.sections(form, answers, names, DEFAULT):
        yield section.heading, [_row(each.label, each.value) for each in section.rows]


def _heading(title: str) -> str:
    try:
        return staff(f"staff.export.{title}")
    except KeyError:
        return title


def _outcome(kind: str) -> str:
    try:
        return staff(f"staff.event.outcome.{kind}")
    except KeyError:
        return kind


def _by(by: str) -> str:
    return staff("staff.export.from_office" if by == By.OFFICE else "staff.export.from_person")


def _row(label: str, value: str | None) -> dict[str, str]:
    return {"label": label, "value": value or NOTHING}
