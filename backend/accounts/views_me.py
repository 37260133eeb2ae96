"""My data as JSON (answer and download) and as the values of the printed document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from backend.accounts.types import MyData
from backend.core.clock import BERLIN
from backend.core.i18n import format_date, messages, translate

ACCOUNT = ("issuer", "level", "held_back", "created_at", "last_seen_at")


def answer(data: MyData) -> dict[str, Any]:
    """The values of MyDataSchema, times in Berlin."""
    sections = [{"name": name, **asdict(section)} for name, section in data.sections]
    told = {
        "account": {name: getattr(data, name) for name in ACCOUNT},
        "claims": [asdict(claim) for claim in data.claims],
        "electronic_delivery": asdict(data.delivery),
        "sections": sections,
        "looks": [asdict(look) for look in data.looks],
        "consequences": [asdict(found) for found in data.consequences],
    }
    return dict(_local(told))


def document(data: MyData, lang: str, made_at: datetime) -> dict[str, Any]:
    """What the template prints, in the reader's language."""
    day = format_date(made_at.astimezone(BERLIN).date(), lang)
    return {
        "title": translate("my_data.title", lang),
        "intro": translate("my_data.intro", lang, date=day),
        "footer": translate("my_data.title", lang),
        "held_back": translate("my_data.held_back", lang) if data.held_back else None,
        "sections": [
            _section("my_data.account", lang, _account(data, lang)),
            _section("my_data.claims", lang, [_claim(claim, lang) for claim in data.claims]),
            *({"title": section.title, "rows": _items(section.items, lang)} for _name, section in data.sections),
            _section("my_data.looks", lang, [_look(look, lang) for look in data.looks]),
        ],
    }


def _section(title: str, lang: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    return {"title": translate(title, lang), "rows": rows, "none": translate("my_data.none", lang)}


def _account(data: MyData, lang: str) -> list[dict[str, str]]:
    allowed = "my_data.delivery.yes" if data.delivery.allowed else "my_data.delivery.no"
    values = {
        "my_data.issuer": data.issuer,
        "my_data.level": translate(f"my_data.level.{data.level}", lang),
        "my_data.created": _day(data.created_at, lang),
        "my_data.last_seen": _day(data.last_seen_at, lang),
        "my_data.delivery": translate(allowed, lang),
    }
    return [{"label": translate(name, lang), "value": value} for name, value in values.items()]


def _claim(claim: Any, lang: str) -> dict[str, str]:
    source = translate("my_data.from", lang, source=translate(f"my_data.source.{claim.source}", lang))
    label = translate(f"my_data.claim.{claim.name}", lang)
    return {
        "label": label,
        "value": _text(claim.name, claim.value, lang),
        "note": f"{source} · {_day(claim.asserted_at, lang)}",
    }


def _items(items: tuple[Any, ...], lang: str) -> list[dict[str, str]]:
    rows = []
    for item in items:
        notes = [translate("my_data.from", lang, source=_known(f"my_data.source.{item.source}", lang, item.source))]
        notes += [_day(item.at, lang)] if item.at else []
        rows.append({"label": item.label, "value": item.shown, "note": " · ".join(notes)})
    return rows


def _look(look: Any, lang: str) -> dict[str, str]:
    verb = look.action.rpartition(".")[2]
    what = _known(f"my_data.object.{look.object_type}", lang, translate("my_data.object.other", lang))
    done = _known(f"my_data.verb.{verb}", lang, translate("my_data.verb.other", lang))
    who = _known(f"my_data.by.{look.actor_kind}", lang, translate("my_data.by.other", lang))
    local = look.at.astimezone(BERLIN)
    named = what if look.name is None else f"{what} ({look.name})"
    return {
        "label": f"{_day(look.at, lang)} · {local:%H:%M}",
        "value": f"{who}: {named}, {done}",
        "note": look.reason or "",
    }


def _known(name: str, lang: str, otherwise: str) -> str:
    """A text of a word that comes from elsewhere, or something else when there is none."""
    return translate(name, lang) if name in messages("de") else otherwise


def _text(name: str, value: Any, lang: str) -> str:
    if name == "address":
        return _address(value)
    if isinstance(value, Mapping):
        return ", ".join(str(part) for part in value.values())
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if name == "birthdate":
        try:
            return format_date(date.fromisoformat(value), lang)
        except ValueError:
            return str(value)
    return str(value)


def _address(parts: Mapping[str, str]) -> str:
    """On one line as on an envelope; the key of the municipality is for machines."""
    street = " ".join(parts[name] for name in ("street_address", "house_number") if name in parts)
    town = " ".join(parts[name] for name in ("postal_code", "locality") if name in parts)
    return ", ".join(part for part in (street, town, parts.get("country")) if part)


def _day(moment: datetime, lang: str) -> str:
    return format_date(moment.astimezone(BERLIN).date(), lang)


def _local(part: Any) -> Any:
    if isinstance(part, datetime):
        return part.astimezone(BERLIN)
    if isinstance(part, Mapping):
        return {key: _local(value) for key, value in part.items()}
    return [_local(each) for each in part] if isinstance(part, list | tuple) else part
