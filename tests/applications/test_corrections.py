"""Files that the office asked for again: beside the first ones, never lost, never a dead end."""

from __future__ import annotations

from typing import Any

from backend.forms import service
from tests.applications.people import Somebody, Town
from tests.applications.test_dialogue import ask
from tests.applications.test_every_form import case_of, fill, upload, with_names_of

SLUG, SLOT = "gewerbe", "file_register"


def sent(town: Town, files: int) -> tuple[Somebody, int]:
    """A company's notice with so many extracts of the register, received; and how many the slot takes."""
    form = service.published(SLUG)
    answers, _expected = case_of(form, "company")
    who = with_names_of(town, answers, "basic")
    who.begin(SLUG)
    fill(who, form, {**answers, SLOT: ["x"] * files})
    seen = who.check()
    answer = who.send(revision=seen["revision"], fee_cents=seen["fee"]["cents"])
    assert answer.status_code == 201, answer.json
    assert who.act("send-now").status_code == 200
    return who, int(form.fields[SLOT]["maxItems"])


def add(who: Somebody) -> str:
    """One more photo for the open request; the id of its file."""
    known = {file["attachment_id"] for file in who.look()["attachments"]}
    upload(who, SLOT, f"/applications/{who.sent['reference']}/attachments", purpose="request")
    return str(next(iter({file["attachment_id"] for file in who.look()["attachments"]} - known)))


def answered(who: Somebody, request: Any, answers: dict[str, Any] | None = None) -> list[str]:
    """The files that the slot's answer names after the request was answered."""
    answer = who.act(f"requests/{request}/answer", {"answers": answers or {}})
    assert answer.status_code == 200, answer.json
    return list(who.look()["answers"][SLOT])


def test_a_full_slot_takes_what_was_asked_for_again(town: Town) -> None:
    who, most = sent(town, files=3)
    before = who.look()["answers"][SLOT]
    assert len(before) == most
    request = ask(town, who, files=(SLOT,))
    new = add(who)
    assert answered(who, request) == [*before[1:], new]
    assert {file["attachment_id"] for file in who.sent["attachments"]} >= {*before, new}


def test_a_later_correction_keeps_the_files_of_an_earlier_one(town: Town) -> None:
    who, _most = sent(town, files=1)
    before = who.look()["answers"][SLOT]
    request = ask(town, who, files=(SLOT,))
    new = add(who)
    assert answered(who, request) == [*before, new]
    later = ask(town, who, "phone")
    assert answered(who, later, {"phone": "0421 3610"}) == [*before, new]


def test_a_file_with_a_virus_answers_nothing(town: Town) -> None:
    who, _most = sent(town, files=1)
    before = who.look()["answers"][SLOT]
    request = ask(town, who, files=(SLOT,))
    bad = add(who)
    town.sql("UPDATE attachment SET state = 'infected', reason = 'virus' WHERE id = :id", id=bad)
    refused = who.act(f"requests/{request}/answer", {"answers": {}})
    assert (refused.json or {})["errors"] == [{"pointer": f"/answers/{SLOT}", "code": "required", "params": {}}]
    good = add(who)
    assert answered(who, request) == [*before, good]


def test_an_answer_brings_what_was_asked_for(town: Town) -> None:
    """Nobody goes to the back of the line with empty hands."""
    who, _most = sent(town, files=1)
    request = ask(town, who, "phone", files=(SLOT,))
    empty = who.act(f"requests/{request}/answer", {"answers": {}})
    assert empty.status_code == 422
    assert {each["pointer"] for each in (empty.json or {})["errors"]} == {f"/answers/{SLOT}", "/answers/phone"}
    new = add(who)
    without = who.act(f"requests/{request}/answer", {"answers": {}})
    assert [each["pointer"] for each in (without.json or {})["errors"]] == ["/answers/phone"]
    assert new in answered(who, request, {"phone": "0421 3610"})
