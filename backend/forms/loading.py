"""Reads a package from its files: shared definitions laid in, texts joined, hashed. Each version is read once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from backend.core.i18n import LANGUAGES
from backend.forms.conditions import ALWAYS, Condition
from backend.forms.types import Form, Page, PageField

PACKAGES = Path(__file__).parent / "packages"
SHARED = "_shared"


class PackageError(Exception):
    """A package that cannot be read: the file and the reason."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


def read_json(file: Path) -> Any:
    """The content of a JSON file; raises PackageError."""
    try:
        return json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except FileNotFoundError:
        raise PackageError(file, "is missing") from None
    except ValueError as error:
        raise PackageError(file, str(error)) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"twice in one object: {sorted({key for key in keys if keys.count(key) > 1})}")
    return found


@cache
def load(slug: str, version: int, folder: Path = PACKAGES) -> Form:
    """The form of that package version; raises PackageError."""
    place = folder / slug / str(version)
    facts = read_json(place / "service.json")
    shared = folder / SHARED / str(facts["shared"])
    schema = _resolved(read_json(place / "data.schema.json"), read_json(shared / "defs.json")["$defs"], place)
    pages = read_json(place / "pages.json")["pages"]
    rules = read_json(place / "rules.json")
    rules = {**rules, "tables": {**read_json(shared / "tables.json")["tables"], **rules.get("tables", {})}}
    texts = {lang: _texts(shared, lang) | _texts(place, lang) for lang in LANGUAGES}
    material = digest({"service": facts, "schema": schema, "pages": pages, "rules": rules})
    words = digest(texts)
    return Form(
        slug=slug,
        version=version,
        facts=facts,
        schema=schema,
        pages=pages,
        rules=rules,
        texts=texts,
        plan=tuple(_page(page) for page in pages),
        content_hash=digest([material, words]),
        material_hash=material,
        text_hash=words,
    )


def digest(value: Any) -> str:
    """SHA-256 (hex) of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def versions(slug: str, folder: Path = PACKAGES) -> list[int]:
    """The versions that lie in the folder of a package, oldest first."""
    return sorted(int(place.name) for place in (folder / slug).glob("*") if place.name.isdecimal())


def slugs(folder: Path = PACKAGES) -> list[str]:
    """All packages, published or not."""
    return sorted(place.name for place in folder.iterdir() if place.is_dir() and place.name != SHARED)


def _texts(place: Path, lang: str) -> dict[str, str]:
    file = place / "i18n" / f"{lang}.json"
    return read_json(file) if file.exists() else {}


def _resolved(node: Any, shared: Mapping[str, Any], place: Path) -> Any:
    """The schema with shared definitions laid in and foreign keys refused everywhere."""
    if isinstance(node, list):
        return [_resolved(part, shared, place) for part in node]
    if not isinstance(node, Mapping):
        return node
    if "$ref" in node:
        name = str(node["$ref"]).removeprefix("shared#/$defs/")
        if name not in shared:
            raise PackageError(place / "data.schema.json", f"{node['$ref']} is not in the shared definitions")
        node = _laid(shared[name], {key: value for key, value in node.items() if key != "$ref"})
        return _resolved(node, shared, place)
    found = {key: _resolved(value, shared, place) for key, value in node.items()}
    if isinstance(found.get("properties"), dict):
        found["additionalProperties"] = False
    return found


def _laid(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """One node over another: parts one by one, everything else as a whole."""
    merged = {**below, **above}
    if "properties" in below and "properties" in above:
        parts = {**below["properties"]}
        for name, part in above["properties"].items():
            parts[name] = _laid(parts.get(name, {}), part)
        merged["properties"] = parts
    return merged


def _page(page: Mapping[str, Any]) -> Page:
    return Page(
        id=page["id"],
        review_group=page["review_group"],
        visible=_condition(page, "visible_if"),
        fields=tuple(
            PageField(field["field"], _condition(field, "visible_if"), _condition(field, "required"))
            for field in page["fields"]
        ),
        repeat=page.get("repeat"),
    )


def _condition(holder: Mapping[str, Any], name: str) -> Condition:
    return Condition(holder[name]) if name in holder else ALWAYS
