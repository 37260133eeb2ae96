"""Whatever is sent: no crash, nothing hidden survives, nothing unknown is accepted, dropping twice changes nothing."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from email_validator import validate_email
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from backend.forms import registry, service
from backend.forms.checks import Around, check
from backend.forms.loading import load
from backend.forms.types import Form
from tests.forms import toy

TODAY = date(2026, 11, 24)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KNOWN = st.sampled_from(
    sorted({*toy.PROPERTIES, "name", "lives_here", "elsewhere", "street", "postcode", "city", "__proto__"})
)
LIKELY = st.sampled_from(
    [True, False, "dog", "cat", "Ito", "2026-12-01", "28195", 30, [{}], [{"lives_here": False}], ["mo"]]
)
NEAR = st.dictionaries(KNOWN, LIKELY | JSON | st.dictionaries(KNOWN, LIKELY | JSON, max_size=5), max_size=12)
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def forms(form: Form) -> list[Form]:
    return [form, *(load(slug, registry.newest(slug).version) for slug in registry.slugs())]


@given(answers=NEAR | st.dictionaries(st.text(max_size=10), JSON, max_size=6))
@QUIET
def test_any_json_is_judged_without_a_crash(forms: list[Form], answers: dict[str, Any]) -> None:
    for form in forms:
        left, dropped = service.drop_hidden(form, answers)
        visible = set(service.visible(form, answers))
        assert {f"/{name}" for name in left} <= visible
        assert service.drop_hidden(form, left) == (left, [])
        assert not set(dropped) & visible
        faults = service.validate(form, answers, today=TODAY)
        assert len({one.pointer for one in faults}) == len(faults), "one fault per place"
        service.evaluate(form, answers, {"level": "none", "today": TODAY})
        for fault in faults:
            assert service.error_text(form, fault, "ar").text


@given(answers=NEAR)
@QUIET
def test_what_is_accepted_fits_the_published_schema(form: Form, answers: dict[str, Any]) -> None:
    left, _ = service.drop_hidden(form, {"family_name": "Ito", "pets": False, "true": True, **answers})
    if not service.validate(form, left, today=TODAY):
        assert list(Draft202012Validator(dict(form.schema)).iter_errors(left)) == []


@given(
    key=st.text(max_size=12).filter(lambda key: key not in toy.PROPERTIES),
    value=JSON.filter(lambda value: value not in (None, "", [], {})),
)
@QUIET
def test_an_unknown_key_is_refused_and_dropped(form: Form, key: str, value: Any) -> None:
    left, dropped = service.drop_hidden(form, {key: value})
    unknown = [one for one in service.validate(form, {key: value}, today=TODAY) if one.code == "unknown_field"]
    assert key not in left
    if dropped:
        assert [one.pointer for one in unknown] == dropped


@given(answers=NEAR, page=st.sampled_from(["you", "things", "more", "pet", "mates", "kids", "end_page"]))
@QUIET
def test_merging_keeps_everything_else(form: Form, answers: dict[str, Any], page: str) -> None:
    before = {"family_name": "Ito", "age": 3, "pets": True, "email": "x"}
    merged, errors = service.merge(form, before, page, answers)
    json.dumps(merged)
    refused = {one.pointer for one in errors}
    for name, value in before.items():
        assert name in answers or merged[name] == value
    for name, value in answers.items():
        pointer = "/" + name
        assert pointer in refused or (merged.get(name) == value if value is not None else name not in merged)


LOCAL = st.text("abyz09.+-_'!{", min_size=1, max_size=70)
LABELS = st.lists(st.text("abyz09ßöüÿ-", min_size=1, max_size=66), min_size=1, max_size=4)


@given(local=LOCAL, labels=LABELS, end=st.sampled_from(["de", "example", "test", "DE", "d", "x-y"]))
@QUIET
def test_mail_can_be_sent_to_what_counts_as_an_address(local: str, labels: list[str], end: str) -> None:
    text = f"{local}@{'.'.join([*labels, end])}"
    if check({"type": "string", "x-type": "email"}, text, Around(TODAY, {})) is None:
        assert validate_email(text, check_deliverability=False)


def test_very_deep_and_very_wide_answers_do_no_harm(form: Form) -> None:
    deep: Any = {}
    for _ in range(900):
        deep = {"home": deep}
    wide = {f"k{number}": number for number in range(20_000)}
    for answers in (
        {"home": deep, "children": [deep], "x": deep},
        wide,
        {"days": ["mo"] * 50_000},
        {"story": "x" * 1_000_000},
    ):
        assert service.validate(form, answers, today=TODAY)
        service.drop_hidden(form, answers)
