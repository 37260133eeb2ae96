"""All forms with their cases, spoiled answers too, and what Python makes of them; the browser's engine must agree."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from backend.core.i18n import LANGUAGES
from backend.forms import icu, service
from backend.forms.authoring import cases
from backend.forms.conditions import Condition
from backend.forms.loading import PACKAGES, load, slugs, versions
from backend.forms.types import Answers, Form
from backend.forms.wire import describe

CONDITIONS = 600
SCALARS: list[Any] = [None, True, False, 0, 1, 2, 1.5, "", "x", "1"]
SIMPLE: list[Any] = [*SCALARS, [], [1], ["x", None], [True, 0], {}, {"a": 1}, {"b": {"c": "x"}, "a": []}]
SPOILED = 150  # answers per form that nobody would type
JUNK = json.loads((Path(__file__).parent / "junk.json").read_text(encoding="utf-8"))


def collect(packages: Path = PACKAGES) -> dict[str, Any]:
    """Forms as the browser gets them, every answers with what became of it, every message with values."""
    forms = [load(slug, version, packages) for slug in slugs(packages) for version in versions(slug, packages)]
    return {
        "forms": {f"{form.slug}/{form.version}": describe(form, "de") for form in forms},
        "cases": [case for form in forms for case in _cases(form, packages)],
        "texts": [text for form in forms for text in _texts(form)],
        "conditions": list(_conditions()),
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
        "said": [service.error_text(form, one, "de").text for one in faults],
    }


def _conditions() -> Iterator[dict[str, Any]]:
    """Made-up conditions on made-up answers, judged by the reference implementation of JSON Schema."""
    chance = random.Random("conditions")  # noqa: S311 - the same ones every time, no secret
    for _ in range(CONDITIONS):
        schema = _condition(chance, 3)
        answers = {name: chance.choice(SIMPLE) for name in "abc" if chance.random() < 0.7}
        yield {"schema": schema, "answers": answers, "holds": Condition(schema).holds(answers)}


def _condition(chance: random.Random, depth: int) -> Any:
    """A random condition of the allowed keywords; not always one that lint would take."""
    some = {
        "required": lambda: chance.sample("abc", 2),
        "const": lambda: chance.choice(SCALARS),
        "enum": lambda: chance.sample(SCALARS, 3),
        "minItems": lambda: chance.randint(0, 2),
        "minimum": lambda: chance.randint(-1, 2),
        "maximum": lambda: chance.randint(-1, 2),
        "type": lambda: chance.choice(["string", "boolean", "integer", "number", "array", "object", "null"]),
    }
    deep = {
        "properties": lambda: {name: _condition(chance, depth - 1) for name in chance.sample("abc", 2)},
        "not": lambda: _condition(chance, depth - 1),
        "allOf": lambda: [_condition(chance, depth - 1) for _ in range(2)],
        "anyOf": lambda: [_condition(chance, depth - 1) for _ in range(2)],
        "contains": lambda: _condition(chance, depth - 1),
    }
    if depth == 0:
        return chance.choice([True, False, {"const": chance.choice(SCALARS)}])
    known: Mapping[str, Callable[[], Any]] = {**some, **deep}
    chosen = [chance.choice(sorted(deep)), *chance.sample(sorted(known), chance.randint(0, 2))]
    return {word: known[word]() for word in chosen}


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
