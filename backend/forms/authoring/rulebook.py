"""The rules: known operators, existing answers, facts and tables, an end that always decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from backend.forms.authoring.finding import Finding
from backend.forms.expressions import OPERATORS
from backend.forms.texts import path
from backend.forms.types import Form

SECTIONS = ("eligibility", "fee", "route", "decision")
FACTS = {"level", "profile_matches", "represented", "today"}
ARITY = {
    "eq": 2,
    "ne": 2,
    "lt": 2,
    "le": 2,
    "gt": 2,
    "ge": 2,
    "in": 2,
    "date_diff": 3,
    "lookup": 2,
    "sum": 2,
    "today": 0,
}
POINTERS = {"get", "exists", "count"}
UNITS = {"days", "months", "years"}


def check(form: Form, file: str) -> Iterator[Finding]:
    """Every fault of the rules."""
    rules = [(section, rule) for section in SECTIONS for rule in form.rules.get(section, ())]
    for name, times in Counter(rule["id"] for _, rule in rules).items():
        if times > 1:
            yield Finding(file, name, "two rules have this id")
    for section in ("route", "decision"):
        if form.rules[section][-1]["when"] is not True:
            yield Finding(file, section, 'must end with a rule "when": true')
    for section, rule in rules:
        expressions = [rule["when"], *(rule["then"].get(name) for name in ("cents", "quantity") if section == "fee")]
        for reason in (reason for expression in expressions for reason in _of(form, expression)):
            yield Finding(file, f"{section}.{rule['id']}", reason)
        if rule["then"].get("eligible") is True and "way" in rule["then"]:
            yield Finding(file, f"{section}.{rule['id']}", "way is for those who are not eligible")


def _of(form: Form, expression: Any) -> Iterator[str]:
    if isinstance(expression, list):
        for part in expression:
            yield from _of(form, part)
    if not isinstance(expression, Mapping):
        return
    if len(expression) != 1 or not set(expression) <= OPERATORS:
        yield f"not one known operator: {', '.join(map(str, expression))}"
        return
    ((operator, operand),) = expression.items()
    if operator in POINTERS:
        yield from _pointer(form, operator, operand)
    elif not isinstance(operand, list) and operator != "not":
        yield f"{operator} takes a list"
    elif operator in ARITY and len(operand) != ARITY[operator]:
        yield f"{operator} takes a list of {ARITY[operator]}"
    elif operator == "sum":
        yield from _pointer(form, operator, f"{operand[0]}/0{operand[1]}")
    else:
        yield from _named(form, operator, operand)
        yield from _of(form, operand)


def _named(form: Form, operator: str, operand: Any) -> Iterator[str]:
    if operator == "lookup" and operand[0] not in form.rules["tables"]:
        yield f"there is no table {operand[0]!r}"
    elif operator == "date_diff" and operand[0] not in UNITS:
        yield f"date_diff counts {', '.join(sorted(UNITS))}"


def _pointer(form: Form, operator: str, pointer: Any) -> Iterator[str]:
    if not isinstance(pointer, str):
        yield f"{operator} takes a JSON pointer"
    elif pointer.startswith("/"):
        steps = [part for part in pointer.split("/")[1:] if not part.isdecimal()]
        if path(form, pointer)[0] != steps:
            yield f"{operator}: there is no answer {pointer}"
    elif operator != "get" or pointer not in FACTS:
        yield f"{operator}: {pointer!r} is no fact"
