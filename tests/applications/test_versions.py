"""A form gets a new version while people fill it in: words move silently, questions are shown, what was sent stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from backend.forms import registry
from backend.forms.types import Form
from tests.applications.packages import put
from tests.applications.people import SIMPLE, Somebody, Town


def next_version(monkeypatch: pytest.MonkeyPatch, change: str, **fields: Any) -> Form:
    """The second version of the form: `fields` are new in its schema."""
    form = registry.newest("meldebescheinigung")
    schema = {**form.schema, "properties": {**form.schema["properties"], **fields}}
    return put(
        monkeypatch,
        replace(form, version=2, facts={**form.facts, "change": change}, schema=schema, content_hash="2" * 64),
    )


def test_new_words_move_a_draft_silently(town: Town, aylin: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    old = aylin.begin()
    aylin.save("content", {"kind": "simple"})
    next_version(monkeypatch, "text")
    seen = aylin.get(f"/drafts/{old['draft_id']}").json or {}
    assert (seen["version"], seen["changes"], seen["answers"]["kind"]) == (2, None, "simple")
    stale = aylin.send()
    assert (stale.status_code, (stale.json or {})["code"]) == (409, "form_changed")
    aylin.draft = (stale.json or {})["draft"]
    aylin.fill(SIMPLE)
    assert aylin.send().status_code == 201
    assert aylin.sent["version"] == 2


def test_new_questions_are_shown_and_answers_are_kept(
    town: Town, aylin: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = aylin.begin()
    aylin.save("content", {"kind": "simple"})
    node = {"type": "string", "x-type": "text", "maxLength": 20}
    next_version(monkeypatch, "material", tax_number=node)
    seen = aylin.get(f"/drafts/{old['draft_id']}").json or {}
    assert seen["changes"] == {"from": 1, "new_fields": ["tax_number"], "removed_fields": []}
    assert seen["answers"]["kind"] == "simple"
    aylin.save("language", {"cover_language": "de"}, revision=seen["revision"])
    assert aylin.draft["changes"]["new_fields"] == ["tax_number"]
    assert (aylin.get(f"/drafts/{old['draft_id']}").json or {})["changes"] is None
    happened = town.sql("SELECT type FROM application_event WHERE application_id = :id ORDER BY id", id=old["draft_id"])
    assert [row.type for row in happened] == ["created", "version_moved"]


def test_what_was_sent_stays_in_its_version(town: Town, aylin: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    aylin.applied()
    next_version(monkeypatch, "material")
    seen = aylin.look()
    assert (seen["version"], seen["answers"]["kind"]) == (1, "simple")
    undone = aylin.act("undo").json or {}
    assert undone["version"] == 2
