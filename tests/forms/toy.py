"""A small package with every kind of field, written into a folder; tests change parts of it."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

from backend.core.i18n import LANGUAGES
from backend.forms.loading import PACKAGES, SHARED

SLUG = "toy"
SERVICE: dict[str, Any] = {
    "service": None,
    "shared": 1,
    "leika": None,
    "authorities": ["bremen"],
    "responsible_office": "hb-mitte",
    "legal_basis": [{"text": "§ 1", "source": "invented", "checked": False}],
    "trust_level": "none",
    "change": "material",
    "payment": {"when": "none", "counter": False},
    "promise_days": None,
    "promise_source": None,
    "undo_minutes": 15,
    "retention_days": {"draft": 30, "granted": 30, "refused": 30, "withdrawn": 30},
    "four_eyes": "never",
    "remedy": None,
    "letter_to": ["home"],
    "representation": False,
    "appointment_service": None,
    "electronic_delivery": True,
    "assumptions": [],
}
NAME = {"$ref": "shared#/$defs/family_name", "x-prefill": "family_name", "x-prefill-locked": True}
PROPERTIES: dict[str, Any] = {
    "family_name": NAME,
    "birth_date": {"$ref": "shared#/$defs/birth_date", "x-prefill": "birth_date"},
    "home": {
        "$ref": "shared#/$defs/address",
        "x-prefill": "address",
        "properties": {"postcode": {"x-postcodes": "land"}},
    },
    "story": {"type": "string", "x-type": "long_text", "maxLength": 100, "minLength": 3},
    "code": {"type": "string", "x-type": "text", "maxLength": 10, "pattern": "^[A-Z]{2}[0-9]+$"},
    "age": {"type": "integer", "x-type": "number", "minimum": 0, "maximum": 120},
    "rent": {"type": "integer", "x-type": "money", "minimum": 1, "maximum": 1000000},
    "start": {"type": "string", "x-type": "date", "x-not-before": "today", "x-not-after": "today+6m"},
    "end": {"type": "string", "x-type": "date", "x-not-before": "/start"},
    "pets": {"type": "boolean", "x-type": "yes_no"},
    "animal": {"type": "string", "x-type": "one_of", "enum": ["cat", "dog", "other"]},
    "animal_name": {"type": "string", "x-type": "text", "maxLength": 40},
    "days": {
        "type": "array",
        "x-type": "some_of",
        "items": {"type": "string", "enum": ["mo", "tu", "we"]},
        "maxItems": 2,
    },
    "car": {"type": "string", "x-type": "plate"},
    "account": {"type": "string", "x-type": "iban"},
    "email": {"$ref": "shared#/$defs/email"},
    "phone": {"$ref": "shared#/$defs/phone"},
    "land": {"type": "string", "x-type": "country"},
    "landlord": {"$ref": "shared#/$defs/named_person"},
    "flatmates": {
        "type": "array",
        "x-type": "group",
        "maxItems": 3,
        "items": {"type": "object", "properties": {"name": {"$ref": "shared#/$defs/other_name"}}, "required": ["name"]},
    },
    "children": {
        "type": "array",
        "x-type": "group",
        "maxItems": 4,
        "items": {
            "type": "object",
            "properties": {
                "name": {"$ref": "shared#/$defs/other_name"},
                "lives_here": {"type": "boolean", "x-type": "yes_no"},
                "elsewhere": {"$ref": "shared#/$defs/address"},
            },
        },
    },
    "proof": {"type": "array", "x-type": "file", "maxItems": 2, "items": {"type": "string"}},
    "true": {"type": "boolean", "x-type": "declaration", "const": True},
}


def when(field: str, value: Any) -> dict[str, Any]:
    """The condition that a field has a value."""
    return {"properties": {field: {"const": value}}, "required": [field]}


def _optional(*fields: str) -> list[dict[str, Any]]:
    return [{"field": field, "required": False} for field in fields]


PAGES: list[dict[str, Any]] = [
    {"id": "you", "review_group": "a", "fields": [{"field": "family_name"}, *_optional("birth_date", "home")]},
    {"id": "things", "review_group": "a", "fields": _optional("story", "code", "age", "rent", "start", "end", "days")},
    {"id": "more", "review_group": "a", "fields": _optional("car", "account", "email", "phone", "land", "landlord")},
    {
        "id": "pet",
        "review_group": "b",
        "fields": [
            {"field": "pets"},
            {"field": "animal", "visible_if": when("pets", True)},
            {"field": "animal_name", "visible_if": when("animal", "dog"), "required": when("animal", "dog")},
        ],
    },
    {"id": "mates", "review_group": "b", "fields": _optional("flatmates")},
    {"id": "kids", "review_group": "b", "fields": _optional("children")},
    {"id": "kid", "review_group": "b", "repeat": "children", "fields": [{"field": "name"}, {"field": "lives_here"}]},
    {
        "id": "kid_home",
        "review_group": "b",
        "repeat": "children",
        "fields": [{"field": "elsewhere", "visible_if": when("lives_here", False)}],
    },
    {
        "id": "end_page",
        "review_group": "c",
        "fields": [{"field": "proof", "required": when("animal", "dog")}, {"field": "true"}],
    },
]
RULES: dict[str, Any] = {
    "tables": {"price": {"cat": 500, "dog": 900}},
    "eligibility": [{"id": "child", "when": {"lt": [{"get": "/age"}, 16]}, "then": {"eligible": False, "way": "none"}}],
    "fee": [
        {"id": "animal", "when": {"exists": "/animal"}, "then": {"cents": {"lookup": ["price", {"get": "/animal"}]}}},
        {
            "id": "kids",
            "when": {"gt": [{"count": "/children"}, 0]},
            "then": {"cents": {"mul": [100, {"count": "/children"}]}, "quantity": {"count": "/children"}},
        },
    ],
    "route": [{"id": "here", "when": True, "then": {"office": "hb-mitte", "way": "online"}}],
    "decision": [
        {"id": "at_once", "when": {"get": "profile_matches"}, "then": {"decision": "grant"}},
        {"id": "clerk", "when": True, "then": {"decision": "person"}},
    ],
}
DOG = {
    "family_name": "Öztürk",
    "pets": True,
    "animal": "dog",
    "animal_name": "Bello",
    "proof": ["a"],
    "true": True,
    "age": 30,
    "children": [
        {"name": "Åsa", "lives_here": True},
        {
            "name": "Bo",
            "lives_here": False,
            "elsewhere": {"street": "Weg", "house_number": "1", "postcode": "10115", "city": "Berlin"},
        },
    ],
}
CASES: dict[str, Any] = {
    "dog": {
        "name": "A dog and two children",
        "level": "none",
        "today": "2026-11-24",
        "facts": {"profile_matches": True},
        "answers": DOG,
        "expect": {"errors": [], "fee_cents": 1100, "decision": "at_once"},
    },
    "none": {
        "name": "Nothing yet",
        "level": "none",
        "today": "2026-11-24",
        "answers": {"age": 12, "pets": False},
        "expect": {
            "errors": [{"pointer": "/family_name", "code": "required"}, {"pointer": "/true", "code": "must_agree"}],
            "eligibility": "child",
            "decision": "clerk",
        },
    },
    "home": {
        "name": "All children at home",
        "level": "none",
        "today": "2026-11-24",
        "answers": {"family_name": "Ito", "pets": False, "children": [{"name": "A", "lives_here": True}], "true": True},
        "expect": {"errors": [], "fee_cents": 100},
    },
}


def texts() -> dict[str, str]:
    """A word for every key that the package needs."""
    keys = ["service.title", "service.lead", "service.fee_unknown", "flatmates.name.label", "children.name.label"]
    keys += [f"group.{group}.title" for group in "abc"] + [f"{page['id']}.title" for page in PAGES]
    keys += [f"{field}.label" for field in PROPERTIES] + ["children.lives_here.label", "children.elsewhere.label"]
    keys += [f"animal.option.{value}" for value in ("cat", "dog", "other")] + [
        f"days.option.{value}" for value in ("mo", "tu", "we")
    ]
    keys += [f"{group}.{word}" for group in ("flatmates", "children") for word in ("entry", "add")]
    keys += [f"rule.{rule}.text" for rule in ("child", "animal", "kids", "here", "at_once", "clerk")]
    keys += [f"letter.granted.{part}" for part in ("title", "text", "next")]
    return {key: key for key in keys}


def package() -> dict[str, Any]:
    """The files of the package by path, free to be changed."""
    files: dict[str, Any] = {
        "service.json": SERVICE,
        "data.schema.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": PROPERTIES,
        },
        "pages.json": {"pages": PAGES},
        "rules.json": RULES,
        **{f"i18n/{lang}.json": texts() for lang in LANGUAGES},
        **{f"cases/{name}.json": case for name, case in CASES.items()},
    }
    return deepcopy(files)


def write(folder: Path, files: dict[str, Any] | None = None, version: int = 1) -> Path:
    """Write the package below the folder, with the real shared definitions beside it."""
    if not (folder / SHARED).exists():
        shutil.copytree(PACKAGES / SHARED, folder / SHARED)
    place = folder / SLUG / str(version)
    for name, content in (package() if files is None else files).items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder
