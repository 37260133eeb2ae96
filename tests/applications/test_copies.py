"""The person's own copy holds what she wrote and what she was written, at the level at which it was filed."""

from __future__ import annotations

import json
from typing import Any

from backend.applications.service import office
from backend.core.db import db
from tests.applications.people import BY_CLERK, Somebody, Town


def copy_of(who: Somebody) -> dict[str, Any]:
    answer = who.get("/me/export?format=json&lang=de")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return {each["name"]: each for each in json.loads(answer.data)["sections"]}


def test_the_copy_holds_answers_messages_requests_and_letters(town: Town, aylin: Somebody) -> None:
    aylin.applied(BY_CLERK)
    aylin.act("send-now")
    aylin.act("messages", {"text": "Ich ziehe im Mai um.", "attachments": []})
    case, clerk = town.id_of(aylin.sent), town.clerk()
    with town.app.app_context():
        session = db.session()
        row = office.case(session, clerk, case)
        office.write(session, clerk, row, "Danke für den Hinweis.")
        office.start_review(session, clerk, row)
        office.decide(session, clerk, row, "refused", "Die Meldung besteht nicht mehr.")
        session.commit()
    found = copy_of(aylin)[f"application:{case}"]
    assert aylin.sent["reference"] in found["title"]
    values = {item["key"]: item["value"] for item in found["items"]}
    assert values["answers"]["family_name"] == "Yıldız"
    shown = [item["shown"] for item in found["items"]]
    assert "Yıldız" in shown
    assert "Ich ziehe im Mai um." in shown
    assert "Danke für den Hinweis." in shown
    assert any("Die Meldung besteht nicht mehr." in text for text in shown)
    printed = aylin.get("/me/export?format=pdf&lang=ar")
    assert (printed.status_code, printed.mimetype) == (200, "application/pdf")


def test_what_was_filed_at_a_higher_level_is_held_back(town: Town, aylin: Somebody) -> None:
    aylin.applied(BY_CLERK)
    text = json.dumps(copy_of(aylin.at("basic")), ensure_ascii=False)
    assert aylin.sent["reference"] in text
    assert "Am Dobben" not in text
    assert "Am Dobben" in json.dumps(copy_of(aylin), ensure_ascii=False)


def test_nobody_elses_case_is_in_the_copy(town: Town, aylin: Somebody) -> None:
    aylin.applied(BY_CLERK)
    other = town.citizen()
    assert not [name for name in copy_of(other) if name.startswith("application:")]
