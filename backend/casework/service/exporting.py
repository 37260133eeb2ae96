"""A case as a package that says everything and changes nothing: PDF, JSON, files, letters, events, checksums."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.applications import queries as applications
from backend.applications.files import view as files
from backend.applications.files.models import Attachment
from backend.applications.files.types import FileState
from backend.applications.models import Application
from backend.applications.receipt import document as paper
from backend.applications.service import trace
from backend.casework import zips
from backend.casework.models import Case
from backend.casework.schemas_case import CaseSchema
from backend.casework.service import finding, printing, show
from backend.casework.zips import File
from backend.core.access import Actor
from backend.core.clock import BERLIN, db_now
from backend.core.errors import NotFound

NOT_SAFE = re.compile(r"[^\w.\- ]")
OF_THE_MOMENT = ("can", "present", "related")  # what is true of the person who looks, not of the case


def exported(session: Session, actor: Actor, reference: str) -> tuple[str, Iterator[bytes]]:
    """The package's name and its bytes, made while they are sent; the export is written down. Raises NotFound.

    All that is read from the database is read before the first byte, so the package shows one moment.
    """
    case = finding.case(session, actor, reference)
    row = applications.by_id_unchecked(session, case.application_id)
    if row is None or row.document is None:
        raise NotFound
    now = db_now(session).astimezone(BERLIN)
    seen = show.of(session, actor, case, row)
    trace.write(session, actor, row, "case.exported", {"revision": case.revision})
    package = [
        File("vorgang.pdf", [printing.of(session, row, seen, now)], packed=False),
        File("vorgang.json", [_json(_told(seen))]),
        File("ereignisse.jsonl", [_lines(CaseSchema().dump(seen)["timeline"])]),
        File("paket.json", [_json(_about(actor, case, row, now))]),
        *_letters(session, row),
        *_files(session, row),
    ]
    return f"vorgang-{case.reference}-{now:%Y-%m-%d}.zip", zips.written(package, now)


def _told(seen: show.CaseView) -> dict[str, Any]:
    told: dict[str, Any] = CaseSchema().dump(seen)
    return {name: value for name, value in told.items() if name not in OF_THE_MOMENT}


def _about(actor: Actor, case: Case, row: Application, now: datetime) -> dict[str, Any]:
    """What the package is of: which revision, which version of the form, when and by whom it was made."""
    return {
        "reference": case.reference,
        "revision": case.revision,
        "service": row.service,
        "form_version": row.version,
        "form_content_hash": row.content_hash,
        "exported_at": now.isoformat(),
        "exported_by": str(actor.account_id),
    }


def _letters(session: Session, row: Application) -> list[File]:
    return [
        File(f"bescheide/{number:02}-{letter.kind}.pdf", [paper.letter_pdf(session, row, letter, row.language)], False)
        for number, letter in enumerate(applications.letters_of(session, row.id), 1)
        if letter.content is not None
    ]


def _files(session: Session, row: Application) -> list[File]:
    """The clean files; every other one is named in vorgang.json with its state."""
    found = []
    for number, seen in enumerate(files.of_application(session, row.id), 1):
        held = session.get(Attachment, seen.attachment_id) if seen.state is FileState.CLEAN else None
        if held is not None:
            content, pieces = files.content_of(session, held)
            found.append(File(f"anlagen/{number:02}-{NOT_SAFE.sub('_', content.name)}", pieces, packed=False))
    return found


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str).encode()


def _lines(values: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False, default=str) + "\n" for each in values).encode()
