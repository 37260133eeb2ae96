"""Runs the cases of a package and counts what they reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from backend.forms import service
from backend.forms.authoring.finding import Finding
from backend.forms.authoring.rulebook import SECTIONS
from backend.forms.loading import read_json
from backend.forms.types import Evaluation, Form

NO_FACTS = {"profile_matches": False, "represented": False}


@dataclass
class Reached:
    """What the cases of a package have seen so far."""

    hit: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    valid: int = 0
    faulty: int = 0


def read(place: Path) -> dict[str, dict[str, Any]]:
    """All cases of a version by file name."""
    return {file.name: read_json(file) for file in sorted((place / "cases").glob("*.json"))}


def check(form: Form, cases: Mapping[str, Mapping[str, Any]], base: str) -> Iterator[Finding]:
    """Every case that comes out otherwise, and everything that no case reaches."""
    reached = Reached()
    for name, case in cases.items():
        file = f"{base}/cases/{name}"
        yield from (Finding(file, key, reason) for key, reason in run(form, case, reached))
    yield from (Finding(f"{base}/cases", key, reason) for key, reason in _gaps(form, reached))


def run(form: Form, case: Mapping[str, Any], reached: Reached) -> Iterator[tuple[str, str]]:
    """What comes out otherwise than the case expects."""
    answers, expected = case["answers"], case["expect"]
    found = service.kept(form, answers)
    faults = service.validate(form, answers, today=date.fromisoformat(case["today"]))
    facts = {**NO_FACTS, **case.get("facts", {}), "level": case["level"], "today": case["today"]}
    evaluation = service.evaluate(form, answers, facts)
    _note(form, reached, found.visible, bool(faults), evaluation)
    actual = {
        "visible": found.visible,
        "dropped": list(found.dropped),
        "errors": sorted((one.pointer, one.code) for one in faults),
        **of_evaluation(evaluation),
    }
    for key, wanted in expected.items():
        value = sorted((one["pointer"], one["code"]) for one in wanted) if key == "errors" else wanted
        value = sorted(value) if key == "dropped" else value
        if actual[key] != value:
            yield key, _difference(value, actual[key])


def of_evaluation(evaluation: Evaluation) -> dict[str, Any]:
    """What a case may expect of the rules."""
    return {
        "eligible": evaluation.eligible,
        "eligibility": evaluation.eligibility,
        "fee_cents": evaluation.fee.cents,
        "fee_lines": [line.rule for line in evaluation.fee.lines],
        "route": evaluation.route.rule,
        "decision": evaluation.decision_rule,
    }


def _difference(wanted: Any, actual: Any) -> str:
    if isinstance(wanted, list) and isinstance(actual, list):
        absent = [one for one in wanted if one not in actual]
        extra = [one for one in actual if one not in wanted]
        return f"expected but not there: {absent}; there but not expected: {extra}; or another order"
    return f"expected {wanted!r}, came out {actual!r}"


def _note(form: Form, reached: Reached, visible: list[str], faulty: bool, evaluation: Evaluation) -> None:
    for entry in evaluation.log:
        (reached.hit if entry["hit"] else reached.missed).add(f"{entry['section']}.{entry['rule']}")
    shown = {"/".join(part for part in pointer.split("/") if not part.isdecimal()) for pointer in visible}
    reached.shown |= shown
    reached.hidden |= {key for key in _conditional(form) if key not in shown}
    reached.faulty += faulty
    reached.valid += not faulty


def _conditional(form: Form) -> set[str]:
    """All fields that can be hidden, as `/field` or `/group/field`."""
    return {
        f"/{page.repeat}/{field.field}" if page.repeat else f"/{field.field}"
        for page in form.plan
        for field in page.fields
        if page.visible.schema is not True or field.visible.schema is not True
    }


def _gaps(form: Form, reached: Reached) -> Iterator[tuple[str, str]]:
    for section in SECTIONS:
        for rule in form.rules.get(section, ()):
            key = f"{section}.{rule['id']}"
            if key not in reached.hit:
                yield key, "no case reaches this rule"
            elif key not in reached.missed and rule["when"] is not True:
                yield key, "every case that asks this rule hits it: one must miss it"
    for pointer in sorted(_conditional(form)):
        if pointer not in reached.shown:
            yield pointer, "no case shows this field"
        if pointer not in reached.hidden:
            yield pointer, "no case hides this field"
    if not reached.valid:
        yield "valid", "no case is without faults"
    if not reached.faulty:
        yield "faulty", "no case has faults"
