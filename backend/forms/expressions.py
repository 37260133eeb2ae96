"""The small language of rules: one operator per object, pure, `null` where something is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from backend.forms.dates import difference, parse
from backend.forms.values import at, is_empty


class ExpressionError(Exception):
    """An expression that the language does not know; only lint and loading meet it."""


@dataclass
class Scope:
    """What an expression may look at; `inputs` collects what it did look at."""

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    tables: Mapping[str, Mapping[str, Any]]
    today: date
    inputs: dict[str, Any] = field(default_factory=dict)

    def read(self, name: str) -> Any:
        """An answer (`/kind`) or a fact (`level`), remembered as input."""
        value = at(self.answers, name) if name.startswith("/") else self.facts.get(name)
        self.inputs[name] = value
        return value


def compute(expression: Any, scope: Scope) -> Any:
    """The value of an expression."""
    if isinstance(expression, list):
        return [compute(part, scope) for part in expression]
    if not isinstance(expression, Mapping):
        return expression
    if len(expression) != 1:
        raise ExpressionError(f"one operator per object, not {sorted(expression)}")
    ((operator, operand),) = expression.items()
    if operator in _LAZY:
        return _LAZY[operator](operand, scope)
    if operator not in _PLAIN:
        raise ExpressionError(f"unknown operator {operator!r}")
    return _PLAIN[operator](*[compute(part, scope) for part in operand])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def judge(left: Any, right: Any) -> bool:
        alike = (_is_number(left) and _is_number(right)) or (isinstance(left, str) and isinstance(right, str))
        return alike and compare(left, right)

    return judge


def _equal(left: Any, right: Any) -> bool:
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def _add(*parts: Any) -> Any:
    return sum(parts) if all(_is_number(part) for part in parts) else None


def _mul(*parts: Any) -> Any:
    product = 1
    for part in parts:
        if not _is_number(part):
            return None
        product *= part
    return product


def _within(value: Any, values: Any) -> bool:
    return isinstance(values, list) and any(_equal(value, one) for one in values)


def _date_diff(unit: Any, start: Any, end: Any) -> int | None:
    days = [parse(day) if isinstance(day, str) else None for day in (start, end)]
    return None if days[0] is None or days[1] is None else difference(unit, days[0], days[1])


def _all(parts: Any, scope: Scope) -> bool:
    return all(compute(part, scope) is True for part in parts)


def _any(parts: Any, scope: Scope) -> bool:
    return any(compute(part, scope) is True for part in parts)


def _count(pointer: Any, scope: Scope) -> int:
    found = scope.read(pointer)
    return len(found) if isinstance(found, list) else 0


def _sum(operand: Any, scope: Scope) -> Any:
    entries = scope.read(operand[0])
    return _add(*[at(entry, operand[1]) for entry in entries]) if isinstance(entries, list) else 0


def _lookup(operand: Any, scope: Scope) -> Any:
    key = compute(operand[1], scope)
    return scope.tables[operand[0]].get(key) if isinstance(key, str) else None


_LAZY: Mapping[str, Callable[[Any, Scope], Any]] = {
    "get": lambda operand, scope: scope.read(operand),
    "exists": lambda operand, scope: not is_empty(scope.read(operand)),
    "count": _count,
    "sum": _sum,
    "and": _all,
    "or": _any,
    "not": lambda operand, scope: compute(operand, scope) is not True,
    "today": lambda _operand, scope: scope.today.isoformat(),
    "lookup": _lookup,
}
_PLAIN: Mapping[str, Callable[..., Any]] = {
    "eq": _equal,
    "ne": lambda left, right: not _equal(left, right),
    "lt": _ordered(lambda left, right: bool(left < right)),
    "le": _ordered(lambda left, right: bool(left <= right)),
    "gt": _ordered(lambda left, right: bool(left > right)),
    "ge": _ordered(lambda left, right: bool(left >= right)),
    "in": _within,
    "add": _add,
    "mul": _mul,
    "date_diff": _date_diff,
}
OPERATORS = frozenset({*_LAZY, *_PLAIN})
