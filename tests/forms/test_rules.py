"""The language of rules: values, unknowns, first hit and adding up, the log."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backend.forms import service
from backend.forms.expressions import ExpressionError, Scope, compute
from backend.forms.types import Form
from tests.forms.toy import DOG

ANSWERS: dict[str, Any] = {
    "age": 30,
    "name": "Ito",
    "born": "2000-02-29",
    "no": False,
    "list": ["a", "b"],
    "children": [{"price": 3}, {"price": 4}],
    "gap": [{"price": 3}, {}],
}


def value(expression: Any) -> Any:
    return compute(expression, Scope(ANSWERS, {"level": "high"}, {"t": {"a": 1}}, date(2026, 2, 28)))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ({"get": "/age"}, 30),
        ({"get": "/children/1/price"}, 4),
        ({"get": "/children/9/price"}, None),
        ({"get": "/name/x"}, None),
        ({"get": "level"}, "high"),
        ({"exists": "/no"}, True),
        ({"exists": "/nothing"}, False),
        ({"count": "/children"}, 2),
        ({"count": "/name"}, 0),
        ({"today": []}, "2026-02-28"),
        ({"and": [True, {"get": "/no"}]}, False),
        ({"and": [1]}, False),
        ({"or": [{"get": "/no"}, True]}, True),
        ({"not": {"get": "/no"}}, True),
        ({"eq": [{"get": "/nothing"}, None]}, True),
        ({"eq": [1, True]}, False),
        ({"ne": ["a", "b"]}, True),
        ({"lt": [{"get": "/nothing"}, 5]}, False),
        ({"ge": [{"get": "/nothing"}, 5]}, False),
        ({"lt": ["10", 9]}, False),
        ({"le": ["2026-02-28", {"today": []}]}, True),
        ({"gt": [3, 2]}, True),
        ({"in": ["a", {"get": "/list"}]}, True),
        ({"in": ["a", ["b"]]}, False),
        ({"in": ["a", {"get": "/nothing"}]}, False),
        ({"add": [1, {"get": "/age"}]}, 31),
        ({"add": [1, {"get": "/nothing"}]}, None),
        ({"mul": [2, 3, 4]}, 24),
        ({"mul": [2, None]}, None),
        ({"sum": ["/children", "/price"]}, 7),
        ({"sum": ["/gap", "/price"]}, None),
        ({"sum": ["/nothing", "/price"]}, 0),
        ({"date_diff": ["years", {"get": "/born"}, {"today": []}]}, 26),
        ({"date_diff": ["years", {"get": "/born"}, "2026-02-27"]}, 25),
        ({"date_diff": ["months", "2026-01-31", "2026-02-28"]}, 1),
        ({"date_diff": ["days", "2026-03-01", {"today": []}]}, -1),
        ({"date_diff": ["years", {"today": []}, {"get": "/born"}]}, -26),
        ({"date_diff": ["days", "never", {"today": []}]}, None),
        ({"lookup": ["t", "a"]}, 1),
        ({"lookup": ["t", {"get": "/nothing"}]}, None),
        ({"lookup": ["t", {"get": "/list"}]}, None),
    ],
)
def test_computes(expression: Any, expected: Any) -> None:
    found = value(expression)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize("expression", [{"eval": "1"}, {"eq": [1, 1], "ne": [1, 1]}, {}])
def test_knows_no_other_operator(expression: Any) -> None:
    with pytest.raises(ExpressionError):
        value(expression)


def ask(form: Form, answers: dict[str, Any], **facts: Any) -> Any:
    return service.evaluate(form, answers, {"level": "none", "today": "2026-11-24", **facts})


def test_fees_add_up_and_keep_their_lines(form: Form) -> None:
    fee = ask(form, DOG).fee
    assert [(line.rule, line.cents, line.quantity) for line in fee.lines] == [("animal", 900, None), ("kids", 200, 2)]
    assert (fee.cents, fee.unknown) == (1100, False)


def test_a_fee_that_nobody_knows_stays_unknown(form: Form) -> None:
    fee = ask(form, {"pets": True, "animal": "other", "children": [{}]}).fee
    assert (fee.cents, fee.unknown) == (None, True)


def test_no_line_is_free(form: Form) -> None:
    assert (ask(form, {}).fee.cents, ask(form, {}).fee.lines) == (0, ())


def test_hidden_answers_cost_nothing(form: Form) -> None:
    assert ask(form, {"pets": False, "animal": "dog"}).fee.cents == 0


def test_the_first_rule_that_hits_decides(form: Form) -> None:
    assert (ask(form, {}).decision, ask(form, {}).decision_rule) == ("person", "clerk")
    assert ask(form, {}, profile_matches=True).decision == "grant"
    young = ask(form, {"age": 12})
    assert (young.eligible, young.eligibility, young.eligibility_way) == (False, "child", "none")
    assert ask(form, {"age": 16}).eligible


def test_every_rule_that_was_asked_is_logged_with_its_inputs(form: Form) -> None:
    log = ask(form, {"age": 12}).log
    assert log[0] == {"section": "eligibility", "rule": "child", "hit": True, "inputs": {"/age": 12}}
    assert [entry["rule"] for entry in log] == ["child", "animal", "kids", "here", "at_once", "clerk"]
