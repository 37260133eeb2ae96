"""All forms with their cases, spoiled answers too, and what Python makes of them; the browser's engine must agree."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from backend.core.i18n import LANGUAGES
from backend.forms import icu, service
from backend.forms.authoring import cases
from backend.forms.loading import PACKAGES, load, slugs, versions
from backend.forms.types import Answers, Form
from backend.forms.wire import describe

SPOILED = 150  # answers per form that nobody would type
JUNK = json.loads((Path(__file__).parent / "junk.json").read_text(encoding="utf-8"))


def collect(packages: Path = PACKAGES) -> dict[str, Any]:
    """Forms as the browser gets them, every answers with what became of it, every message with values."""
    forms = [load(slug, version, packages) for slug in slugs(packages) for version in versions(slug, packages)]
    return {
        "forms": {f"{form.slug}/{form.version}": describe(form, "de") for form in forms},
        "cases": [case for form in forms for case in _cases(form, packages)],
        "texts": [text for form in forms for text in _texts(form)],
    }


def _cases(form: Form, packages: Path) -> Iterator[dict[str, Any]]:
    written = list(cases.read(packages / form.slug / str(form.version)).values())
    for case in written:
        yield _judged(form, case["name"], case["today"], case["answers"], spoiled=False)
    chance = random.Random(form.slug)  # noqa: S311 - the same junk every time, no secret
    for number in range(SPOILED):
        case = chance.choice(written)
        answers = spoil(form, case["answers"], chance)
        yield _judged(form, f"spoiled {number}", case["today"], answers, spoiled=True)


def spoil(form: Form, answers: Answers, chance: random.Random) -> dict[str, Any]:
    """Answers with one to four values, parts or keys replaced by junk."""
    spoiled: dict[str, Any] = deepcopy(dict(answers))
    for _ in range(chance.randint(1, 4)):
        target: Any = spoiled
        name: Any = chance.choice([*form.fields, "foreign", "__proto__", "constructor"])
        while chance.random() < 0.6 and isinstance(target.get(name) if isinstance(target, dict) else None, dict | list):
            target = target[name]
            if isinstance(target, list):
                target = chance.choice(target) if target else {}
            if not isinstance(target, dict) or not target:
                break
            name = chance.choice([*target, "foreign"])
        if isinstance(target, dict):
            target[name] = deepcopy(chance.choice(JUNK))
    return spoiled


def _judged(form: Form, name: str, today: str, answers: Answers, *, spoiled: bool) -> dict[str, Any]:
    found = service.kept(form, answers)
    faults = service.validate(form, answers, today=date.fromisoformat(today))
    return {
        "form": f"{form.slug}/{form.version}",
        "name": name,
        "spoiled": spoiled,
        "today": today,
        "answers": answers,
        "pages": [view.key for view in found.pages],
        "visible": found.visible,
        "dropped": list(found.dropped),
        "kept": found.answers,
        "errors": [{"pointer": one.pointer, "code": one.code, "params": one.params} for one in faults],
    }


def _texts(form: Form) -> Iterator[Mapping[str, Any]]:
    """Every message with values, written by Python: with numbers that meet all plural forms."""
    for lang in LANGUAGES:
        for key, message in sorted(form.texts[lang].items()):
            names = sorted(icu.names(icu.read(message)))
            for number in (0, 1, 2, 3, 5, 11, 21, 100) if names else ():
                values = dict.fromkeys(names, number)
                yield {
                    "key": key,
                    "lang": lang,
                    "message": message,
                    "values": values,
                    "text": icu.write(message, lang, values),
                }
