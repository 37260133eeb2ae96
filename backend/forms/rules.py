"""Eligibility, fee, route and decision of valid answers: pure, every rule that was asked is logged with its inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from backend.forms.expressions import Scope, compute
from backend.forms.types import Answers, Evaluation, Fee, FeeLine, Form, Route


def evaluate(form: Form, answers: Answers, facts: Mapping[str, Any], today: date) -> Evaluation:
    """Ask the rules; `answers` are without hidden ones. Facts: level, profile_matches, represented."""
    log: list[dict[str, Any]] = []
    scope = Scope(answers, {**facts, "today": today.isoformat()}, form.rules["tables"], today)
    eligibility = next(_hits(form, "eligibility", scope, log), None)
    fee = Fee(tuple(_line(rule, scope) for rule in _hits(form, "fee", scope, log)))
    route = next(_hits(form, "route", scope, log))
    decision = next(_hits(form, "decision", scope, log))
    return Evaluation(
        eligible=eligibility is None or eligibility["then"]["eligible"],
        eligibility=None if eligibility is None else eligibility["id"],
        eligibility_way=None if eligibility is None else eligibility["then"].get("way"),
        fee=fee,
        route=_route(route),
        decision=decision["then"]["decision"],
        decision_rule=decision["id"],
        log=log,
    )


def _hits(form: Form, section: str, scope: Scope, log: list[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for rule in form.rules.get(section, ()):
        scope.inputs = {}
        hit = compute(rule["when"], scope) is True
        log.append({"section": section, "rule": rule["id"], "hit": hit, "inputs": scope.inputs})
        if hit:
            yield rule


def _line(rule: Mapping[str, Any], scope: Scope) -> FeeLine:
    cents, quantity = (compute(rule["then"].get(name), scope) for name in ("cents", "quantity"))
    return FeeLine(rule["id"], _whole(cents), _whole(quantity))


def _whole(value: Any) -> int | None:
    """A whole number, else not known."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _route(rule: Mapping[str, Any]) -> Route:
    then = rule["then"]
    return Route(rule["id"], then.get("office"), then["way"], then.get("appointment_service"))
