"""A case speaks German by itself: answers, what the account asserted, and each rule with what it looked at."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backend.casework.service import words
from backend.forms import service as forms
from tests.applications.people import Somebody, Town
from tests.casework.office import Office

PACKAGES = Path("backend/forms/packages")
EXAMPLES = sorted(PACKAGES.glob("*/1/cases/*.json"))


@pytest.fixture
def aylin(town: Town) -> Somebody:
    """Somebody signed in with her online ID."""
    return town.citizen()


def test_answers_come_in_words(office: Office, aylin: Somebody) -> None:
    reference = office.case(aylin)
    seen = office.colleague("clerk").look(reference)
    fields = {each["pointer"]: each for page in seen["pages"] for each in page["fields"]}
    assert fields["/family_name"]["words"] == fields["/family_name"]["asserted_words"] == ["Yıldız"]
    spoken = {each["type"]: each["words"] for each in fields.values() if each["words"]}
    assert not any("_" in line for kind, lines in spoken.items() if kind == "one_of" for line in lines)
    for each in fields.values():
        empty = each["value"] in (None, "", [], {}) or each["type"] in ("file", "group")
        assert bool(each["words"]) is not empty, each


def test_rules_come_in_words(office: Office, aylin: Somebody) -> None:
    seen = office.colleague("clerk").look(office.case(aylin))
    assert [each["rule"] for each in seen["rules"]] == [each["rule"] for each in seen["evaluation"]["log"]]
    assert any(each["hit"] and each["text"] for each in seen["rules"])
    for rule in seen["rules"]:
        for given in rule["inputs"]:
            assert (given["label"] is not None) is given["name"].startswith("/")


def test_who_of_the_office_did_it_stands_in_the_list_of_events(office: Office, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague("clerk", name="Wiebke Osterloh")
    assert clerk.post(f"/cases/{reference}/messages", {"text": "Guten Tag"}).status_code == 201
    told = {each["type"]: each["actor_name"] for each in clerk.look(reference)["timeline"]}
    assert told["application.office_wrote"] == "Wiebke Osterloh"
    assert told["application.received"] is None


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parts[-4]}-{path.stem}")
def test_every_example_of_every_package_can_be_read(example: Path) -> None:
    told: dict[str, Any] = json.loads(example.read_text(encoding="utf-8"))
    form = forms.get(example.parts[-4], 1)
    answers = told["answers"]
    for page in forms.pages(form, answers):
        for pointer in page.fields:
            assert forms.label(form, pointer, "de")
            assert words.kind(form, pointer)
    facts = {"level": "substantial", "profile_matches": True, "represented": False, "today": date(2026, 11, 23)}
    found = forms.evaluate(form, answers, facts)
    kept = {"fee": {"lines": [{"rule": one.rule, "cents": one.cents} for one in found.fee.lines]}, "log": found.log}
    rules = words.of_rules(form, kept)
    assert len(rules) == len(found.log)
    assert sum(each["cents"] or 0 for each in rules) == sum(one.cents or 0 for one in found.fee.lines)
