"""Text blocks: complete in six languages, found by service and kind, refused where they do not fit."""

from __future__ import annotations

import pytest

from backend.casework.service import blocks
from backend.core.errors import Invalid
from backend.core.i18n import LANGUAGES
from backend.forms import service as forms
from tests.casework.office import Office


def test_every_block_of_the_house_is_complete() -> None:
    found = [*blocks.general(), *(block for form in forms.all_published() for block in blocks.own(form))]
    assert len({block.id for block in found}) == len(found) > 20
    for block in found:
        assert set(block.texts) == set(LANGUAGES), block.id
        assert all(text.strip() for text in block.texts.values()), block.id
        assert block.title, block.id
        assert block.kind in ("request", "decision", "message"), block.id
        assert (block.outcome is None) or block.kind == "decision", block.id
    assert {block.outcome for block in found if block.kind == "decision"} >= {"granted", "partly", "refused", "closed"}


def test_staff_see_their_titles_and_all_texts(office: Office) -> None:
    clerk = office.colleague()
    listed = clerk.get("/text-blocks?service=meldebescheinigung&kind=request").json["items"]
    assert listed[0]["id"] == "meldebescheinigung.request.purpose"
    assert set(listed[0]["texts"]) == set(LANGUAGES)
    assert {each["kind"] for each in listed} == {"request"}
    everything = clerk.get("/text-blocks").json["items"]
    assert {each["kind"] for each in everything} == {"request", "decision", "message"}
    assert not [each for each in everything if each["id"].startswith("meldebescheinigung")]
    assert clerk.get("/text-blocks?service=moon").status_code == 404
    assert clerk.get("/text-blocks?kind=moods").status_code == 422


def test_a_block_must_fit(office: Office) -> None:
    form = forms.published("meldebescheinigung")
    fits = ["decision.refused.conditions_not_met", "decision.questions"]
    assert [each.id for each in blocks.chosen(form, "decision", fits, outcome="refused")] == fits
    with pytest.raises(Invalid):
        blocks.chosen(form, "decision", fits, outcome="granted")
    with pytest.raises(Invalid):
        blocks.chosen(form, "request", ["gewerbe.request.activity"])
    reference = office.case()
    body = {"outcome": "granted", "blocks": ["decision.questions", "decision.closed.twice"]}
    wrong = office.colleague().act(reference, "decision", body)
    assert (wrong.status_code, wrong.json["errors"][0]["pointer"]) == (422, "/blocks/1")
    assert wrong.json["errors"][0]["code"] == "unknown_block"
