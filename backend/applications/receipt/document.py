"""What a receipt and a letter say, in the person's language with the German beside it, and their PDF/UA."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

import segno
from sqlalchemy.orm import Session

from backend.applications import codes, sealed
from backend.applications.files import service as files
from backend.applications.models import Application, IssuedDocument, Letter
from backend.applications.receipt import letter, values
from backend.catalogue import service as catalogue
from backend.core import pdf
from backend.core.access import is_training
from backend.core.clock import BERLIN
from backend.core.i18n import DEFAULT, direction, format_time, translate
from backend.core.security import format_reference
from backend.core.settings import get_settings
from backend.forms import service as forms
from backend.forms.types import Form

TEMPLATES = Path(__file__).parent
LATIN_FACTS = ("paper.to", "paper.number", "paper.status_code", "paper.office")
Part = dict[str, Any]


def hash_of(document_id: UUID, *content: object) -> bytes:
    """The hash of a document's content, bound to its id (which is random, so that nothing can be guessed from it)."""
    text = json.dumps([str(document_id), *content], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).digest()


def receipt(session: Session, row: Application, issued: IssuedDocument, lang: str) -> dict[str, Any]:
    """The receipt as data: everything that was sent, in words, and German beside another language (OZG § 9a)."""
    languages = [lang] if lang == DEFAULT else [lang, DEFAULT]
    return {
        "reference": format_reference(row.reference or ""),
        "service": row.service,
        "version": row.version,
        "content_hash": issued.content_hash.hex(),
        "verify_code": codes.grouped(codes.document_code_of(issued.id)),
        "verify_url": verify_url(lang),
        "qr": qr_path(_address(lang, issued.id)),
        "parts": [_receipt_part(session, row, issued, each) for each in languages],
    }


def receipt_pdf(session: Session, row: Application, issued: IssuedDocument, lang: str) -> bytes:
    """The receipt as PDF/UA."""
    told = receipt(session, row, issued, lang)
    return _pdf("receipt.typ", told, lang, issued.issued_at, issued.id)


def letter_pdf(session: Session, row: Application, sent: Letter, lang: str) -> bytes:
    """A letter as PDF/UA: what was decided in short, the reasons, and the German that is binding."""
    content = sealed.content_of(session, row, sent)
    sent_as = None if is_training(row.office) else sent.id  # an exercise is never taken for a genuine one
    return _letter(row, content, lang, sent.provided_at, sent.deemed_announced_on, sent_as)


def draft_pdf(
    row: Application, content: letter.Content, lang: str, made_at: datetime, announced_on: date | None
) -> bytes:
    """The same before it leaves: marked as a draft, without a code that anybody could take for a genuine one."""
    return _letter(row, content, lang, made_at, announced_on, None)


def _letter(
    row: Application,
    content: letter.Content,
    lang: str,
    made_at: datetime,
    announced_on: date | None,
    sent_as: UUID | None,
) -> bytes:
    languages = [lang] if lang == DEFAULT else [lang, DEFAULT]
    draft = sent_as is None
    told = {
        "reference": format_reference(row.reference or ""),
        "verify_code": "" if sent_as is None else codes.grouped(codes.document_code_of(sent_as)),
        "verify_url": verify_url(lang),
        "parts": [_letter_part(row, content, each, lang, made_at, announced_on, draft=draft) for each in languages],
    }
    return _pdf("letter.typ", told, lang, made_at, sent_as)


def verify_url(lang: str) -> str:
    """The page on which anybody can check a document."""
    return f"{get_settings().public_url}/{lang}/echtheit"


def _address(lang: str, document_id: UUID) -> str:
    return f"{verify_url(lang)}#c={codes.document_code_of(document_id)}"


def qr_path(text: str) -> Part:
    """A QR code for a page: how many modules it is wide, and the dark ones as the path of an SVG, row by row."""
    rows = list(segno.make(text, error="m").matrix_iter(border=4))
    runs = [
        f"M{column} {line}h{len(run)}v1h-{len(run)}z" for line, row in enumerate(rows) for column, run in _runs(row)
    ]
    return {"size": len(rows), "path": "".join(runs)}


def _runs(row: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
    """Where dark modules begin in a row, and those that follow each other."""
    column = 0
    for dark, group in groupby(row):
        run = list(group)
        if dark:
            yield column, run
        column += len(run)


def _receipt_part(session: Session, row: Application, issued: IssuedDocument, lang: str) -> Part:
    form, document = forms.get(row.service, row.version), sealed.document_of(session, row)
    names: dict[str, list[str]] = {}
    for file in files.of_draft(session, row.id):
        names.setdefault(file.slot, []).append(file.name)
    facts = [
        ("paper.number", format_reference(row.reference or "")),
        ("paper.service", forms.text(form, "service.title", lang).text),
        ("paper.sent_at", _moment(issued.issued_at, lang)),
        ("paper.office", _office_name(session, row)),
        ("paper.level", translate(f"paper.level.{row.filed_level}", lang)),
        ("paper.fee", _fee(form, row, document.evaluation or {}, lang)),
        ("paper.status_code", codes.grouped(codes.code_of(row.reference or ""))),
    ]
    return {
        **_common(lang),
        "title": translate("paper.receipt.title", lang),
        "lead": translate("paper.receipt.lead", lang),
        "facts": _facts(facts, lang),
        "sections": [asdict(each) for each in values.sections(form, document.answers, names, lang)],
    }


def _letter_part(
    row: Application,
    content: letter.Content,
    lang: str,
    first: str,
    made_at: datetime,
    announced_on: date | None,
    *,
    draft: bool,
) -> Part:
    part = content["parts"][lang]
    facts = [
        ("paper.to", "\n".join(content["to"])),
        ("paper.number", format_reference(row.reference or "")),
        ("paper.service", part["service"]),
        ("paper.date", values.day(made_at.astimezone(BERLIN).date(), lang)),
        ("paper.office", part["office"]),
    ]
    binding = lang == DEFAULT
    return {
        **_common(lang),
        "title": part["title"],
        "draft": translate("paper.letter.draft", lang) if draft else "",
        "facts": _facts(facts, lang),
        "summary": [*part["summary"], *remedy_lines(content, lang, announced_on)] if lang == first else [],
        "summary_label": translate("paper.letter.summary", lang),
        "summary_note": translate("paper.letter.understand" if binding else "paper.letter.translation", lang),
        "text": part["text"],
        "reason_label": translate("paper.letter.reason", lang),
        "reasons": [_reason(each, lang) for each in part["reasons"]],
        "next": part["next"],
        "legal_label": translate("paper.letter.legal", lang),
        "legal": part["legal"] if binding else [],
    }


def remedy_lines(content: letter.Content, lang: str, announced_on: date | None) -> list[str]:
    """What can be done against a decision, and until when by our calculation; nothing where nobody has to."""
    lines: list[str] = content["parts"][lang]["remedy"]
    if not lines:
        return []
    until = letter.last_day(content, announced_on)
    day = (
        []
        if until is None
        else translate("paper.letter.remedy.last_day", lang, date=values.day(until, lang)).split("\n")
    )
    return [translate("paper.letter.remedy", lang), *lines, *day]


def _reason(each: Mapping[str, Any], lang: str) -> Part:
    note = "" if each["note"] is None else translate(f"paper.letter.{each['note']}", lang)
    spoken = "de" if each["lang"] == "de-simple" else each["lang"]
    return {"text": each["text"], "lang": spoken, "dir": direction(each["lang"]), "note": note}


def _facts(facts: Sequence[tuple[str, str]], lang: str) -> list[Part]:
    return [{"label": translate(key, lang), "value": value, "ltr": key in LATIN_FACTS} for key, value in facts if value]


def _common(lang: str) -> Part:
    return {
        "lang": "de" if lang == "de-simple" else lang,
        "dir": direction(lang),
        "verify": translate("paper.verify", lang),
        "code_label": translate("paper.code", lang),
        "qr_label": translate("paper.qr", lang),
        "german": translate("paper.german", lang),
        "demo": translate("mail.application.demo", lang) if get_settings().demo else "",
    }


def _fee(form: Form, row: Application, evaluation: Mapping[str, Any], lang: str) -> str:
    if evaluation.get("fee", {}).get("unknown"):
        return forms.text(form, "service.fee_unknown", lang).text
    return values.euro(row.fee_cents, lang) if row.fee_cents else translate("paper.free", lang)


def _moment(moment: datetime, lang: str) -> str:
    local = moment.astimezone(BERLIN)
    return translate("paper.moment", lang, date=values.day(local.date(), lang), time=format_time(local, lang))


def _office_name(session: Session, row: Application) -> str:
    found = catalogue.office_summaries(session, [row.office]).get(row.office) if row.office else None
    return "" if found is None else str(found["name"])


def _pdf(template: str, told: dict[str, Any], lang: str, made_at: datetime, document_id: UUID | None) -> bytes:
    data = {
        **told,
        "title": told["parts"][0]["title"],
        "footer": f"{told['reference']} · {told['verify_code']}".rstrip(" ·"),
        "qr": "" if document_id is None else _qr(_address(lang, document_id)),
    }
    return pdf.render(TEMPLATES / template, data, language=lang, made_at=made_at)


def _qr(text: str) -> str:
    """A QR code as SVG text (level M: a quarter of it may be dirty or folded)."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", xmldecl=False, border=4, scale=4)
    return out.getvalue().decode()
