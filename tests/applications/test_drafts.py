"""Drafts: nothing typed is lost, nothing foreign gets in, two windows never overwrite each other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.applications.people import SIMPLE, Somebody, Town

LONG = "Ng" + "ơ\u0323" * 59 + "n"  # 120 letters, most with combining marks


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]


def test_a_fault_is_named_and_the_value_is_kept(aylin: Somebody) -> None:
    aylin.begin()
    answer = aylin.save("way", {"delivery": "pigeon"})
    assert answer.status_code == 200
    assert [(fault["pointer"], fault["code"]) for fault in aylin.draft["errors"]] == [("/delivery", "not_allowed")]
    shown = aylin.get(f"/drafts/{aylin.draft['draft_id']}").json or {}
    assert shown["answers"]["delivery"] == "pigeon"
    assert {"id": "way", "state": "faulty"} in shown["pages"]


def test_two_windows_do_not_overwrite_each_other(aylin: Somebody) -> None:
    aylin.begin()
    seen = aylin.draft["revision"]
    aylin.save("content", {"kind": "extended"})
    late = aylin.save("content", {"kind": "simple"}, revision=seen)
    assert code(late) == (412, "changed_elsewhere")
    assert (late.json or {})["draft"]["answers"]["kind"] == "extended"
    assert late.headers["ETag"] == f'"{aylin.draft["revision"]}"'
    missing = aylin.call("PUT", f"/drafts/{aylin.draft['draft_id']}/pages/content", {"answers": {}})
    assert code(missing) == (428, "if_match_missing")
    odd = aylin.call("PUT", f"/drafts/{aylin.draft['draft_id']}/pages/content", {"answers": {}}, If_Match='"abc"')
    assert code(odd) == (412, "changed_elsewhere")


def test_what_the_account_knows_cannot_be_changed(aylin: Somebody) -> None:
    aylin.begin()
    answer = aylin.save("person", {"family_name": "Meier"})
    assert answer.status_code == 200
    assert {"pointer": "/family_name", "code": "locked", "params": {}} in aylin.draft["errors"]
    assert aylin.draft["answers"]["family_name"] == "Yıldız"


def test_answers_to_hidden_questions_are_not_kept(town: Town, aylin: Somebody) -> None:
    aylin.begin()
    aylin.save("use", {"purpose": "bank", "purpose_other": "smuggled"})
    assert aylin.draft["ignored"] == ["/purpose_other"]
    assert "purpose_other" not in aylin.draft["answers"]


def test_a_changed_mind_gets_its_answers_back_but_sends_only_what_is_asked(town: Town, aylin: Somebody) -> None:
    aylin.begin()
    aylin.save("use", {"purpose": "other", "purpose_other": "a lawsuit"})
    aylin.save("use", {"purpose": "bank"})
    assert aylin.draft["answers"]["purpose_other"] == "a lawsuit"
    aylin.fill({page: answers for page, answers in SIMPLE.items() if page != "use"})
    assert aylin.check()["dropped"] == ["/purpose_other"]
    assert aylin.send().status_code == 201
    assert "purpose_other" not in aylin.look()["answers"]


@pytest.mark.parametrize(
    ("page", "answers", "pointer", "fault"),
    [
        ("content", {"kind": 3}, "/answers/kind", "wrong_type"),
        ("content", {"delivery": "postbox"}, "/answers/delivery", "unknown_field"),
        ("content", {"__proto__": {}}, "/answers/__proto__", "unknown_field"),
        ("home", {"address": {"street": {"a": 1}}}, "/answers/address", "wrong_type"),
        ("home", {"address": {"planet": "Mars"}}, "/answers/address", "wrong_type"),
    ],
)
def test_what_no_page_could_have_sent_is_refused(
    aylin: Somebody, page: str, answers: dict[str, Any], pointer: str, fault: str
) -> None:
    aylin.begin()
    refused = aylin.save(page, answers)
    assert code(refused) == (422, "invalid")
    assert [(each["pointer"], each["code"]) for each in (refused.json or {})["errors"]] == [(pointer, fault)]


def test_unknown_pages_are_not_there(aylin: Somebody) -> None:
    aylin.begin()
    for page in ("nowhere", "person.1", "person.x", "person.", "..", "%00"):
        assert code(aylin.save(page, {})) == (404, "not_found"), page


def test_a_long_name_with_combining_marks_stays_whole(town: Town) -> None:
    claims = {"given_name": LONG, "family_name": LONG, "birthdate": "1988-02-29", "email": "x@example.org"}
    person = town.citizen(claims)
    person.begin()
    home = {"street": "Am Dobben", "house_number": "12", "postcode": "28203", "city": "Bremen"}
    person.save("home", {"address": home})
    person.fill({page: answers for page, answers in SIMPLE.items() if page != "home"})
    assert person.send().status_code == 201, person.check()
    receipt = person.get(f"/applications/{person.sent['reference']}/receipt?format=json").json or {}
    rows = receipt["parts"][0]["sections"][0]["rows"]
    assert any(row["value"] == person.sent["answers"]["family_name"] for row in rows)
    assert person.get(f"/applications/{person.sent['reference']}/receipt").status_code == 200


def test_tampered_hash_changed_fee_and_faults_are_refused_and_nothing_is_lost(aylin: Somebody) -> None:
    aylin.begin()
    early = aylin.send()
    assert code(early) == (422, "invalid")
    assert {each["pointer"] for each in (early.json or {})["errors"]} >= {"/kind", "/delivery"}
    aylin.fill()
    hashed = aylin.send(content_hash="0" * 64)
    assert code(hashed) == (409, "form_changed")
    assert (hashed.json or {})["draft"]["content_hash"] == aylin.draft["content_hash"]
    fee = aylin.send(fee_cents=1)
    assert code(fee) == (409, "fee_changed")
    assert (fee.json or {})["fee"]["cents"] == 0
    assert aylin.send().status_code == 201


def test_who_cannot_apply_here_is_told_where(town: Town) -> None:
    person = town.citizen()
    person.begin()
    elsewhere = {"street": "Am Markt", "house_number": "1", "postcode": "20095", "city": "Hamburg"}
    person.fill({**SIMPLE, "home": {"address": elsewhere}})
    check = person.check()
    assert (check["eligibility"]["eligible"], check["eligibility"]["way"]) == (False, "other_office")
    assert check["eligibility"]["text"]["lang"] == "de"
    assert code(person.send()) == (409, "not_eligible")


def test_sending_twice_with_one_key_is_one_application(town: Town, aylin: Somebody) -> None:
    aylin.begin()
    aylin.fill()
    first, again = aylin.send(key="k" * 20), aylin.send(key="k" * 20)
    assert (first.status_code, first.json) == (again.status_code, again.json)
    assert code(aylin.send()) == (404, "not_found")  # it is no draft any more
    assert len(aylin.get("/applications").json["items"]) == 1  # type: ignore[index]  # a list answer


def test_five_drafts_of_one_service_are_enough(aylin: Somebody) -> None:
    for _ in range(5):
        aylin.begin()
    assert code(aylin.post("/drafts", {"service": "meldebescheinigung"})) == (409, "too_many_drafts")
    gone = aylin.call("DELETE", f"/drafts/{aylin.draft['draft_id']}", If_Match=f'"{aylin.draft["revision"]}"')
    assert gone.status_code == 204
    assert len(aylin.get("/drafts").json["items"]) == 4  # type: ignore[index]  # a list answer
    named = aylin.get("/drafts?lang=tr").json["items"]  # type: ignore[index]  # see above
    assert {each["title"]["lang"] for each in named} == {"tr"}


def test_a_deleted_draft_leaves_a_tombstone_without_anything(town: Town, aylin: Somebody) -> None:
    draft = aylin.begin()
    key = town.sql("SELECT key_id FROM application WHERE id = :id", id=draft["draft_id"])[0].key_id
    aylin.call("DELETE", f"/drafts/{draft['draft_id']}", If_Match=f'"{draft["revision"]}"')
    row = town.sql("SELECT * FROM application WHERE id = :id", id=draft["draft_id"])[0]
    assert (row.document, row.owner_account, row.key_id) == (None, None, None)
    assert town.sql("SELECT count(*) AS n FROM keyring.data_key WHERE id = :key", key=key)[0].n == 0
    assert aylin.get(f"/drafts/{draft['draft_id']}").status_code == 404


def test_answers_are_not_readable_in_the_database(town: Town, aylin: Somebody) -> None:
    draft = aylin.begin()
    row = town.sql("SELECT application::text AS whole FROM application WHERE id = :id", id=draft["draft_id"])[0]
    assert "Dobben" not in row.whole
    assert b"Dobben".hex() not in row.whole


def test_no_to_electronic_decisions_in_my_data_counts_when_sending(aylin: Somebody) -> None:
    aylin.begin()
    assert aylin.check()["electronic_delivery"] is True
    assert aylin.post("/me/electronic-delivery", {"allowed": False}).status_code == 200
    assert aylin.check()["electronic_delivery"] is False
