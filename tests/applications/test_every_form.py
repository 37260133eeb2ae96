"""Every published form is filled page by page, with its files, sent, and lands where its rules say."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from backend.core.clock import BERLIN
from backend.forms import service
from backend.forms.loading import PACKAGES
from backend.forms.types import Form
from tests.applications.people import AYLIN, Somebody, Town

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WALKS = [
    ("bewohnerparkausweis", "new_two_years_with_cards"),
    ("bewohnerparkausweis", "just_moved_in"),
    ("bewohnerparkausweis", "loss"),
    ("wohnsitz-anmelden", "whole_family"),
    ("wohnsitz-anmelden", "second_home"),
    ("geburtsurkunde", "three_copies"),
    ("geburtsurkunde", "multilingual"),
    ("geburtsurkunde", "for_my_child"),
    ("gewerbe", "foreign_person"),
    ("gewerbe", "company"),
    ("gewerbe", "moved_within_town"),
    ("gewerbe", "handed_over"),
]


def moved(value: Any, days: int) -> Any:
    """The value with every date moved, so that a case of one day can be walked on another."""
    if isinstance(value, str) and DAY.fullmatch(value):
        return (date.fromisoformat(value) + timedelta(days)).isoformat()
    if isinstance(value, dict):
        return {key: moved(inner, days) for key, inner in value.items()}
    return [moved(inner, days) for inner in value] if isinstance(value, list) else value


def case_of(form: Form, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers of a case as of today, and what it expects."""
    case = json.loads((PACKAGES / form.slug / str(form.version) / "cases" / f"{name}.json").read_text("utf-8"))
    days = (datetime.now(BERLIN).date() - date.fromisoformat(case["today"])).days
    return moved(case["answers"], days), case["expect"]


def with_names_of(town: Town, answers: dict[str, Any], level: str) -> Somebody:
    """Somebody whose account says what the case says of the person."""
    claims = {"family_name": answers.get("family_name"), "given_name": answers.get("given_name")}
    born = {"birthdate": answers["birth_date"]} if "birth_date" in answers else {}
    return town.citizen({**AYLIN, **{name: value for name, value in claims.items() if value}, **born}, level)


def upload(who: Somebody, slot: str, place: str | None = None, **more: str) -> None:
    """One small photo into a slot, of the draft unless another place is named; the scanner looks at it later."""
    content = b"\xff\xd8\xff\xe0" + b"\x00" * 96
    body = {"slot": slot, "name": "foto.jpg", "size": len(content), **more}
    made = who.post(place or f"/drafts/{who.draft['draft_id']}/attachments", body)
    assert made.status_code == 201, made.json
    headers = {**who.headers, "Upload-Offset": "0", "Tus-Resumable": "1.0.0"}
    kind = {"Content-Type": "application/offset+octet-stream"}
    answer = who.client.patch(str((made.json or {})["upload_url"]), data=content, headers={**kind, **headers})
    assert answer.status_code == 204, answer.json


def fill(who: Somebody, form: Form, answers: dict[str, Any]) -> None:
    """Every visible page in order, files into their slots."""
    for view in service.pages(form, answers):
        place, base = answers, ""
        if view.page.repeat and view.entry is not None:
            place, base = answers[view.page.repeat][view.entry], f"/{view.page.repeat}/{view.entry}"
        asked = [field.field for field in view.page.fields if f"{base}/{field.field}" in view.fields]
        files = [name for name in asked if view.entry is None and form.fields[name]["x-type"] == "file"]
        for name in files:
            for _ in place.get(name, []):
                upload(who, name)
        saved = who.save(view.key, {name: place[name] for name in asked if name in place and name not in files})
        assert saved.status_code == 200, saved.json
        assert (saved.json or {})["errors"] == [], view.key


@pytest.mark.parametrize(("slug", "name"), WALKS)
def test_a_form_is_filled_and_sent(town: Town, slug: str, name: str) -> None:
    form = service.published(slug)
    answers, expected = case_of(form, name)
    who = with_names_of(town, answers, form.facts["trust_level"])
    who.begin(slug)
    fill(who, form, answers)
    seen = who.check()
    assert seen["errors"] == []
    assert seen["eligibility"]["eligible"]
    assert seen["fee"]["cents"] == expected["fee_cents"]
    assert seen["route"]["rule"] == expected["route"]
    sent = who.send(revision=seen["revision"], fee_cents=expected["fee_cents"])
    assert sent.status_code == 201, sent.json
    assert ((sent.json or {})["appointment"] is not None) == (seen["route"]["way"] == "appointment")
