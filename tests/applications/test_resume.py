"""Without an account: a guest's draft, a link to another device, taken into an account, and never anybody else's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from backend.accounts.service import ties
from backend.core.access import Actor
from backend.core.db import db
from backend.forms import service as forms
from tests.applications.people import Somebody, Town
from tests.applications.test_dialogue import ask
from tests.applications.test_every_form import case_of, fill, upload

SERVICE = "bewohnerparkausweis"  # the published form that needs no account


@pytest.fixture
def guest(town: Town) -> Somebody:
    """Somebody without an account who has begun a form that needs none."""
    who = town.guest()
    who.begin(SERVICE)
    return who


def link(town: Town, who: Somebody, email: str = "someone@example.org") -> str:
    sent = who.post(f"/drafts/{who.draft['draft_id']}/resume-link", {"email": email})
    assert sent.status_code == 202, sent.json
    who.draft = dict(who.get(f"/drafts/{who.draft['draft_id']}").json or {})
    return town.mailed(UUID(who.draft["draft_id"]), "resume")


def resume(who: Somebody, secret: str) -> tuple[int, dict[str, Any]]:
    answer = who.post("/drafts/resume", **{"X-Amtsweg-Secret": secret})
    return answer.status_code, dict(answer.json or {})


def test_a_guest_goes_on_at_another_device(town: Town, guest: Somebody) -> None:
    secret = link(town, guest)
    second = town.guest()
    status, draft = resume(second, secret)
    assert (status, draft) == (200, {"service": SERVICE, "draft_id": guest.draft["draft_id"], "reference": None})
    assert second.get(f"/drafts/{draft['draft_id']}").status_code == 200
    assert guest.get(f"/drafts/{draft['draft_id']}").status_code == 200
    assert town.guest().post(f"/drafts/{draft['draft_id']}/check").status_code == 401
    stranger = town.guest()
    stranger.begin(SERVICE)
    assert stranger.get(f"/drafts/{draft['draft_id']}").status_code == 404


def sent_by(guest: Somebody) -> dict[str, Any]:
    """Everything filled in and sent; decisions cannot come into a mailbox that a guest does not have."""
    form = forms.published(SERVICE)
    answers, expected = case_of(form, "new_own_car")
    fill(guest, form, answers)
    seen = guest.check()
    assert (seen["acts"], seen["electronic_delivery"]) == (["send"], False)
    answer = guest.send(revision=seen["revision"], fee_cents=expected["fee_cents"], electronic_delivery=True)
    assert answer.status_code == 201, answer.json
    assert guest.sent["electronic_delivery"] is False
    return guest.sent


def test_a_guest_answers_the_office_from_another_device(town: Town, guest: Somebody) -> None:
    link(town, guest)
    sent = sent_by(guest)
    guest.act("send-now")
    request = ask(town, guest, files=("file_vehicle",))
    second = town.guest()
    status, opened = resume(second, town.mailed(town.id_of(sent), "resume"))
    assert (status, opened) == (200, {"service": SERVICE, "draft_id": None, "reference": sent["reference"]})
    second.sent = dict(second.get(f"/applications/{sent['reference']}").json or {})
    assert second.sent["waiting_for"] == "citizen"
    upload(second, "file_vehicle", f"/applications/{sent['reference']}/attachments", purpose="request")
    answer = second.act(f"requests/{request}/answer", {"answers": {}})
    assert (answer.status_code, (answer.json or {})["waiting_for"]) == (200, None)


def test_number_and_code_mail_a_link(town: Town, guest: Somebody) -> None:
    link(town, guest)
    sent = sent_by(guest)
    application, place = town.id_of(sent), {"reference": sent["reference"], "code": sent["code"], "lang": "de"}
    stranger = town.guest()
    assert (stranger.post("/applications/status", place).json or {})["way_in"] == "link"
    assert stranger.post("/applications/status/link", {**place, "code": "777777"}).status_code == 404
    before = len(town.mails(application))
    assert stranger.post("/applications/status/link", place).status_code == 202
    assert town.mails(application)[before:] == ["application_resume"]
    assert resume(stranger, town.mailed(application, "resume"))[1]["reference"] == sent["reference"]


def test_without_an_address_there_is_no_link(guest: Somebody) -> None:
    sent = sent_by(guest)
    place = {"reference": sent["reference"], "code": sent["code"], "lang": "de"}
    assert (guest.post("/applications/status", place).json or {})["way_in"] == "none"
    refused = guest.post("/applications/status/link", place)
    assert (refused.status_code, (refused.json or {})["reason"]) == (409, "nobody_to_write_to")


def test_what_lies_in_an_account_is_opened_by_signing_in(aylin: Somebody) -> None:
    aylin.begin(SERVICE)
    refused = aylin.post(f"/drafts/{aylin.draft['draft_id']}/resume-link", {"email": "a@example.org"})
    assert (refused.status_code, (refused.json or {})["reason"]) == (409, "in_an_account")


def test_a_link_works_once_and_an_old_one_sends_a_fresh_one(town: Town, guest: Somebody) -> None:
    first = link(town, guest)
    assert resume(town.guest(), first)[0] == 200
    status, told = resume(town.guest(), first)
    assert (status, told["code"]) == (410, "link_sent_again")
    second = town.mailed(UUID(guest.draft["draft_id"]), "resume")
    assert second != first
    town.sql("UPDATE resume_link SET expires_at = clock_timestamp() WHERE used_at IS NULL")
    assert resume(town.guest(), second)[1]["code"] == "link_sent_again"
    third = town.mailed(UUID(guest.draft["draft_id"]), "resume")
    assert resume(town.guest(), third)[0] == 200
    assert town.mails(UUID(guest.draft["draft_id"])) == ["application_resume"] * 3


@pytest.mark.parametrize("secret", ["x", "A" * 43, "\x7f", "'; DROP TABLE resume_link; --"])
def test_a_wrong_secret_opens_nothing(town: Town, guest: Somebody, secret: str) -> None:
    assert resume(town.guest(), secret)[0] == 404


def test_a_signed_in_person_takes_it_into_her_account(town: Town, guest: Somebody, aylin: Somebody) -> None:
    status, draft = resume(aylin, link(town, guest))
    assert status == 200
    assert [each["draft_id"] for each in aylin.get("/drafts").json["items"]] == [draft["draft_id"]]  # type: ignore[index]  # a list
    assert guest.get(f"/drafts/{draft['draft_id']}").status_code == 404


def test_signing_in_takes_a_guests_drafts_along(town: Town, guest: Somebody, aylin: Somebody) -> None:
    held = town.sql("SELECT session_id FROM application_guest WHERE application_id = :id", id=guest.draft["draft_id"])
    before = Actor(kind="guest", session_id=UUID(str(held[0].session_id)))
    assert aylin.actor is not None
    with town.app.app_context():
        for listener in ties.sign_in_listeners():
            listener(db.session, before, aylin.actor)
        db.session.commit()
    assert aylin.get(f"/drafts/{guest.draft['draft_id']}").status_code == 200


def test_the_address_is_not_readable_in_the_database(town: Town, guest: Somebody) -> None:
    link(town, guest, "very.private@example.org")
    row = town.sql("SELECT application::text AS whole FROM application WHERE id = :id", id=guest.draft["draft_id"])[0]
    assert "very.private" not in row.whole
