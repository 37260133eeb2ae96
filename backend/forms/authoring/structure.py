"""The files of a package against their shapes (shapes.json) and against the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from backend.forms.authoring.finding import Finding
from backend.forms.loading import PackageError, read_json

SHAPES: dict[str, Any] = json.loads((Path(__file__).parent / "shapes.json").read_text(encoding="utf-8"))
CATALOGUE = Path(__file__).parents[2] / "catalogue" / "data"


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$defs": SHAPES["$defs"], **SHAPES[name]})


def check(place: Path, packages: Path) -> Iterator[Finding]:
    """Every file of a version that is missing or has another shape; texts and cases too."""
    files = [(place / "service.json", "service"), (place / "pages.json", "pages"), (place / "rules.json", "rules")]
    files += [(place / "i18n" / f"{lang}.json", "texts") for lang in ("de", "de-simple")]
    files += [(file, "texts") for file in sorted((place / "i18n").glob("*.json")) if (file, "texts") not in files]
    files.append((place / "data.schema.json", "schema"))
    files += [(file, "case") for file in sorted((place / "cases").glob("*.json"))]
    for file, shape in files:
        yield from of_file(file, shape, packages)


def of_file(file: Path, shape: str, packages: Path) -> Iterator[Finding]:
    """The faults of one file."""
    name = str(file.relative_to(packages))
    try:
        content = read_json(file)
    except PackageError as error:
        yield Finding(name, "file", error.reason)
        return
    for fault in _validator(shape).iter_errors(content):
        yield Finding(name, fault.json_path.removeprefix("$.") or "file", fault.message[:200])


def check_references(facts: dict[str, Any], rules: dict[str, Any], file: str) -> Iterator[Finding]:
    """Services, offices and the key must be those of the catalogue."""
    named = [(key, "services", facts[key]) for key in ("service", "appointment_service")]
    named.append(("responsible_office", "offices", facts["responsible_office"]))
    named.append(("remedy.office", "offices", (facts["remedy"] or {}).get("office")))
    for rule in rules["route"]:
        key, then = f"route.{rule['id']}", rule["then"]
        named += [(key, "offices", then["office"]), (key, "services", then.get("appointment_service"))]
        if (then["way"] == "appointment") != ("appointment_service" in then):
            yield Finding(file, key, "appointment_service belongs to way appointment, and only to it")
    for key, kind, slug in named:
        if slug is not None and not (CATALOGUE / kind / f"{slug}.yaml").exists():
            yield Finding(file, key, f"{slug} is not in the catalogue's {kind}")
    if (facts["promise_days"] is None) != (facts["promise_source"] is None):
        yield Finding(file, "promise_days", "a promise needs its source, and no promise has none")
    if facts["remedy"] and (facts["remedy"]["kind"] == "klage") != (facts["remedy"]["court"] is not None):
        yield Finding(file, "remedy.court", "a court belongs to an action (klage), and only to it")
    yield from _key(facts, file)


def _key(facts: dict[str, Any], file: str) -> Iterator[Finding]:
    source = CATALOGUE / "services" / f"{facts['service']}.yaml"
    if facts["leika"] is not None and source.exists():
        entry = yaml.safe_load(source.read_text(encoding="utf-8"))
        if facts["leika"] not in {entry.get("leika"), *entry.get("leika_more", [])}:
            yield Finding(file, "leika", f"{facts['leika']} is not what the catalogue has for {facts['service']}")
