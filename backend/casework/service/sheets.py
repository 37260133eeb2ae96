"""Work lists as CSV or XLSX, written while they are read: a page of cases at a time, whatever the list's length."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Literal

import xlsxwriter
from sqlalchemy.orm import Session

from backend.audit import service as audit
from backend.casework import queries_kinds, queries_lists
from backend.casework.service import lists
from backend.casework.types import CaseLine, Order, Place, Wanted
from backend.core import streams
from backend.core.access import Actor
from backend.core.clock import BERLIN, today
from backend.core.i18n import staff

Format = Literal["csv", "xlsx"]
AT_ONCE = 1_000
PIECE = 64 * 1024
LINES_IN_SHEET = 1_000_000  # the format ends at 1,048,576
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")
COLUMNS = (
    "reference",
    "service",
    "office",
    "name",
    "language",
    "state",
    "waiting_for",
    "received_at",
    "promise_on",
    "due_on",
    "assigned",
    "team",
    "labels",
)
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def announced(session: Session, actor: Actor, wanted: Wanted, kind: Format) -> None:
    """Write down that somebody takes a list along, with its filters (codes only, no names)."""
    filters = {name: value for name, value in asdict(wanted).items() if value not in (None, False, (), [])}
    payload = {"format": kind, "filters": filters}
    audit.record(session, actor=actor, action="case.list_exported", object_type="case", object_id="-", payload=payload)


def written(actor: Actor, wanted: Wanted, kind: Format) -> Iterator[bytes]:
    """The file piece by piece; a case that arrives meanwhile may be missing, none is told twice."""
    rows = _rows(actor, wanted)
    return csv_of(headings(), rows) if kind == "csv" else xlsx_of(headings(), rows)


def headings() -> list[str]:
    """The first line."""
    return [staff(f"staff.export.{column}") for column in COLUMNS]


def csv_of(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[bytes]:
    """RFC 4180 with a byte order mark, so that every spreadsheet knows the letters; no cell can be a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    out.write("\ufeff")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if out.tell() > PIECE:
            yield _taken(out)
    yield _taken(out)


def xlsx_of(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[bytes]:
    """The same as XLSX: written row by row to a file that nobody else sees; every cell is text."""
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(
            file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        bold = book.add_format({"bold": True})
        sheet, line = _sheet(book, heads, bold), 0
        for row in rows:
            if line == LINES_IN_SHEET:
                sheet, line = _sheet(book, heads, bold), 0
            line += 1
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell)
        book.close()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _sheet(book: Any, heads: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    return sheet


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _taken(out: io.StringIO) -> bytes:
    data = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return data


def _rows(actor: Actor, wanted: Wanted) -> Iterator[Sequence[str]]:
    """Every case of a list, in the order of receipt: that never changes, so the way through the pages is certain."""
    down = wanted.sort == "-received"
    order = Order(sort="-received" if down else "received", by="received_at", down=down)

    def read(session: Session, place: Place | None) -> tuple[list[list[str]], Place | None]:
        way = queries_kinds.way(session, actor, wanted)
        found = queries_lists.page(session, actor, wanted, way, today(session), order, after=place, limit=AT_ONCE)
        told = [_cells(line) for line in lists.lines(session, found, today(session))]
        return told, lists.place_of(order, found[-1]) if len(found) == AT_ONCE else None

    return streams.pages(read)


def _cells(line: CaseLine) -> list[str]:
    told: dict[str, Any] = {
        "reference": line.reference,
        "service": line.title.text,
        "office": line.office,
        "name": line.name,
        "language": line.language,
        "state": staff(f"staff.case.state.{line.state}"),
        "waiting_for": staff(f"staff.export.waiting_for.{line.waiting_for}") if line.waiting_for else None,
        "received_at": line.received_at.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M"),
        "promise_on": line.promise_on and f"{line.promise_on:%d.%m.%Y}",
        "due_on": line.due_on and f"{line.due_on:%d.%m.%Y}",
        "assigned": line.assigned_name,
        "team": line.team,
        "labels": ", ".join(line.labels),
    }
    return [told[column] or "" for column in COLUMNS]
