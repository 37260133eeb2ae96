"""Receipts for download, and the question whether a document is genuine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.applications import codes, queries
from backend.applications.models import IssuedDocument
from backend.applications.receipt import document
from backend.applications.service import access
from backend.core.access import Actor
from backend.core.clock import BERLIN
from backend.core.errors import NotFound
from backend.forms import service as forms

PDF, JSON = "application/pdf", "application/json"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file for download."""

    content: bytes
    media_type: str
    filename: str


def receipt(session: Session, actor: Actor, reference: str, form: str, lang: str | None) -> Paper:
    """The receipt that counts, as `pdf` or `json`. Raises NotFound (also for an undone one), LevelTooLow."""
    row = access.application(session, actor, reference)
    issued = queries.receipt_of(session, row.id)
    if issued is None:
        raise NotFound
    lang = lang or row.language
    name = f"antrag-{row.reference}"
    if form == "json":
        told = json.dumps(document.receipt(session, row, issued, lang), ensure_ascii=False).encode()
        return Paper(content=told, media_type=JSON, filename=f"{name}.json")
    return Paper(content=document.receipt_pdf(session, row, issued, lang), media_type=PDF, filename=f"{name}.pdf")


def verify(session: Session, typed: str, lang: str) -> dict[str, Any]:
    """Whether a document with this code was issued here and still counts; which service and day, nothing else."""
    code = codes.parse_document_code(typed)
    wanted = select(IssuedDocument).where(
        IssuedDocument.code_hash == codes.document_hash(code or ""), IssuedDocument.void_at.is_(None)
    )
    found = session.scalars(wanted).one_or_none()
    if found is None:
        return {"genuine": False, "kind": None, "service": None, "date": None}
    form = forms.get(found.service, found.version)
    return {
        "genuine": True,
        "kind": found.kind,
        "service": forms.text(form, "service.title", lang),
        "date": found.issued_at.astimezone(BERLIN).date(),
    }
