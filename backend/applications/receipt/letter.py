"""What the letter of a decision says: written once, in all languages, when it is decided; sent as it was shown.

Everything lies in `content`, which is sealed with the proposal and then with the letter. Only what follows from the
day of delivery (its date, the last day to contest it) is added when the letter is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from backend.applications import queries, remedy, sealed
from backend.applications.models import Application
from backend.applications.receipt import values
from backend.applications.types import Outcome
from backend.catalogue import service as catalogue
from backend.core.clock import BERLIN
from backend.core.i18n import DEFAULT, LANGUAGES, translate
from backend.forms import account
from backend.forms import service as forms
from backend.forms.types import Form

Content = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What somebody decided: the German reason, its confirmed translation, and the text blocks by language.

    `fee_cents`: a fee that the rules did not know and the office tells with the decision.
    """

    outcome: Outcome
    reason: str | None = None
    translation: str | None = None
    blocks: Sequence[Mapping[str, str]] = ()
    fee_cents: int | None = None


def written(session: Session, row: Application, decision: Decision) -> Content:
    """The content of a decision's letter, the same for the preview, the approver and the citizen."""
    form = forms.get(row.service, row.version)
    document = sealed.document_of(session, row)
    evaluation = document.evaluation or {}
    office = _office(session, row.office)
    rule = remedy.of_outcome(form.facts, decision.outcome)
    told = {
        "outcome": decision.outcome,
        "language": row.language,
        "to": _addressee(form, document.answers),
        "fee_cents": decision.fee_cents if decision.fee_cents is not None else row.fee_cents,
        "fee_unknown": bool(evaluation.get("fee", {}).get("unknown")),
        "replaces": _replaced(session, row),
        "adverse": decision.outcome in remedy.ADVERSE,
        "remedy": None if rule is None else {**rule, "place": _place(session, rule, row)},
    }
    return {**told, "parts": {lang: _part(form, decision, told, office, lang) for lang in LANGUAGES}}


def last_day(content: Mapping[str, Any], announced_on: date | None) -> date | None:
    """The last day to contest it by our calculation; None without a known rule or a known day of announcement."""
    if announced_on is None or content["remedy"] is None:
        return None
    return remedy.last_day(announced_on, content["remedy"])


def paragraphs(part: Mapping[str, Any]) -> list[str]:
    """What a part says below its summary, in order, without the remedy."""
    return [*part["text"], *(each["text"] for each in part["reasons"]), *part["next"]]


def _part(form: Form, decision: Decision, told: Mapping[str, Any], office: Mapping[str, Any], lang: str) -> Content:
    outcome = decision.outcome
    own = {word: f"letter.{outcome}.{word}" for word in ("title", "text", "next")}
    title = "paper.letter.title.closed" if outcome == "closed" else "paper.letter.title"
    return {
        "title": _own(form, own["title"], lang) or translate(title, lang),
        "service": forms.text(form, "service.title", lang).text,
        "office": str(office.get("name", "")),
        "summary": _summary(form, told, lang),
        "text": [*_lines(_own(form, own["text"], lang) or translate(f"paper.letter.{outcome}", lang))],
        "reasons": _reasons(decision, told["language"], lang),
        "next": [*_lines(_own(form, own["next"], lang))],
        "remedy": _remedy(told, lang),
        "legal": _legal(told),
    }


def _summary(form: Form, told: Mapping[str, Any], lang: str) -> list[str]:
    """The plain language block: what came out, what it replaces, what it costs."""
    found = [*_lines(translate(f"paper.letter.short.{told['outcome']}", lang))]
    if told["replaces"]:
        day = values.day(date.fromisoformat(told["replaces"]), lang)
        found += _lines(translate("paper.letter.replaces", lang, date=day))
    if told["outcome"] in ("granted", "partly"):
        if told["fee_cents"]:
            found.append(translate("paper.letter.fee", lang, fee=values.euro(told["fee_cents"], lang)))
        elif told["fee_unknown"] and told["fee_cents"] is None:
            found += _lines(forms.text(form, "service.fee_unknown", lang).text)
    return found


def _reasons(decision: Decision, own: str, lang: str) -> list[dict[str, Any]]:
    """The reasons in one language: blocks exist in all, free text in German and as its confirmed translation."""
    found = [{"text": line, "lang": lang, "note": None} for block in decision.blocks for line in _lines(block[lang])]
    if decision.reason is None:
        return found
    translated = decision.translation if lang == own and lang != DEFAULT else None
    shown = translated or decision.reason
    spoken = lang if translated else DEFAULT
    note = None if lang == DEFAULT else "confirmed" if translated else "german_only"
    first, *more = _lines(shown)
    found.append({"text": first, "lang": spoken, "note": note})
    return [*found, *({"text": line, "lang": spoken, "note": None} for line in more)]


def _remedy(told: Mapping[str, Any], lang: str) -> list[str]:
    """What can be done against it, in plain words; where no rule is known, that the office tells it."""
    rule = told["remedy"]
    if rule is None:
        return [*_lines(translate("paper.letter.remedy.unknown", lang))] if told["adverse"] else []
    period = _period("paper.letter.period", rule, lang)
    return [*_lines(translate(f"paper.letter.remedy.{rule['kind']}", lang, period=period, place=rule["place"]))]


def _legal(told: Mapping[str, Any]) -> list[str]:
    """The binding German wording, empty where no rule is known."""
    rule = told["remedy"]
    if rule is None:
        return []
    period = _period("paper.letter.legal", rule, DEFAULT)
    return [translate(f"paper.letter.legal.{rule['kind']}", DEFAULT, period=period, place=rule["place"])]


def _period(key: str, rule: Mapping[str, Any], lang: str) -> str:
    if "months" in rule and rule["months"] == 1:
        return translate(f"{key}.month", lang)
    unit = "months" if "months" in rule else "days"
    return translate(f"{key}.{unit}", lang, count=rule[unit])


def _place(session: Session, rule: Mapping[str, Any], row: Application) -> str:
    """Name and seat of whom the remedy goes to, in one line: a court, an office, or who decides."""
    if rule["court"] is not None:
        return str(rule["court"])
    office = _office(session, rule["office"] or row.office)
    address = office.get("address") or {}
    town = " ".join(str(address[part]) for part in ("postcode", "city") if address.get(part))
    return ", ".join(str(each) for each in (office.get("name"), address.get("street"), town) if each)


def _office(session: Session, slug: str | None) -> Mapping[str, Any]:
    return catalogue.office_summaries(session, [slug]).get(slug, {}) if slug else {}


def _replaced(session: Session, row: Application) -> str | None:
    """The day of the newest earlier letter, which this one replaces."""
    earlier = queries.letters_of(session, row.id)
    return earlier[-1].provided_at.astimezone(BERLIN).date().isoformat() if earlier else None


def _addressee(form: Form, answers: Mapping[str, Any]) -> list[str]:
    """Name and address as they stand on an envelope, as far as the answers have them."""
    asked: dict[str, Any] = {}
    for pointer, node in account.asked(form.fields):
        asked.setdefault(node["x-prefill"], values.at(answers, pointer))
    name = " ".join(str(asked[part]) for part in ("given_name", "family_name") if asked.get(part))
    where = next((field for field in form.facts["letter_to"] if answers.get(field)), None)
    address = "" if where is None else values.words(form, f"/{where}", answers[where], DEFAULT)
    return [name, *_lines(address)] if name else _lines(address)


def _own(form: Form, key: str, lang: str) -> str:
    return forms.text(form, key, lang).text if key in form.texts[DEFAULT] else ""


def _lines(text: str) -> list[str]:
    return [line for line in (each.strip() for each in text.split("\n")) if line]
